import { z } from 'zod';
import { ProblemError } from './problem.ts';
import type { Route } from './route.ts';

export const HEALTH = z.object({ status: z.enum(['alive', 'ready']) });

/** `GET /healthz`: the process answers. Says nothing of whether it can be asked. */
export function aliveRoute(): Route {
  return {
    method: 'get',
    path: '/healthz',
    handlers: [(_req, res) => res.json({ status: 'alive' })],
    describes: { operationId: 'alive', summary: 'Whether the process answers', responses: { 200: healthy('Alive') } },
  };
}

/** `GET /readyz`: 200 once questions can be asked, 503 before that and while it stops. */
export function readyRoute({ ready }: { ready: () => boolean }): Route {
  return {
    method: 'get',
    path: '/readyz',
    handlers: [
      (_req, res) => {
        if (!ready()) {
          throw new ProblemError('not_ready', 'The bot is starting or stopping; ask again in a moment.', {
            headers: { 'Retry-After': '1' },
          });
        }
        res.json({ status: 'ready' });
      },
    ],
    describes: {
      operationId: 'ready',
      summary: 'Whether questions can be asked: the index is loaded and the model warm',
      responses: { 200: healthy('Ready'), 503: { $ref: '#/components/responses/Problem' } },
    },
  };
}

function healthy(description: string) {
  return { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Health' } } } };
}
