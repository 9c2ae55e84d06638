import type { Contact } from '../../../reply.ts';
import { element } from './dom.ts';
import { icon } from './icons.ts';
import { nameOf, outsideLink, phoneLink } from './links.ts';
import type { Ui } from './ui.ts';

/** Contacts as a list of things to press; nothing where there are none. */
export function drawContacts(contacts: readonly Contact[], ui: Ui): HTMLElement | undefined {
  if (contacts.length === 0) return undefined;
  return element(
    'ul',
    { class: 'contacts', 'aria-label': ui.say('contacts') },
    ...contacts.map((contact) => drawContact(contact, ui)),
  );
}

function drawContact({ label, phone, url, hours }: Contact, { say, base }: Ui): HTMLElement {
  const who = element(
    'span',
    { class: 'contact-who', dir: 'auto' },
    phone && url ? outsideLink(label, url, base, say) : label,
    hours ? element('span', { class: 'contact-hours' }, hours) : undefined,
  );
  const press = phone
    ? phoneLink({ label, phone }, say)
    : url
      ? outsideLink(say('website'), url, base, say)
      : undefined;
  return element('li', { class: 'contact' }, who, press);
}

/** The numbers that are always in view: a line where all is well, buttons once a danger was named. */
export function drawHelp(ui: Ui): HTMLElement {
  const { say, conversation } = ui;
  const { urgent, contacts } = conversation.help();
  const numbers = contacts.flatMap(({ label, phone }) => (phone ? [{ label, phone }] : [])).slice(0, MOST_NUMBERS);
  const list = numbers.map((contact, index) => {
    const link = phoneLink(contact, say);
    const number = element('span', { class: 'help-number' }, urgent ? icon('phone') : undefined, contact.phone);
    // Part of what is pressed: a number of three digits is a small target. Where all is well it stays one line.
    const who =
      urgent || index === 0 ? element('span', { class: 'help-who', dir: 'auto' }, nameOf(contact)) : undefined;
    link.replaceChildren(number, ...(who ? [' ', who] : []));
    return element('li', {}, link);
  });
  return element(
    'section',
    { class: urgent ? 'help help-urgent' : 'help', part: 'help', 'aria-label': say('help') },
    element('p', { class: 'help-title' }, say(urgent ? 'helpTitleUrgent' : 'helpTitle')),
    numbers.length > 0
      ? element('ul', { class: 'help-list' }, ...list)
      : element('p', { class: 'help-unknown' }, say('helpUnknown')),
  );
}

/** The bar is always in view, and must leave room for the rest. */
const MOST_NUMBERS = 3;
