import type { Language } from '../../../../knowledge/pack/pack.ts';
import type { Contact } from '../../../reply.ts';
import { contactUrl, nameBeside, telephoneUrl } from '../links.ts';
import { fillIn, TEXTS } from '../texts.ts';
import { type Card, type CardAction, type CardElement, drawCard, line, run } from './card.ts';

/** As many buttons as Teams shows in a row. */
const MOST_BUTTONS = 6;

/** Whom to call, first and large, each number a link and a button; then what to do. */
export function drawUrgentCard({
  contacts,
  message,
  language,
}: {
  contacts: readonly Contact[];
  message: string;
  language: Language;
}): Card {
  const texts = TEXTS[language];
  return drawCard({
    lang: language,
    fallbackText: [...contacts.map(inWords), message].join('\n\n'),
    body: [
      {
        type: 'Container',
        style: 'attention',
        items: contacts.flatMap(drawContact),
      },
      { type: 'TextBlock', text: texts.urgent, wrap: true, weight: 'Bolder', style: 'heading' },
      ...message.split(/\n+/).map((paragraph) => line(run(paragraph))),
    ],
    actions: contacts
      .flatMap((contact): CardAction[] => {
        const url = contactUrl(contact);
        const title = contact.phone === undefined ? texts.text : fillIn(texts.call, { phone: contact.phone });
        return url === undefined ? [] : [{ type: 'Action.OpenUrl', title, url }];
      })
      .slice(0, MOST_BUTTONS),
  });
}

function inWords(contact: Contact): string {
  return `${contact.phone ?? contact.url ?? ''} ${nameBeside(contact)}`.trim();
}

function drawContact(contact: Contact): CardElement[] {
  const { phone, url, hours } = contact;
  const label = nameBeside(contact);
  const about = run(hours === undefined ? label : `${label} (${hours})`);
  const link = url !== undefined && { selectAction: { type: 'Action.OpenUrl', title: label, url } as const };
  if (phone === undefined) return [line({ ...about, ...link })];
  return [
    {
      type: 'TextBlock',
      // Digits and their separators only, so nothing in it is Markdown.
      text: `[${phone}](${telephoneUrl(phone)})`,
      wrap: true,
      size: 'ExtraLarge',
      weight: 'Bolder',
    },
    line({ ...about, ...link }),
  ];
}
