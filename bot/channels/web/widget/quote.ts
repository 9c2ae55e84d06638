import type { Quote, SourceReference } from '../../../reply.ts';
import { button, element, hidden } from './dom.ts';
import { outsideLink, safeAddress } from './links.ts';
import { dateInWords } from './texts.ts';
import { PACK_LANGUAGE, type Ui } from './ui.ts';

/**
 * A quote that looks quoted: the passage's own sentences, then where they stand, who signed them, and the number of
 * each source, which opens what is known of it.
 */
export function drawQuote(quote: Quote, reply: QuotingReply, ui: Ui): HTMLElement {
  const { text, passage } = quote;
  const paragraphs = text.split('\n\n').map((paragraph) => element('p', { dir: 'auto' }, paragraph));
  return element(
    'figure',
    // Else its name would be all that its caption says.
    { class: 'quote', part: 'quote', 'aria-label': passage.title },
    element('blockquote', { lang: PACK_LANGUAGE }, ...paragraphs),
    element(
      'figcaption',
      {},
      element('span', { class: 'quote-title', lang: PACK_LANGUAGE, dir: 'auto' }, passage.title),
      element('span', { class: `review review-${quote.review.status}` }, reviewInWords(quote, ui)),
      ...drawFoot(quote, reply, ui),
    ),
  );
}

/** What a quote takes from the reply that it stands in. */
export interface QuotingReply {
  readonly region: string;
  /** The number of a source, the same throughout the reply. */
  readonly numberOf: (source: SourceReference) => number;
}

function drawFoot(quote: Quote, { numberOf, region }: QuotingReply, ui: Ui): HTMLElement[] {
  const { say } = ui;
  const details = element('div', { class: 'details', hidden: true });
  const chips = quote.sources.map((source) => {
    const number = numberOf(source);
    const chip = button(
      { class: 'source', 'aria-expanded': 'false' },
      () => {
        const opens = chip.getAttribute('aria-expanded') === 'false';
        for (const other of chips) other.setAttribute('aria-expanded', String(opens && other === chip));
        details.replaceChildren(...(opens ? [drawDetails(source, number, quote, ui)] : []));
        details.hidden = !opens;
        if (opens) details.scrollIntoView({ block: 'nearest' });
      },
      element('span', { class: 'source-number', 'aria-hidden': 'true' }, String(number)),
      hidden(say('source', { number, title: source.title })),
    );
    return chip;
  });
  const title = element('span', { class: 'sources-title', 'aria-hidden': 'true' }, say('sources'));
  const row = element('div', { class: 'sources', role: 'group', 'aria-label': say('sources') }, title, ...chips);
  return [
    element('div', { class: 'foot' }, chips.length > 0 ? row : undefined, drawContextLink(quote, region, ui)),
    details,
  ];
}

function drawDetails(source: SourceReference, number: number, quote: Quote, ui: Ui): HTMLElement {
  const { say, base, language } = ui;
  const { title, organisation, url, date } = source;
  const rows: readonly (readonly [string, Node | string | undefined])[] = [
    [say('sourceTitle'), outsideLink(title, url, base, say)],
    [say('sourceOrganisation'), organisation],
    [say('sourceDate'), date === undefined ? undefined : dateInWords(date, language)],
    [say('sourceReview'), reviewInWords(quote, ui)],
  ];
  return element(
    'dl',
    { 'data-source': number },
    ...rows.flatMap(([term, value]) =>
      value === undefined ? [] : [element('div', {}, element('dt', {}, term), element('dd', { dir: 'auto' }, value))],
    ),
  );
}

function drawContextLink(
  { passage, start, end }: Quote,
  region: string,
  { say, base, language }: Ui,
): HTMLElement | undefined {
  const address = safeAddress(passage.url, base);
  if (address === undefined) return undefined;
  const url = new URL(address);
  url.searchParams.set('start', String(start));
  url.searchParams.set('end', String(end));
  // What the page says around the passage, and whose numbers it shows.
  url.searchParams.set('region', region);
  url.searchParams.set('language', language);
  const label = say('inContext');
  return element(
    'a',
    { class: 'context', href: url.href, target: '_blank', rel: 'noopener noreferrer' },
    label,
    hidden(` ${say('newTab')}`),
  );
}

export function reviewInWords({ review }: Quote, { say, language }: Pick<Ui, 'say' | 'language'>): string {
  const words = (date: string | undefined) => dateInWords(date ?? '', language);
  switch (review.status) {
    case 'reviewed':
      return say('reviewed', { by: review.by ?? '', on: words(review.on) });
    case 'overdue':
      return say('overdue', { due: words(review.due) });
    case 'unreviewed':
      return say('unreviewed');
  }
}
