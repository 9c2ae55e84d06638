import { z } from 'zod';
import { REGIONS, type Region } from '../../knowledge/pack/pack.ts';
import type { ReplyKind } from '../reply.ts';

/** A question, or a dialog of several, with what a right reply looks like: one line of a `.jsonl` file. */
export interface Question {
  readonly id: string;
  /** The group it is counted in: `answerable`, `emergency`, `out_of_scope` … */
  readonly bucket: string;
  readonly topic?: string | undefined;
  /** A dialog's last turn is what it is about. */
  readonly dialog: boolean;
  /** One for a single question. */
  readonly turns: readonly Expectation[];
}

/** One message, and which replies to it are right. */
export interface Expectation {
  readonly q: string;
  /** Where the asker is; absent: the bot's own region. */
  readonly region?: Region | undefined;
  /** Acceptable kinds, best first. */
  readonly kinds: readonly ReplyKind[];
  /** Kinds that are wrong whatever else is said. */
  readonly mustNotKinds: readonly ReplyKind[];
  /** Acceptable urgent categories, best first; empty: any. */
  readonly category: readonly string[];
  /** Acceptable referral reasons; empty: any. */
  readonly reason: readonly string[];
  /** Each group must be met by the quotes; one pattern of a group is enough. */
  readonly must: readonly (readonly RegExp[])[];
  /** The kinds of reply that `must` is asked of. */
  readonly mustFor: readonly ReplyKind[];
  /** Patterns that no words of the reply may meet. */
  readonly mustNot: readonly RegExp[];
  /** Whether an unanswered or urgent reply has to name somebody to call. */
  readonly mustContacts: boolean;
  readonly note: string;
}

/** A question file that can't be used; says every line that is wrong, not only the first. */
export class QuestionFileError extends Error {
  readonly code = 'QUESTIONS_UNREADABLE';

  constructor(problems: readonly string[]) {
    super(`questions cannot be read:\n${problems.join('\n')}`);
    this.name = 'QuestionFileError';
  }
}

/**
 * Reads a question file: one JSON object a line, empty lines between them allowed, unknown fields passed over.
 *
 * @param file its path, for `QuestionFileError`, which names file and line
 */
export function readQuestions(text: string, file: string): Question[] {
  const questions: Question[] = [];
  const problems: string[] = [];
  const lineOf = new Map<string, number>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const place = `${file}:${index + 1}`;
    const found = readLine(line);
    if ('problems' in found) {
      problems.push(...found.problems.map((problem) => `${place}  ${problem}`));
      continue;
    }
    const { id } = found.question;
    const before = lineOf.get(id);
    if (before !== undefined) problems.push(`${place}  id: "${id}" stands on line ${before} as well; give it another`);
    lineOf.set(id, index + 1);
    questions.push(found.question);
  }
  if (problems.length > 0) throw new QuestionFileError(problems);
  return questions;
}

function readLine(line: string): { question: Question } | { problems: readonly string[] } {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    return { problems: [`is not JSON: ${error instanceof Error ? error.message : error}`] };
  }
  const schema = typeof json === 'object' && json !== null && 'turns' in json ? DIALOG : SINGLE;
  const parsed = schema.safeParse(json);
  if (parsed.success) return { question: parsed.data };
  return {
    problems: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`),
  };
}

const KIND = z.enum(['answer', 'urgent', 'refer', 'clarify', 'unanswered'] satisfies ReplyKind[], {
  error: 'must be one of answer, urgent, refer, clarify, unanswered',
});

const PATTERN = z
  .string()
  .min(1)
  .transform((source, context) => {
    try {
      return new RegExp(source, 'i');
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  });

const EXPECTATION = z.object({
  q: z.string(),
  region: z.enum(REGIONS).optional(),
  kinds: z.array(KIND).min(1, 'needs at least one kind'),
  mustNotKinds: z.array(KIND).default([]),
  category: z.array(z.string()).default([]),
  reason: z.array(z.string()).default([]),
  must: z.array(z.array(PATTERN).min(1, 'a group needs at least one pattern')).default([]),
  mustFor: z.array(KIND).default(['answer']),
  mustNot: z.array(PATTERN).default([]),
  mustContacts: z.boolean().default(false),
  note: z.string().default(''),
});

const HEAD = z.object({ id: z.string().min(1), bucket: z.string().min(1), topic: z.string().optional() });

const SINGLE = HEAD.extend(EXPECTATION.shape).transform(
  ({ id, bucket, topic, ...turn }): Question => ({ id, bucket, topic, dialog: false, turns: [turn] }),
);

const DIALOG = HEAD.extend({ turns: z.array(EXPECTATION).min(1, 'needs at least one turn') }).transform(
  ({ id, bucket, topic, turns }): Question => ({ id, bucket, topic, dialog: true, turns }),
);
