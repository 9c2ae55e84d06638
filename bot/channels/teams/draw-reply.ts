import type { Language } from '../../../knowledge/pack/pack.ts';
import type { Contact, Reply } from '../../reply.ts';
import { CARD_TYPE, type Card } from './cards/card.ts';
import { drawQuoteCard } from './cards/quote-card.ts';
import { drawUrgentCard } from './cards/urgent-card.ts';
import { citationEntity } from './citations.ts';
import { nameBeside, telephoneUrl } from './links.ts';
import { escaped, escapedLines } from './markdown.ts';
import { fits } from './message-size.ts';
import { fillIn, TEXTS, type Texts } from './texts.ts';

/** A message as it goes to the connector, but for whom it is addressed to. */
export interface TeamsMessage {
  readonly type: 'message';
  /** Markdown, but hardly any beside citations or suggested actions, where some clients show it as it is written. */
  readonly text: string;
  readonly textFormat: 'markdown';
  readonly locale: string;
  readonly summary?: string;
  readonly importance?: 'high';
  readonly entities?: readonly { readonly type: string }[];
  readonly attachments?: readonly { readonly contentType: string; readonly content: Card }[];
  readonly suggestedActions?: {
    readonly to: readonly string[];
    readonly actions: readonly { readonly type: 'imBack'; readonly title: string; readonly value: string }[];
  };
  readonly channelData?: { readonly feedbackLoop: { readonly type: 'default' } };
}

export interface DrawReplyParts {
  readonly reply: Reply;
  readonly language: Language;
  /** Whom suggested actions are for, in a personal chat; elsewhere there are buttons on the card. */
  readonly personalWith?: string | undefined;
  /** The question, where it was asked by pressing a button, so that it stands nowhere else. */
  readonly pressed?: string | undefined;
}

/** As many as Teams shows. */
const MOST_SUGGESTED = 3;

/** A reply as a message: quotes with markers and citations, a card where it helps. Quotes are left out whole, if at all. */
export function drawReply(parts: DrawReplyParts): TeamsMessage {
  const { quotes } = parts.reply;
  const whole = drawWith(parts, { quotes: quotes.length, card: true });
  if (fits(whole)) return whole;
  for (let count = quotes.length; count > 0; count--) {
    const smaller = drawWith(parts, { quotes: count, card: false });
    if (fits(smaller)) return smaller;
  }
  return drawWith(parts, { quotes: 0, card: false });
}

/** The same without what a client or a connector might not take. */
export function withoutCard({ attachments: _attachments, ...message }: TeamsMessage): TeamsMessage {
  return message;
}

function drawWith(
  { reply, language, personalWith, pressed }: DrawReplyParts,
  { quotes: count, card: withCard }: { quotes: number; card: boolean },
): TeamsMessage {
  const texts = TEXTS[language];
  const quotes = reply.quotes.slice(0, count);
  const next = nextOf(reply);
  const card = withCard
    ? cardOf({ ...reply, quotes }, { next, language, personal: personalWith !== undefined })
    : undefined;
  const suggestedActions = personalWith !== undefined && next.length > 0 ? suggested(next, personalWith) : undefined;
  const linked = quotes.length === 0 && !suggestedActions;
  return {
    type: 'message',
    text: textOf({ ...reply, quotes }, { texts, pressed, leftOut: reply.quotes.length - count, linked }),
    textFormat: 'markdown',
    locale: language,
    ...(reply.kind === 'urgent' && { summary: texts.urgentSummary, importance: 'high' }),
    ...(quotes.length > 0 && { entities: [citationEntity(quotes, texts)] }),
    ...(card && { attachments: [{ contentType: CARD_TYPE, content: card }] }),
    ...(suggestedActions && { suggestedActions }),
    channelData: { feedbackLoop: { type: 'default' } },
  };
}

function nextOf(reply: Reply): string[] {
  const questions = reply.kind === 'clarify' ? reply.options.map(({ question }) => question) : reply.suggestions;
  return questions.slice(0, MOST_SUGGESTED);
}

function cardOf(
  reply: Reply,
  { next, language, personal }: { next: readonly string[]; language: Language; personal: boolean },
): Card | undefined {
  if (reply.kind === 'urgent') return drawUrgentCard({ ...reply, language });
  // Suggested actions do for questions alone.
  if (reply.quotes.length === 0 && (personal || next.length === 0)) return undefined;
  return drawQuoteCard({ quotes: reply.quotes, next, language, alone: false });
}

function textOf(
  reply: Reply,
  { texts, pressed, leftOut, linked }: { texts: Texts; pressed: string | undefined; leftOut: number; linked: boolean },
): string {
  const contacts = reply.contacts.map((contact) => contactLine(contact, { linked })).join('\n\n');
  const quotes = reply.quotes.map(({ text }, index) => `“${escaped(text)}” [${index + 1}]`);
  const paragraphs = [
    pressed === undefined ? '' : escaped(fillIn(texts.asked, { question: pressed })),
    // Whom to call stands first where it is urgent, also where no card is drawn.
    reply.kind === 'urgent' ? contacts : '',
    escapedLines(reply.message),
    ...quotes,
    leftOut > 0 ? fillIn(texts.leftOut, { count: String(leftOut) }) : '',
    reply.kind === 'clarify' ? reply.options.map(({ question }) => `- ${escaped(question)}`).join('\n') : '',
    reply.kind === 'urgent' ? '' : contacts,
    `${texts.note}: ${reply.disclaimers.map(({ text }) => escaped(text)).join(' ')}`,
    quotes.length > 0 ? texts.quotedNote : '',
  ];
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}

export function contactLine(contact: Contact, { linked }: { linked: boolean }): string {
  const { phone, url, hours } = contact;
  const about = `${escaped(nameBeside(contact))}${hours === undefined ? '' : ` (${escaped(hours)})`}`;
  const page = url === undefined ? '' : `, ${url}`;
  if (phone === undefined) return `${about}${page}`;
  return `${linked ? `**[${phone}](${telephoneUrl(phone)})**` : phone} ${about}${page}`;
}

function suggested(questions: readonly string[], to: string): NonNullable<TeamsMessage['suggestedActions']> {
  return { to: [to], actions: questions.map((question) => ({ type: 'imBack', title: question, value: question })) };
}
