import type { Reply, SourceReference } from '../../../reply.ts';
import type { Failure } from './api.ts';
import { drawChoices } from './choices.ts';
import { drawContacts } from './contacts.ts';
import { button, element } from './dom.ts';
import { drawFeedback } from './feedback.ts';
import { drawQuote } from './quote.ts';
import type { Turn } from './state.ts';
import type { Ui } from './ui.ts';

/** A reply as an article. What is most needed stands first; what would not fit on one screen waits behind "more". */
export function drawReply(turn: Turn, reply: Reply, ui: Ui): HTMLElement {
  const { say, ask } = ui;
  const heading = say(`heading_${reply.kind}`);
  const title = element('h3', { class: reply.kind === 'urgent' ? 'reply-title' : 'hidden' }, heading);
  const options = reply.kind === 'clarify' ? reply.options.map(({ question }) => question) : [];
  // In danger, and where only a prescriber can decide, quotes come second.
  const atOnce = reply.kind === 'answer' ? 1 : 0;
  const contacts = drawContacts(reply.contacts, ui);
  const quotes = drawQuotes(reply, atOnce, ui);
  const parts = reply.kind === 'urgent' || reply.kind === 'refer' ? [contacts, ...quotes] : [...quotes, contacts];
  return element(
    'article',
    { class: `reply reply-${reply.kind}`, part: 'reply' },
    title,
    drawMessage(reply.message),
    drawChoices(say('options'), options, ask),
    ...parts,
    element(
      'div',
      { class: 'disclaimers' },
      ...reply.disclaimers.map(({ text }) => element('p', { dir: 'auto' }, text)),
    ),
    drawFeedback(turn, reply, ui),
    drawChoices(say('suggestions'), reply.suggestions.slice(0, MOST_SUGGESTIONS), ask),
  );
}

const MOST_SUGGESTIONS = 3;

function drawMessage(message: string): HTMLElement {
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  return element('div', { class: 'message' }, ...lines.map((line) => element('p', { dir: 'auto' }, line)));
}

function drawQuotes({ quotes, region }: Reply, atOnce: number, ui: Ui): (HTMLElement | undefined)[] {
  const numbers = new Map<string, number>();
  const numberOf = ({ id }: SourceReference) => {
    const number = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, number);
    return number;
  };
  const drawn = quotes.map((quote) => drawQuote(quote, { region, numberOf }, ui));
  return [...drawn.slice(0, atOnce), drawMore(drawn.slice(atOnce), ui)];
}

function drawMore(quotes: readonly HTMLElement[], { say }: Ui): HTMLElement | undefined {
  if (quotes.length === 0) return undefined;
  const label = say('more', { count: quotes.length });
  const rest = element('div', { class: 'rest', hidden: true }, ...quotes);
  const toggle = button(
    { class: 'more', 'aria-expanded': 'false' },
    () => {
      rest.hidden = !rest.hidden;
      toggle.setAttribute('aria-expanded', String(!rest.hidden));
      toggle.textContent = rest.hidden ? label : say('less');
    },
    label,
  );
  return element('div', { class: 'more-quotes' }, toggle, rest);
}

/** The question stays in view and can be sent again as it is, or taken back to be changed. */
export function drawFailure(failure: Failure, ui: Ui, act: { retry: () => void; change: () => void }): HTMLElement {
  const { say, conversation } = ui;
  const contacts = failure.contacts.length > 0 ? failure.contacts : conversation.help().contacts;
  return element(
    'article',
    { class: 'reply reply-failed', part: 'reply' },
    element('h3', { class: 'reply-title' }, say('heading_failed')),
    drawMessage(failureInWords(failure, ui)),
    element(
      'div',
      { class: 'choices' },
      button({ class: 'choice' }, act.retry, say('tryAgain')),
      button({ class: 'choice' }, act.change, say('change')),
    ),
    element(
      'div',
      { class: 'next' },
      element('p', { class: 'next-title' }, say('cannotWait')),
      drawContacts(contacts, ui) ?? element('p', {}, say('helpUnknown')),
    ),
  );
}

export function failureInWords({ why }: Failure, { say }: Pick<Ui, 'say'>): string {
  return say(why === 'expired' ? 'failure_broken' : `failure_${why}`);
}
