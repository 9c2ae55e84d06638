import type { Reply } from '../../../reply.ts';
import { element } from './dom.ts';
import { callInWords } from './links.ts';
import type { Say } from './texts.ts';

/** What screen readers say by themselves, apart from the transcript, so that each thing is said once. */
export interface Announcer {
  readonly regions: readonly HTMLElement[];
  /** When whatever is being said has been said. */
  polite(text: string): void;
  /** At once. Only for danger. */
  assertive(text: string): void;
}

export function createAnnouncer(): Announcer {
  const status = element('div', { class: 'hidden', role: 'status' });
  const alert = element('div', { class: 'hidden', role: 'alert' });
  return {
    regions: [status, alert],
    polite: (text) => put(status, text),
    assertive: (text) => put(alert, text),
  };

  function put(region: HTMLElement, text: string): void {
    // A new node each time, so that the same words twice are said twice.
    const words = element('p', {}, text);
    region.replaceChildren(words);
    // Not to be found a second time by who reads through the chat line by line.
    setTimeout(() => words.remove(), CLEAR_MS);
  }
}

const CLEAR_MS = 10_000;

/** A reply in the order in which it is to be heard: in danger the numbers first, else the words and the quotes. */
export function spoken(reply: Reply, say: Say): string {
  if (reply.kind !== 'urgent') return [reply.message, ...reply.quotes.map(({ text }) => text)].join(' ');
  const numbers = reply.contacts.flatMap(({ label, phone }) =>
    phone ? [`${callInWords({ label, phone }, say)}.`] : [],
  );
  return [...numbers, `${say('heading_urgent')}.`, reply.message].join(' ');
}
