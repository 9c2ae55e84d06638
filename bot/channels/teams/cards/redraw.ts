import type { Pack } from '../../../../knowledge/pack/pack.ts';
import { type Clock, today } from '../../../clock.ts';
import { toQuote } from '../../../conversation/quote.ts';
import type { Quote } from '../../../reply.ts';
import { TEXTS } from '../texts.ts';
import { type Card, drawCard, line, run } from './card.ts';
import { type CardActionData, digestOf, type QuotePlace } from './card-actions.ts';
import { drawQuoteCard } from './quote-card.ts';

type Places = (CardActionData & { verb: 'refresh' })['data'];

/**
 * A card anew from the places of its quotes: reviews as of today. Only whole sentences that stand where they stood are
 * quoted again, so a card can be made to say nothing else; if any does not, the card says that instead of all.
 */
export function createRedraw({ pack, clock, publicUrl }: { pack: Pack; clock: Clock; publicUrl: string }) {
  const requote = createRequote({ pack, clock, publicUrl });
  const questions = new Set(pack.passages.flatMap((passage) => passage.questions));
  return ({ quotes: places, next, language }: Places): Card => {
    const quotes = places.flatMap((place) => requote(place) ?? []);
    if (quotes.length === places.length) {
      return drawQuoteCard({
        quotes,
        next: next.filter((question) => questions.has(question)),
        language,
        alone: false,
      });
    }
    const { changed } = TEXTS[language];
    return drawCard({ lang: language, fallbackText: changed, body: [line(run(changed))] });
  };
}

/** From a place to the quote there, as it stands in the pack today; undefined where other words stand there. */
export function createRequote({ pack, clock, publicUrl }: { pack: Pack; clock: Clock; publicUrl: string }) {
  const indexes = new Map(pack.passages.map(({ id }, index) => [id, index]));
  return ({ id, start, end, digest }: Omit<QuotePlace, 'digest'> & { digest?: string }): Quote | undefined => {
    const index = indexes.get(id);
    const passage = index === undefined ? undefined : pack.passages[index];
    if (index === undefined || !passage) return undefined;
    const whole = passage.sentences.some((s) => s.start === start) && passage.sentences.some((s) => s.end === end);
    if (!whole || start >= end) return undefined;
    if (digest !== undefined && digestOf(passage.text.slice(start, end)) !== digest) return undefined;
    const url = (passageId: string) => `${publicUrl}/passages/${passageId}`;
    return toQuote({ pack, excerpt: { passage: index, start, end }, today: today(clock), url });
  };
}
