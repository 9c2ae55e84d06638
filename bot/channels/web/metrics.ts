import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { ReplyKind } from '../../reply.ts';
import { ProblemError } from './problem.ts';
import type { Route } from './route.ts';
import { isThisMachine } from './this-machine.ts';

/** Counts requests and replies: how many and how fast, never of whom or about what. */
export interface RequestMetrics {
  observe(request: { route: string; status: number; seconds: number; kind: ReplyKind | undefined }): void;
}

export function createRequestMetrics(registry: Registry): RequestMetrics {
  const replies = new Counter({
    name: 'quotewell_replies_total',
    help: 'Replies by kind.',
    labelNames: ['kind'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'quotewell_request_duration_seconds',
    help: 'Time from request to the end of its answer, by route and status.',
    labelNames: ['route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  return {
    observe({ route, status, seconds, kind }) {
      durations.observe({ route, status }, seconds);
      if (kind) replies.inc({ kind });
    },
  };
}

/** `GET /metrics` in Prometheus' text format: for this machine, or with the token. */
export function metricsRoute({ registry, token }: { registry: Registry; token: string | undefined }): Route {
  return {
    method: 'get',
    path: '/metrics',
    handlers: [
      async (req, res) => {
        if (!isThisMachine(req) && !(token && hasToken(req, token))) throw refusal(token);
        res.type(registry.contentType).send(await registry.metrics());
      },
    ],
    describes: {
      operationId: 'metrics',
      summary: 'Counters for Prometheus; from the machine itself, or with METRICS_TOKEN',
      security: [{}, { metricsToken: [] }],
      responses: {
        200: { description: 'Metrics', content: { 'text/plain': { schema: { type: 'string' } } } },
        401: { $ref: '#/components/responses/Problem' },
        403: { $ref: '#/components/responses/Problem' },
      },
    },
  };
}

function refusal(token: string | undefined): ProblemError {
  return token
    ? new ProblemError('unauthorized', 'Send METRICS_TOKEN as a bearer token.', {
        headers: { 'WWW-Authenticate': 'Bearer realm="metrics"' },
      })
    : new ProblemError('forbidden', 'Without METRICS_TOKEN, metrics are for the machine itself only.');
}

function hasToken(req: Pick<Request, 'headers'>, token: string): boolean {
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '') ?? [];
  // Hashed first: the comparison then takes the same time whatever the lengths.
  return timingSafeEqual(sha256(given), sha256(token));
}

function sha256(value: string): Uint8Array {
  return createHash('sha256').update(value).digest();
}
