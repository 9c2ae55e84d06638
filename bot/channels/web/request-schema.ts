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
