import { z } from 'zod';
import type { Bot } from '../../bot.ts';
import { parseRequest } from './request-schema.ts';
import type { Handler, Route } from './route.ts';

const PARAMETERS = z.object({ id: z.guid('must be the conversationId of a reply') });

/** `DELETE /api/conversations/{id}`: forgets all of a conversation. Says the same whether there was one. */
export function conversationsRoute({ bot, limit }: { bot: Pick<Bot, 'forget'>; limit: Handler }): Route {
  return {
    method: 'delete',
    path: '/api/conversations/{id}',
    pattern: '/api/conversations/:id',
    handlers: [
      limit,
      async (req, res) => {
        const { id } = parseRequest(PARAMETERS, req.params);
        await bot.forget(id.toLowerCase());
        res.status(204).end();
      },
    ],
    describes: {
      operationId: 'deleteConversation',
      summary: 'Forget all of a conversation: its state, its replies, feedback on them and questions kept from it',
      parameters: [
        {
          name: 'id',
          in: 'path',
          required: true,
          description: '`conversationId` of a reply',
          schema: { type: 'string', format: 'uuid' },
        },
      ],
      responses: {
        204: { description: 'Nothing of it is left, if there was anything' },
        400: { $ref: '#/components/responses/Problem' },
        403: { $ref: '#/components/responses/Problem' },
        429: { $ref: '#/components/responses/TooManyRequests' },
      },
    },
  };
}
