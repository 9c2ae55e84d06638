import type { Language } from '../../../../knowledge/pack/pack.ts';
import type { Contact } from '../../../reply.ts';
import { type Html, html, outsideLink } from './html.ts';
import { fillIn, TEXTS, type Texts } from './texts.ts';

export interface Shell {
  readonly language: Language;
  /** From this page to the start: empty, or so many `../`. */
  readonly toRoot: string;
  readonly contacts: readonly Contact[];
}

/** What the pages of passages share: head, the way to the start, whom to call. No script, no style but the file's. */
export function drawShell({
  language,
  toRoot,
  contacts,
  title,
  content,
  after,
}: Shell & { title: string; content: Html; after?: Html }): string {
  const texts = TEXTS[language];
  const start = toRoot === '' ? './' : toRoot;
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>${title} · Quotewell</title>
    <link rel="icon" href="${toRoot}page/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="${toRoot}page/passage.css">
  </head>
  <body>
    <nav class="top" aria-label="Quotewell">
      <a class="brand" href="${start}"><img src="${toRoot}page/icon.svg" alt="" width="32" height="32"> Quotewell</a>
      <a class="start" href="${start}">${texts.start}</a>
    </nav>
    <main>${content}
      <section aria-labelledby="help">
        <h2 id="help">${texts.help}</h2>
        <ul class="contacts">${contacts.map((contact) => drawContact(contact, texts))}</ul>
      </section>${after}
    </main>
  </body>
</html>
`.markup;
}

function drawContact({ label, phone, url, hours }: Contact, texts: Texts): Html {
  const who = html`<span>${outsideLink(label, url)}${hours && html`<br><small>${hours}</small>`}</span>`;
  if (phone === undefined) return html`<li>${who}</li>`;
  const says = fillIn(texts.call, { label, phone });
  const digits = phone.replace(/[^\d+*#]/g, '');
  return html`<li>${who} <a class="phone" href="tel:${digits}" aria-label="${says}">${phone}</a></li>`;
}
