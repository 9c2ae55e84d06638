import type { Bot } from '../../bot.ts';
import { jsonBody } from './json-body.ts';
import { ASK_REQUEST, parseRequest } from './request-schema.ts';
import type { Handler, Route } from './route.ts';

/** `POST /api/ask`: a question in, a Reply out. */
export function askRoute({ bot, limit }: { bot: Pick<Bot, 'respond'>; limit: Handler }): Route {
  return {
    method: 'post',
    path: '/api/ask',
    handlers: [
      // First, so that requests that are refused count as well.
      limit,
      ...jsonBody(),
      async (req, res) => {
        const { question, ...about } = parseRequest(ASK_REQUEST, req.body);
        const { reply } = await bot.respond({ text: question, ...about });
        res.locals.notes.kind = reply.kind;
        res.json(reply);
      },
    ],
    describes: {
      operationId: 'ask',
      summary: 'Ask a question; the reply quotes passages, or says why it does not',
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/AskRequest' } } },
      },
      responses: {
        200: {
          description: 'What the bot says; `kind` tells how to show it',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Reply' } } },
        },
        400: { $ref: '#/components/responses/Problem' },
        403: { $ref: '#/components/responses/Problem' },
        413: { $ref: '#/components/responses/Problem' },
        415: { $ref: '#/components/responses/Problem' },
        429: { $ref: '#/components/responses/TooManyRequests' },
      },
    },
  };
}
