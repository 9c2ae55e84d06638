import type { Bot } from '../../bot.ts';
import { jsonBody } from './json-body.ts';
import { ProblemError } from './problem.ts';
import { FEEDBACK_REQUEST, parseRequest } from './request-schema.ts';
import type { Handler, Route } from './route.ts';

/** `POST /api/feedback`: whether a reply helped. */
export function feedbackRoute({ bot, limit }: { bot: Pick<Bot, 'keepFeedback'>; limit: Handler }): Route {
  return {
    method: 'post',
    path: '/api/feedback',
    handlers: [
      limit,
      ...jsonBody(),
      async (req, res) => {
        const outcome = await bot.keepFeedback(parseRequest(FEEDBACK_REQUEST, req.body));
        if (outcome === 'unknown_reply') {
          throw new ProblemError('unknown_reply', 'Replies can be rated for 30 minutes after the last question.');
        }
        res.status(204).end();
      },
    ],
    describes: {
      operationId: 'feedback',
      summary: 'Say whether a reply helped; feedback sent later takes the place of the earlier',
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/FeedbackRequest' } } },
      },
      responses: {
        204: { description: 'Kept, for RETENTION_DAYS or until the conversation is deleted' },
        400: { $ref: '#/components/responses/Problem' },
        403: { $ref: '#/components/responses/Problem' },
        404: { $ref: '#/components/responses/Problem' },
        413: { $ref: '#/components/responses/Problem' },
        415: { $ref: '#/components/responses/Problem' },
        429: { $ref: '#/components/responses/TooManyRequests' },
      },
    },
  };
}
