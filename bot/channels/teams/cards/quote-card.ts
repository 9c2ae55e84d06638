import type { Language } from '../../../../knowledge/pack/pack.ts';
import type { Quote, SourceReference } from '../../../reply.ts';
import { contextUrl, shareUrl } from '../links.ts';
import { reviewLine } from '../review-line.ts';
import { TEXTS, type Texts } from '../texts.ts';
import { type Card, type CardAction, type CardElement, drawCard, line, run } from './card.ts';
import { askAction, placeOf, refreshAction } from './card-actions.ts';

export interface QuoteCardParts {
  readonly quotes: readonly Quote[];
  /** Questions to ask next, each a button. */
  readonly next: readonly string[];
  /** What stands above them; absent: that they can be asked too. */
  readonly nextTitle?: string;
  readonly language: Language;
  /** Whether the quoted words stand in the open, since no text beside the card holds them. */
  readonly alone: boolean;
}

/**
 * What goes with quotes: title, review and page of each passage, and behind a button the quoted words with their
 * sources and the passage's id. In a conversation with the bot it can be drawn anew, so that it never vouches for
 * words that have changed since.
 */
export function drawQuoteCard({ quotes, next, nextTitle, language, alone }: QuoteCardParts): Card {
  const texts = TEXTS[language];
  const title = nextTitle ?? texts.next;
  const actions: CardAction[] = quotes.length > 0 ? [toggle(alone ? texts.sourcesOf : texts.sources, 'sources')] : [];
  // Without quotes, the questions are what the card is for.
  if (quotes.length > 0 && next.length > 0) actions.push(toggle(texts.next, 'next'));
  const places = { quotes: quotes.map(placeOf), next: [...next], language };
  return drawCard({
    lang: language,
    fallbackText: quotes.map(({ text }) => `“${text}”`).join('\n\n') || next.join('\n\n'),
    body: [
      ...quotes.map((quote, index) => drawQuote(quote, { number: index + 1, alone, texts })),
      ...(quotes.length > 0 ? [drawSources({ quotes, alone, texts })] : []),
      ...(next.length > 0 ? [drawNext(next, { visible: quotes.length === 0, title })] : []),
      ...(alone ? [line(run(texts.quotedNote, { size: 'Small', isSubtle: true }))] : []),
    ],
    actions,
    ...(!alone && quotes.length > 0 && { refresh: { action: refreshAction(texts.refresh, places) } }),
  });
}

function toggle(title: string, id: string): CardAction {
  return { type: 'Action.ToggleVisibility', title, targetElements: [id] };
}

function drawQuote(
  quote: Quote,
  { number, alone, texts }: { number: number; alone: boolean; texts: Texts },
): CardElement {
  const { passage, text, review } = quote;
  return {
    type: 'Container',
    ...(number > 1 && { separator: true }),
    items: [
      line(run(alone ? passage.title : `[${number}] ${passage.title}`, { weight: 'Bolder' })),
      ...(alone ? [line(run(text))] : []),
      {
        type: 'TextBlock',
        text: reviewLine(review, texts),
        wrap: true,
        size: 'Small',
        spacing: 'Small',
      },
      ...pageActions(quote, texts),
    ],
  };
}

function pageActions(quote: Quote, texts: Texts): CardElement[] {
  const context = contextUrl(quote);
  const share = shareUrl(quote);
  const actions: CardAction[] = [];
  if (context !== undefined) actions.push({ type: 'Action.OpenUrl', title: texts.inContext, url: context });
  if (share !== undefined) actions.push({ type: 'Action.OpenUrl', title: texts.share, url: share });
  return actions.length > 0 ? [{ type: 'ActionSet', actions, spacing: 'Small' }] : [];
}

function drawSources({
  quotes,
  alone,
  texts,
}: {
  quotes: readonly Quote[];
  alone: boolean;
  texts: Texts;
}): CardElement {
  return {
    type: 'Container',
    id: 'sources',
    isVisible: false,
    style: 'emphasis',
    items: quotes.flatMap(({ text, sources, passage }, index) => [
      ...(alone ? [] : [line(run(`[${index + 1}] `, { weight: 'Bolder' }), run(text))]),
      ...(sources.length > 0 ? sources.map(drawSource) : [line(run(texts.noSources, { size: 'Small' }))]),
      line(
        run(`${texts.passage}: `, { size: 'Small', isSubtle: true }),
        run(passage.id, { size: 'Small', isSubtle: true, fontType: 'Monospace' }),
      ),
    ]),
  };
}

function drawSource({ title, organisation, url, date }: SourceReference): CardElement {
  const link = url !== undefined && { selectAction: { type: 'Action.OpenUrl', title, url } as const };
  return line(
    run(title, { size: 'Small', ...link }),
    run(`. ${organisation}${date === undefined ? '' : `, ${date}`}`, { size: 'Small' }),
  );
}

function drawNext(next: readonly string[], { visible, title }: { visible: boolean; title: string }): CardElement {
  return {
    type: 'Container',
    id: 'next',
    isVisible: visible,
    items: [
      { type: 'TextBlock', text: title, wrap: true, weight: 'Bolder', size: 'Small' },
      ...next.map((question): CardElement => ({ type: 'ActionSet', actions: [askAction(question)], spacing: 'Small' })),
    ],
  };
}
