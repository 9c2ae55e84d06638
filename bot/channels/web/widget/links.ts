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

/** A number to press; the label says whom it reaches. */
export function phoneLink(
  { label, phone }: Pick<Contact, 'label'> & { readonly phone: string },
  say: Say,
): HTMLElement {
  const href = `tel:${phone.replace(/[^\d+*#]/g, '')}`;
  return element('a', { class: 'phone', href, 'aria-label': say('call', { label, phone }) }, phone);
}
