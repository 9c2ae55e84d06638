import { z } from 'zod';
import { LANGUAGES, REGIONS } from '../../../knowledge/pack/pack.ts';
import type { Bot } from '../../bot.ts';
import { type Clock, today } from '../../clock.ts';
import { disclaimersFor } from '../../conversation/reply-parts.ts';
import { drawMissing } from './passage-page/draw-missing.ts';
import { drawPassage } from './passage-page/draw-passage.ts';
import { readRange } from './passage-page/mark-text.ts';
import { describePassage, passageId } from './passages.ts';
import type { Route } from './route.ts';

/** `GET /passages/{id}`: a passage as a page to read and print, with what was quoted from it marked. */
export function passagePageRoute({
  bot,
  clock,
}: {
  bot: Pick<Bot, 'passage' | 'pack' | 'emergencyContacts' | 'defaultRegion'>;
  clock: Clock;
}): Route {
  return {
    method: 'get',
    path: '/passages/{id}',
    pattern: '/passages/*id',
    handlers: [
      (req, res) => {
        const { region = bot.defaultRegion, language = 'en' } = LOCALE.parse(req.query);
        const passage = bot.passage(passageId(req.params));
        // As many steps up as the address has below the root, however the id's slashes are written.
        const toRoot = '../'.repeat(req.path.split('/').length - 2);
        const shell = { language, toRoot, contacts: bot.emergencyContacts(region, language) };
        res.setHeader('Content-Security-Policy', POLICY);
        // The address says what somebody was told.
        res.setHeader('Cache-Control', 'private, no-cache');
        if (!passage) {
          res.locals.notes.problem = 'unknown_passage';
          res.status(404).type('html').send(drawMissing(shell));
          return;
        }
        const { pack } = bot;
        const page = drawPassage({
          ...shell,
          passage: describePassage(passage, pack, today(clock)),
          pack,
          range: readRange(passage.text, req.query),
          disclaimers: disclaimersFor(pack, { kind: 'answer', topics: [passage.topic], language }),
        });
        res.type('html').send(page);
      },
    ],
    describes: {
      operationId: 'passagePage',
      summary: 'A passage as a page, with the quoted sentences marked; without a script',
      parameters: [
        {
          name: 'id',
          in: 'path',
          required: true,
          description: 'pack/topic/passage; its slashes may be encoded or not',
          schema: { type: 'string' },
        },
        {
          name: 'start',
          in: 'query',
          description: "A quote's; ignored where it does not fit",
          schema: { type: 'integer' },
        },
        {
          name: 'end',
          in: 'query',
          description: "A quote's; ignored where it does not fit",
          schema: { type: 'integer' },
        },
        { name: 'region', in: 'query', description: 'Whose phone numbers', schema: { type: 'string', enum: REGIONS } },
        {
          name: 'language',
          in: 'query',
          description: 'Of everything but the passage itself',
          schema: { type: 'string', enum: LANGUAGES, default: 'en' },
        },
      ],
      responses: { 200: page('The passage'), 404: page('No passage has this id: the way to the start, whom to call') },
    },
  };
}

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A link that was copied wrongly still shows its passage. */
const LOCALE = z.object({
  region: z.enum(REGIONS).optional().catch(undefined),
  language: z.enum(LANGUAGES).optional().catch(undefined),
});

function page(description: string) {
  return { description, content: { 'text/html': { schema: { type: 'string' } } } };
}
