import type { Reply } from '../../../reply.ts';
import { safeAddress } from './links.ts';
import { reviewInWords } from './quote.ts';
import { failureInWords } from './reply-view.ts';
import { dateInWords } from './texts.ts';
import type { Ui } from './ui.ts';

/** A conversation line by line, as it is copied and printed. */
export interface WrittenLine {
  readonly kind: 'question' | 'words' | 'contact' | 'quote' | 'source' | 'small';
  readonly text: string;
}

export function writtenLines(ui: Ui): WrittenLine[] {
  return ui.conversation
    .turns()
    .flatMap(({ question, outcome }) => [
      { kind: 'question' as const, text: question },
      ...(outcome.kind === 'replied' ? writtenReply(outcome.reply, ui) : []),
      ...(outcome.kind === 'failed' ? [{ kind: 'small' as const, text: failureInWords(outcome.failure, ui) }] : []),
    ]);
}

function writtenReply(reply: Reply, ui: Ui): WrittenLine[] {
  const { say, base, language } = ui;
  const line = (kind: WrittenLine['kind'], ...parts: readonly (string | undefined)[]): WrittenLine => ({
    kind,
    text: parts.filter(Boolean).join(', '),
  });
  const quotes = reply.quotes.flatMap((quote) => [
    line('quote', `“${quote.text}”`),
    line('source', quote.passage.title, reviewInWords(quote, ui), safeAddress(quote.passage.url, base)),
    ...quote.sources.map(({ title, organisation, date, url }) =>
      line('source', title, organisation, date && dateInWords(date, language), safeAddress(url, base)),
    ),
  ]);
  return [
    ...(reply.kind === 'urgent' ? [line('words', say('heading_urgent'))] : []),
    line('words', reply.message),
    ...(reply.kind === 'clarify' ? reply.options.map(({ question }) => line('words', question)) : []),
    ...reply.contacts.map(({ label, phone, url, hours }) =>
      line('contact', label, phone, hours, safeAddress(url, base)),
    ),
    ...quotes,
    ...reply.disclaimers.map(({ text }) => line('small', text)),
  ];
}

/** As plain text, to be pasted anywhere. */
export function writtenText(heading: string, lines: readonly WrittenLine[]): string {
  const texts = lines.map(({ kind, text }) => {
    if (kind === 'question') return `\n\n> ${text.replaceAll('\n', '\n> ')}\n`;
    return kind === 'source' ? `    ${text}` : `\n${text}`;
  });
  return `${heading}\n${texts.join('\n')}\n`.replace(/\n{3,}/g, '\n\n');
}
