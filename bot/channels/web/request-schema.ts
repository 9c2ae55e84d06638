import { z } from 'zod';
import { LANGUAGES, REGIONS } from '../../../knowledge/pack/pack.ts';
import { ProblemError } from './problem.ts';

/** Longest question, in characters (Unicode code points). */
export const QUESTION_LIMIT = 2000;

const region = z.enum(REGIONS, { error: `must be one of ${REGIONS.join(', ')}` });
const language = z.enum(LANGUAGES, { error: `must be one of ${LANGUAGES.join(', ')}` });

/** Body of `POST /api/ask`. What it does not name is ignored. */
export const ASK_REQUEST = z.object(
  {
    question: z
      .string({ error: (issue) => (issue.input === undefined ? 'is missing' : 'must be a string') })
      .refine((value) => value.trim() !== '', { error: 'is empty: write a question', abort: true })
      .refine((value) => [...value].length <= QUESTION_LIMIT, `must not be longer than ${QUESTION_LIMIT} characters`)
      // JSON can hold half of a surrogate pair, which no database or tokenizer takes.
      .transform((value) => Buffer.from(value).toString())
      .meta({ minLength: 1, maxLength: QUESTION_LIMIT, description: 'What the person typed' }),
    conversationId: z
      .string({ error: 'must be a string' })
      .max(100, 'must not be longer than 100 characters')
      .exactOptional()
      .describe('From the reply before; one that is unknown or expired begins a new conversation'),
    region: region.exactOptional().describe("Whose rules and phone numbers apply; absent: the clinic's"),
    language: language.exactOptional().describe("Of the bot's own words; quotes stay in the pack's language"),
  },
  { error: 'must be a JSON object, such as {"question": "…"}' },
);
export type AskRequest = z.infer<typeof ASK_REQUEST>;

/** Longest comment, in characters (Unicode code points). */
export const COMMENT_LIMIT = 1000;

const required = {
  error: (issue: { input?: unknown }) => (issue.input === undefined ? 'is missing' : 'must be a string'),
};

/** Body of `POST /api/feedback`. What it does not name is ignored. */
export const FEEDBACK_REQUEST = z.object(
  {
    replyId: z
      .string(required)
      .min(1, 'is empty: send the id of a reply')
      .max(100, 'must not be longer than 100 characters')
      .describe('`id` of a reply'),
    rating: z.enum(['up', 'down'], { error: 'must be up or down' }),
    reason: z
      .string({ error: 'must be a string' })
      .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'must be one word of up to 40 letters a to z, digits, - and _')
      .exactOptional()
      .describe('A word from a list of your own, such as not_my_question; never what a person wrote'),
    comment: z
      .string({ error: 'must be a string' })
      .refine((value) => [...value].length <= COMMENT_LIMIT, `must not be longer than ${COMMENT_LIMIT} characters`)
      .transform((value) => Buffer.from(value).toString())
      .meta({ maxLength: COMMENT_LIMIT, description: 'What the person wrote; redacted before it is kept' })
      .exactOptional(),
  },
  { error: 'must be a JSON object, such as {"replyId": "…", "rating": "up"}' },
);

/** Query of `GET /api/starters`. */
export const STARTERS_QUERY = z.object({ region: region.exactOptional(), language: language.exactOptional() });

/** Throws `ProblemError` that names every field that is wrong, and repeats none of what was sent. */
export function parseRequest<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), detail: message }));
  const sentence = errors.map(({ field, detail }) => `${field || 'The body'} ${detail}`).join('; ');
  throw new ProblemError('invalid_request', `${sentence}.`, { errors });
}

/** Region and language of a body that may be wrong in other ways: what even its problem document goes by. */
export function localeOf(body: unknown) {
  const of = z.object({ region: region.optional().catch(undefined), language: language.optional().catch(undefined) });
  return of.safeParse(body).data ?? {};
}
