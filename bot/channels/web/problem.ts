import { z } from 'zod';
import { CONTACT } from './reply-schema.ts';

/** Everything that can go wrong with a request, as its sender is told. */
export const PROBLEMS = {
  invalid_json: { status: 400, title: 'The body is not JSON' },
  invalid_request: { status: 400, title: 'The request is not as described' },
  unauthorized: { status: 401, title: 'A token is needed' },
  forbidden: { status: 403, title: 'Not from here' },
  origin_not_allowed: { status: 403, title: 'This site may not call the bot' },
  not_found: { status: 404, title: 'There is nothing here' },
  unknown_passage: { status: 404, title: 'There is no such passage' },
  unknown_reply: { status: 404, title: 'There is no such reply' },
  method_not_allowed: { status: 405, title: 'This method does not work here' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body must be JSON' },
  too_many_requests: { status: 429, title: 'Too many requests at once' },
  internal: { status: 500, title: 'Something went wrong here' },
  not_ready: { status: 503, title: 'Not ready yet' },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemCode = keyof typeof PROBLEMS;

/** A problem document of RFC 9457, section 3. Members below `instance` are Quotewell's own. */
export const PROBLEM = z.object({
  type: z.string().describe('urn:quotewell:problem: and the code'),
  title: z.string().describe('The same for every problem of this type'),
  status: z.int().min(400).max(599),
  detail: z.string().describe('What was wrong this time, and what to do'),
  instance: z.string().describe('urn:uuid: and the id of the request, which the log has too'),
  code: z.enum(Object.keys(PROBLEMS) as ProblemCode[]),
  errors: z
    .exactOptional(z.array(z.object({ field: z.string(), detail: z.string() })))
    .describe('Each field that is wrong; the empty name stands for the whole'),
  contacts: z.exactOptional(z.array(CONTACT)).describe('Emergency contacts; on every problem of /api/ask'),
});
export type Problem = z.infer<typeof PROBLEM>;

/** Thrown by a handler that can't do what it was asked; `problem-handler.ts` turns it into a document. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  /** Shown to the sender, so it may say what was wrong, but never repeats what a person wrote. */
  readonly detail: string;
  readonly errors: Problem['errors'] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    detail: string,
    {
      errors,
      headers = {},
      cause,
    }: { errors?: Problem['errors']; headers?: Readonly<Record<string, string>>; cause?: unknown } = {},
  ) {
    super(`${PROBLEMS[code].title}: ${detail}`, { cause });
    this.name = 'ProblemError';
    this.code = code;
    this.detail = detail;
    this.errors = errors;
    this.headers = headers;
  }
}
