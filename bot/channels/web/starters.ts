import { z } from 'zod';
import { LANGUAGES, REGIONS } from '../../../knowledge/pack/pack.ts';
import type { Bot } from '../../bot.ts';
import { CONTACT } from './reply-schema.ts';
import { parseRequest, STARTERS_QUERY } from './request-schema.ts';
import type { Route } from './route.ts';

/** What `GET /api/starters` answers. */
export const STARTERS = z.object({
  region: z.enum(REGIONS).describe('The one that the contacts are for'),
  greeting: z.string(),
  questions: z.array(z.string()).describe('Questions to begin with'),
  contacts: z.array(CONTACT),
});

/** `GET /api/starters`: the first thing that a person sees. */
export function startersRoute({ bot }: { bot: Pick<Bot, 'starters' | 'defaultRegion'> }): Route {
  return {
    method: 'get',
    path: '/api/starters',
    handlers: [
      (req, res) => {
        const { region = bot.defaultRegion, language = 'en' } = parseRequest(STARTERS_QUERY, req.query);
        res.json({ region, ...bot.starters(region, language) });
      },
    ],
    describes: {
      operationId: 'starters',
      summary: 'Greeting, starter questions and contacts of a region',
      parameters: [
        { name: 'region', in: 'query', description: "Absent: the clinic's", schema: { type: 'string', enum: REGIONS } },
        { name: 'language', in: 'query', schema: { type: 'string', enum: LANGUAGES, default: 'en' } },
      ],
      responses: {
        200: {
          description: 'What to show first',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Starters' } } },
        },
        400: { $ref: '#/components/responses/Problem' },
        403: { $ref: '#/components/responses/Problem' },
      },
    },
  };
}
