import type { Explanation, Message, Respond } from '../../conversation/turn.ts';
import type { Reply } from '../../reply.ts';
import { choicesOf } from './render-reply.ts';

/** A question and what became of it. */
export interface Exchange {
  /** What was asked; of a number, the question that it stood for. */
  readonly question: string;
  readonly reply: Reply;
  readonly explanation: Explanation;
}

/**
 * One conversation, line by line, until the lines end or one of them says `exit`. Empty lines are passed over; a number
 * asks the question that the reply before gave that number.
 */
export async function converse({
  lines,
  respond,
  locale,
  onAsk = () => {},
  onReply,
}: {
  lines: AsyncIterable<string>;
  respond: Respond;
  locale: Pick<Message, 'region' | 'language'>;
  /** Hears each question before it is answered; `chosen` when it was a number. */
  onAsk?: (question: string, chosen: boolean) => void;
  /** Hears each reply; `undefined` after a line that asked nothing. */
  onReply: (exchange: Exchange | undefined) => void;
}): Promise<void> {
  let conversationId: string | undefined;
  let choices: readonly string[] = [];
  for await (const line of lines) {
    const typed = line.trim();
    if (/^(?:exit|quit)$/i.test(typed)) return;
    if (typed === '') {
      onReply(undefined);
      continue;
    }
    const choice = /^\d{1,2}$/.test(typed) ? choices[Number(typed) - 1] : undefined;
    const question = choice ?? typed;
    onAsk(question, choice !== undefined);
    const { reply, explanation } = await respond({ text: question, conversationId, ...locale });
    conversationId = reply.conversationId;
    choices = choicesOf(reply);
    onReply({ question, reply, explanation });
  }
}
