import type { Contact, Quote } from '../../reply.ts';

/** Addresses of passages' pages. Without `PUBLIC_URL` they have none that a person in Teams could open. */
export function contextUrl({ passage: { url }, start, end }: Pick<Quote, 'passage' | 'start' | 'end'>) {
  return /^https?:\/\//.test(url) ? `${url}?start=${start}&end=${end}` : undefined;
}

/**
 * Teams' own dialog, in which a person chooses the channel or chat with their own rights. What they share is the link
 * to the passage's page, which `link-unfurling` turns into the quote.
 */
export function shareUrl(quote: Quote): string | undefined {
  const href = contextUrl(quote);
  if (href === undefined || !href.startsWith('https://')) return undefined;
  return `https://teams.microsoft.com/share?${new URLSearchParams({ href, msgText: quote.passage.title, preview: 'true' })}`;
}

export function telephoneUrl(phone: string): string {
  return `tel:${phone.replace(/[^\d+*#]/g, '')}`;
}

/** Where pressing a contact leads. */
export function contactUrl({ phone, url }: Contact): string | undefined {
  return phone === undefined ? url : telephoneUrl(phone);
}

/** A contact's name where its number stands beside it: "988 Suicide & Crisis Lifeline" begins with its own. */
export function nameBeside({ label, phone }: Contact): string {
  return phone !== undefined && label.startsWith(`${phone} `) ? label.slice(phone.length).trim() : label;
}
