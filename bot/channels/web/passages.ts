import type { Request } from 'express';
import { z } from 'zod';
import { type Pack, type Passage, REGIONS } from '../../../knowledge/pack/pack.ts';
import { reviewState } from '../../../knowledge/pack/review.ts';
import type { Bot } from '../../bot.ts';
import { type Clock, today } from '../../clock.ts';
import { ProblemError } from './problem.ts';
import { REVIEW_STATE, SOURCE_REFERENCE } from './reply-schema.ts';
import type { Route } from './route.ts';

/** What `GET /api/passages/{id}` answers. */
export const PASSAGE = z.object({
  id: z.string(),
  title: z.string(),
  topic: z.string(),
  text: z.string().describe('What quotes are slices of'),
  regions: z.array(z.enum(['all', ...REGIONS])),
  review: REVIEW_STATE,
  sentences: z.array(
    z.object({ start: z.int().min(0), end: z.int().min(1), sources: z.array(z.string()).describe('Ids') }),
  ),
  sources: z.array(SOURCE_REFERENCE).describe('Of all its sentences, in the order that they are first named'),
});

export type PassageDescription = z.infer<typeof PASSAGE>;

/** `GET /api/passages/{id}`: a passage whole, so that a quote can be checked and read in context. */
export function passagesRoute({ bot, clock }: { bot: Pick<Bot, 'passage' | 'pack'>; clock: Clock }): Route {
  return {
    method: 'get',
    path: '/api/passages/{id}',
    // A wildcard, since an id holds slashes: plain, or encoded as %2F.
    pattern: '/api/passages/*id',
    handlers: [
      (req, res) => {
        const passage = bot.passage(passageId(req.params));
        if (!passage) throw new ProblemError('unknown_passage', 'No passage has this id. Quotes name theirs.');
        res.json(describePassage(passage, bot.pack, today(clock)));
      },
    ],
    describes: {
      operationId: 'passage',
      summary: 'A passage with its sources and review state',
      parameters: [
        {
          name: 'id',
          in: 'path',
          required: true,
          description: 'pack/topic/passage; its slashes may be encoded or not',
          schema: { type: 'string' },
        },
      ],
      responses: {
        200: {
          description: 'The passage',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Passage' } } },
        },
        400: { $ref: '#/components/responses/Problem' },
        403: { $ref: '#/components/responses/Problem' },
      },
    },
  };
}

/** The id that an address names, its slashes plain or encoded. */
export function passageId({ id = [] }: Request['params']): string {
  return [id].flat().filter(Boolean).join('/');
}

export function describePassage(passage: Passage, pack: Pack, today: string): PassageDescription {
  const { id, title, topic, text, regions, sentences } = passage;
  const sourceIds = new Set(sentences.flatMap((sentence) => sentence.sources));
  return {
    id,
    title,
    topic,
    text,
    regions: [...regions],
    review: reviewState(passage, today),
    sentences: sentences.map(({ start, end, sources }) => ({ start, end, sources: [...sources] })),
    sources: [...sourceIds].flatMap((sourceId) => {
      const source = pack.sources.get(sourceId);
      if (!source) return [];
      const { title, organisation, url, date } = source;
      return [{ id: sourceId, title, organisation, ...(url && { url }), ...(date && { date }) }];
    }),
  };
}
