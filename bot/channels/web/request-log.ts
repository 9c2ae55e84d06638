import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { LoggableError } from '../../loggable-error.ts';
import type { ReplyKind } from '../../reply.ts';
import type { RequestMetrics } from './metrics.ts';
import type { ProblemCode } from './problem.ts';
import type { Handler } from './route.ts';

/** What is known of a request once it is over. Handlers fill it in. */
export interface RequestNotes {
  /** Made here, never taken from the client, who could write anything into it. */
  readonly id: string;
  /** The route's own path, never the address that was asked for: that may hold what a person typed. */
  route?: string;
  kind?: ReplyKind;
  problem?: ProblemCode;
  /** Why a channel turned the request away, as one of its own words. */
  refused?: string;
  error?: LoggableError;
}

/** Logs one line a request, when its answer is out or its client is gone, and counts it. Runs before everything else. */
export function requestLog({
  logger,
  clock,
  metrics,
}: {
  logger: Logger;
  clock: Clock;
  metrics: RequestMetrics;
}): Handler {
  return (req, res, next) => {
    const notes: RequestNotes = { id: randomUUID() };
    res.locals.notes = notes;
    res.setHeader('X-Request-Id', notes.id);
    const start = clock.now();
    res.once('close', () => {
      const { id: requestId, route = 'none', kind, problem, refused, error } = notes;
      const status = res.statusCode;
      const ms = clock.now() - start;
      const aborted = res.writableFinished ? undefined : true;
      const line = {
        requestId,
        method: knownMethod(req.method),
        route,
        status,
        ms,
        kind,
        problem,
        refused,
        error,
        aborted,
      };
      logger[levelOf(status, route)](line, 'request');
      metrics.observe({ route, status, seconds: ms / 1000, kind });
    });
    next();
  };
}

/** Node's parser only lets registered methods through; this keeps the log's vocabulary to those that a route can have. */
function knownMethod(method: string): string {
  return ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].includes(method) ? method : 'other';
}

function levelOf(status: number, route: string): 'debug' | 'info' | 'warn' | 'error' {
  if (status >= 500 && route !== '/readyz') return 'error';
  if (status >= 400) return 'warn';
  return QUIET.has(route) ? 'debug' : 'info';
}

/** Asked every few seconds by whatever watches the server. */
const QUIET: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);
