import { element, outsideLink } from './element.js';

/** Contacts as a list of things to press; nothing where there are none. */
export function drawContacts(contacts) {
  if (contacts.length === 0) return undefined;
  return element('ul', { class: 'contacts', 'aria-label': 'Contacts' }, ...contacts.map(drawContact));
}

function drawContact({ label, phone, url, hours }) {
  return element(
    'li',
    { class: 'contact' },
    element(
      'span',
      { class: 'contact-who' },
      phone && url ? outsideLink(label, url) : label,
      hours ? element('span', { class: 'contact-hours' }, hours) : undefined,
    ),
    phone ? drawPhone(phone, `Call ${label}, ${phone}`) : url ? outsideLink('Open website', url) : undefined,
  );
}

const MOST_HELP = 3;

/** The first numbers among them in few words, for the bar that is always in view and must leave room for the rest. */
export function drawHelp(contacts) {
  return contacts
    .filter(({ phone }) => phone)
    .slice(0, MOST_HELP)
    .map(({ label, phone }) => {
      const [name = label] = label.split(/[,(]/);
      // Some lines are called by their number.
      const who = (name.startsWith(phone) ? name.slice(phone.length) : name).trim();
      return element('li', {}, drawPhone(phone, `Call ${label}, ${phone}`), `\u00a0${who}`);
    });
}

function drawPhone(phone, label) {
  return element('a', { class: 'phone', href: `tel:${phone.replace(/[^\d+*#]/g, '')}`, 'aria-label': label }, phone);
}
