import { z } from 'zod';
import type { Feedback } from '../../store/store.ts';
import { COMMENT_LIMIT } from '../web/request-schema.ts';

const SUBMITTED = z.object({
  actionName: z.literal('feedback'),
  actionValue: z.object({ reaction: z.enum(['like', 'dislike']), feedback: z.unknown().optional() }),
});
const WRITTEN = z.object({ feedbackText: z.string() });

/** What Teams' own buttons send; undefined where it is none of that. The words come as JSON, as text or not at all. */
export function readFeedback(value: unknown): Omit<Feedback, 'replyId'> | undefined {
  const submitted = SUBMITTED.safeParse(value).data;
  if (!submitted) return undefined;
  const { reaction, feedback } = submitted.actionValue;
  const comment = commentOf(feedback);
  return { rating: reaction === 'like' ? 'up' : 'down', ...(comment !== '' && { comment }) };
}

function commentOf(feedback: unknown): string {
  const words = WRITTEN.safeParse(typeof feedback === 'string' ? readJson(feedback) : feedback).data?.feedbackText;
  const text = words ?? (typeof feedback === 'string' && !/^\s*[{[]/.test(feedback) ? feedback : '');
  // As much as the web channel takes; half of a surrogate pair is nothing that a database takes.
  return Buffer.from([...text].slice(0, COMMENT_LIMIT).join(''))
    .toString()
    .trim();
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Then it is what was written.
    return undefined;
  }
}
