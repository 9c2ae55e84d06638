import type { Language } from '../../../knowledge/pack/pack.ts';
import type { Contact, Quote, Reply, SourceReference } from '../../reply.ts';
import { LABELS, type Labels } from './labels.ts';
import type { Styles } from './styles.ts';
import { columnsOf, wrapText } from './wrap-text.ts';

export interface RenderOptions {
  readonly reply: Reply;
  readonly language: Language;
  /** Columns. */
  readonly width: number;
  readonly styles: Styles;
  /** Whether questions to go on with get the numbers by which a conversation takes them; else bullets. */
  readonly numbered?: boolean;
}

/** A reply as lines for a terminal, section by section. In an urgent one, whom to call stands before all else. */
export function renderReply({ reply, language, width, styles, numbered = false }: RenderOptions): string[] {
  const page: Page = { width, styles, labels: LABELS[language] };
  const sources = new Map(reply.quotes.flatMap((quote) => quote.sources).map((source) => [source.id, source]));
  const numberOf = new Map([...sources.keys()].map((id, place) => [id, place + 1]));

  const contacts = renderContacts(page, reply);
  const message = wrapText(reply.message, width).map(reply.kind === 'urgent' ? styles.bold : plain);
  const options = reply.kind === 'clarify' ? reply.options.map(({ question }) => question) : [];
  const rest = [
    listed(page, options, { numbered, from: 1 }),
    ...reply.quotes.map((quote) => renderQuote(page, quote, numberOf)),
    section(
      page,
      page.labels.sources,
      [...sources.values()].flatMap((source, i) => renderSource(page, source, i + 1)),
    ),
  ];
  const disclaimers = reply.disclaimers.flatMap(({ text }) =>
    wrapText(text, width - 2).map((line) => `  ${styles.dim(line)}`),
  );
  const next = listed(page, reply.suggestions, { numbered, from: options.length + 1 });
  const sections = [
    ...(reply.kind === 'urgent' ? [contacts, message, ...rest] : [message, ...rest, contacts]),
    section(page, page.labels.disclaimers, disclaimers),
    section(page, page.labels.next, next),
  ];
  return sections.filter((lines) => lines.length > 0).flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}

/** What a person may ask next by number, in the order in which `renderReply` numbers it. */
export function choicesOf(reply: Reply): readonly string[] {
  const options = reply.kind === 'clarify' ? reply.options.map(({ question }) => question) : [];
  return [...options, ...reply.suggestions];
}

interface Page {
  readonly width: number;
  readonly styles: Styles;
  readonly labels: Labels;
}

function plain(text: string): string {
  return text;
}

function section({ styles }: Page, heading: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [styles.bold(heading), ...lines] : [];
}

function renderQuote(
  { width, styles, labels }: Page,
  { text, passage, sources, review }: Quote,
  numberOf: ReadonlyMap<string, number>,
): string[] {
  const bar = styles.cyan('┃');
  const marks = sources.map(({ id }) => `[${numberOf.get(id)}]`).join(' ');
  const title = wrapText(`— ${passage.title} ${marks}`.trimEnd(), width - 4);
  const state = wrapText(labels.review(review), width - 6);
  const stateStyle = review.status === 'reviewed' ? styles.green : styles.yellow;
  return [
    ...wrapText(text, width - 4).map((line) => `  ${bar} ${line}`.trimEnd()),
    ...title.map((line) => `    ${styles.cyan(line)}`),
    ...state.map((line) => `      ${stateStyle(line)}`),
  ];
}

function renderSource(
  { width, styles }: Page,
  { title, organisation, date, url }: SourceReference,
  number: number,
): string[] {
  const mark = `[${number}] `;
  const indent = ' '.repeat(mark.length);
  const about = [title, organisation, date].filter(Boolean).join('. ');
  const lines = wrapText(about, width - mark.length - 2).map((line, i) => `  ${i === 0 ? mark : indent}${line}`);
  return url === undefined ? lines : [...lines, `  ${indent}${styles.underline(url)}`];
}

function renderContacts(page: Page, { kind, contacts }: Reply): string[] {
  const { styles, labels, width } = page;
  const numbers = Math.max(0, ...contacts.map(({ phone = '' }) => columnsOf(phone)));
  const lines = contacts.flatMap((contact) => renderContact(contact, page, numbers));
  if (lines.length === 0 || kind !== 'urgent') return section(page, labels.contacts, lines);
  const rule = styles.red('━'.repeat(width));
  return [rule, styles.bold(styles.red(labels.urgentContacts)), ...lines, rule];
}

/** The number stands first, in a column of its own, for whoever looks for nothing else. */
function renderContact({ label, phone = '', url, hours }: Contact, { width, styles }: Page, numbers: number): string[] {
  const gap = numbers > 0 ? '  ' : '';
  const about = hours === undefined ? label : `${label} (${hours})`;
  const indent = ' '.repeat(numbers);
  const lines = wrapText(about, width - numbers - gap.length - 2).map((line, i) => {
    const number = i === 0 ? `${styles.bold(phone)}${indent.slice(columnsOf(phone))}` : indent;
    return `  ${number}${gap}${line}`;
  });
  return url === undefined ? lines : [...lines, `  ${indent}${gap}${styles.underline(url)}`];
}

function listed(
  { width }: Page,
  questions: readonly string[],
  { numbered, from }: { numbered: boolean; from: number },
): string[] {
  return questions.flatMap((question, i) => {
    const mark = numbered ? `${from + i}. ` : '• ';
    return wrapText(question, width - mark.length - 2).map(
      (line, n) => `  ${n === 0 ? mark : ' '.repeat(mark.length)}${line}`,
    );
  });
}
