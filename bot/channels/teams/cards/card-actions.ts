import { createHash } from 'node:crypto';
import { z } from 'zod';
import { LANGUAGES } from '../../../../knowledge/pack/pack.ts';
import type { Quote } from '../../../reply.ts';
import type { Execute } from './card.ts';

/*
 * What buttons of cards send back. A card can be years old and its data another program's, so each is read by a schema
 * and holds nothing but what the bot itself would say.
 */

/** A quote by where it stands, with a digest of its words: whether they still stand there. */
export const QUOTE_PLACE = z.object({
  id: z.string().max(300),
  start: z.int().min(0),
  end: z.int().min(1),
  digest: z.string().max(100),
});
export type QuotePlace = z.infer<typeof QUOTE_PLACE>;

export const CARD_ACTION = z.discriminatedUnion('verb', [
  /** A question of the pack, asked by pressing it. */
  z.object({ verb: z.literal('ask'), data: z.object({ question: z.string().min(1).max(500) }) }),
  /** The card anew: what is signed by now, and whether what it quotes still stands. */
  z.object({
    verb: z.literal('refresh'),
    data: z.object({
      quotes: z.array(QUOTE_PLACE).max(20),
      next: z.array(z.string().max(500)).max(20),
      language: z.enum(LANGUAGES),
    }),
  }),
]);
export type CardActionData = z.infer<typeof CARD_ACTION>;

export function askAction(question: string): Execute {
  return execute(question, { verb: 'ask', data: { question } });
}

export function refreshAction(title: string, data: (CardActionData & { verb: 'refresh' })['data']): Execute {
  return execute(title, { verb: 'refresh', data });
}

export function placeOf({ passage, start, end, text }: Quote): QuotePlace {
  return { id: passage.id, start, end, digest: digestOf(text) };
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

function execute(title: string, { verb, data }: CardActionData): Execute {
  return { type: 'Action.Execute', title, verb, data };
}
