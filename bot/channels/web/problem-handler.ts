import type { ErrorRequestHandler, Request } from 'express';
import { z } from 'zod';
import type { Bot } from '../../bot.ts';
import { loggableError } from '../../loggable-error.ts';
import { PROBLEMS, type Problem, ProblemError } from './problem.ts';
import { localeOf } from './request-schema.ts';
import type { Locals } from './route.ts';

/**
 * Answers whatever was thrown with a problem document. On `/api/ask` it carries the emergency contacts: someone in
 * danger may have written what the bot could not take.
 */
export function problemHandler(
  bot: Pick<Bot, 'emergencyContacts' | 'defaultRegion'>,
): ErrorRequestHandler<Request['params'], unknown, unknown, Request['query'], Locals> {
  return (thrown: unknown, req, res, next) => {
    const problem = toProblem(thrown);
    const { notes } = res.locals;
    notes.problem = problem.code;
    if (problem.code === 'internal') notes.error = loggableError(problem.cause);
    // Too late for another answer: Express then closes the connection.
    if (res.headersSent) return next(thrown);

    const { status, title } = PROBLEMS[problem.code];
    const { region = bot.defaultRegion, language = 'en' } = localeOf(req.body);
    const document: Problem = {
      type: `urn:quotewell:problem:${problem.code}`,
      title,
      status,
      detail: problem.detail,
      instance: `urn:uuid:${notes.id}`,
      code: problem.code,
      ...(problem.errors && { errors: problem.errors }),
      ...(isAsk(req) && { contacts: [...bot.emergencyContacts(region, language)] }),
    };
    res.status(status).set(problem.headers).type('application/problem+json').send(JSON.stringify(document));
  };
}

/** By the address, since a problem may come up before any route is found. */
function isAsk({ path }: Pick<Request, 'path'>): boolean {
  return /^\/api\/ask\/?$/i.test(path);
}

function toProblem(thrown: unknown): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  const refused = REFUSED.safeParse(thrown).data;
  if (refused) return refusedByExpress(refused);
  return new ProblemError('internal', 'This is not your doing. Please try again in a moment, or call your clinic.', {
    cause: thrown,
  });
}

/** What Express and its body parser throw for requests that they don't take. */
const REFUSED = z.object({
  status: z.int().min(400).max(499),
  type: z.string().optional(),
  limit: z.number().optional(),
});

function refusedByExpress({ status, type, limit }: z.infer<typeof REFUSED>): ProblemError {
  if (status === 413) {
    return new ProblemError('body_too_large', `A body may have ${limit} bytes at most; ask in fewer words.`);
  }
  if (status === 415) return new ProblemError('unsupported_media_type', 'Send JSON in UTF-8, as it is or gzipped.');
  if (type === 'entity.parse.failed') return new ProblemError('invalid_json', 'The body does not parse as JSON.');
  return new ProblemError('invalid_request', 'The request could not be read.');
}
