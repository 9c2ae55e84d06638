import { drawContacts } from './draw-contacts.js';
import { drawQuote } from './draw-quote.js';
import { element } from './element.js';

const TITLES = {
  answer: 'Answer',
  urgent: 'Please get help now',
  refer: 'For your prescriber to decide',
  clarify: 'Which do you mean?',
  unanswered: 'Reply',
};

/** A reply as an article. In danger the numbers come first; else they follow what was asked for. */
export function drawReply(reply, { onAsk }) {
  const title = element('h2', { class: reply.kind === 'urgent' ? 'reply-title' : 'hidden' }, TITLES[reply.kind]);
  const lines = reply.message.split('\n').filter((line) => line.trim() !== '');
  const message = element('div', { class: 'message' }, ...lines.map((line) => element('p', {}, line)));
  const contacts = drawContacts(reply.contacts);
  const quotes = reply.quotes.map(drawQuote);
  const parts = {
    urgent: [title, contacts, message, ...quotes],
    clarify: [
      title,
      message,
      drawChoices('Choose one', reply.options?.map(({ question }) => question) ?? [], onAsk),
      contacts,
    ],
  }[reply.kind] ?? [title, message, ...quotes, contacts];
  return element(
    'article',
    { class: `reply reply-${reply.kind}` },
    ...parts,
    drawDisclaimers(reply.disclaimers),
    drawChoices('You could also ask', reply.suggestions, onAsk),
  );
}

/** What a screen reader says when a reply has come: the bot's words and the quotes, without the apparatus. */
export function spoken(reply) {
  const numbers = reply.contacts.filter(({ phone }) => phone).map(({ label, phone }) => `${label}: ${phone}.`);
  const quotes = reply.quotes.map(({ text }) => text);
  const parts = reply.kind === 'urgent' ? [TITLES.urgent, ...numbers, reply.message] : [reply.message, ...quotes];
  return parts.join(' ');
}

export function drawChoices(label, questions, onAsk) {
  if (questions.length === 0) return undefined;
  return element(
    'div',
    { class: 'next', role: 'group', 'aria-label': label },
    element('p', { class: 'next-title', 'aria-hidden': 'true' }, label),
    element('div', { class: 'choices' }, ...questions.map((question) => drawChoice(question, onAsk))),
  );
}

export function drawChoice(question, onAsk) {
  return element('button', { type: 'button', class: 'choice', onclick: () => onAsk(question) }, question);
}

function drawDisclaimers(disclaimers) {
  return element('div', { class: 'disclaimers' }, ...disclaimers.map(({ text }) => element('p', {}, text)));
}
