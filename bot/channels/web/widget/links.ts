import type { Contact } from '../../../reply.ts';
import { element, hidden } from './dom.ts';
import type { Say } from './texts.ts';

const SCHEMES: ReadonlySet<string> = new Set(['https:', 'http:', 'tel:', 'mailto:']);

/** The address in full if it is one that a person may be sent to: a web page, a phone number or a mailbox. */
export function safeAddress(address: string | undefined, base: string | URL): string | undefined {
  if (address === undefined || !URL.canParse(address, base)) return undefined;
  const url = new URL(address, base);
  return SCHEMES.has(url.protocol) ? url.href : undefined;
}

/** A picture's address, for which only the web's own schemes make sense. */
export function pictureAddress(address: string | undefined, base: string | URL): string | undefined {
  const safe = safeAddress(address, base);
  return safe !== undefined && /^https?:/.test(safe) ? safe : undefined;
}

/** A link that opens beside the page, or the plain label where the address is none to follow. */
export function outsideLink(label: string, address: string | undefined, base: string | URL, say: Say): Node {
  const href = safeAddress(address, base);
  if (href === undefined) return document.createTextNode(label);
  return element('a', { href, target: '_blank', rel: 'noopener noreferrer' }, label, hidden(` ${say('newTab')}`));
}

/** A number to press; the label says whom it reaches, and holds what is seen as it is seen. */
export function phoneLink(contact: Line, say: Say): HTMLElement {
  const href = `tel:${contact.phone.replace(/[^\d+*#]/g, '')}`;
  return element('a', { class: 'phone', href, 'aria-label': callInWords(contact, say) }, contact.phone);
}

export function callInWords(contact: Line, say: Say): string {
  return say('call', { label: nameOf(contact), phone: contact.phone });
}

/** `988 Suicide & Crisis Lifeline, call or text` beside its number is `Suicide & Crisis Lifeline`. */
export function nameOf({ label, phone }: Line): string {
  const [name = label] = label.split(/[,(]/);
  return (name.startsWith(phone) ? name.slice(phone.length) : name).trim();
}

/** A contact that can be called. */
interface Line extends Contact {
  readonly phone: string;
}
