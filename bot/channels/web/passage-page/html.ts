/** Markup that is safe to send: made by `html` only, so that everything else in it is escaped. */
export interface Html {
  readonly markup: string;
}

type Value = Html | string | number | undefined | readonly Html[];

/**
 * A template whose values become text, whatever characters they hold; values that are markup stay markup. Attribute
 * values stand in double quotation marks, and hold addresses only from this house or from `outsideLink`.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  const markup = strings.map((string, i) => string + toMarkup(values[i])).join('');
  return { markup };
}

/** A link to another site, or the plain label where the address is none that a browser should follow. */
export function outsideLink(label: string, url: string | undefined): Html {
  if (url === undefined || !/^https?:\/\//i.test(url)) return html`${label}`;
  return html`<a href="${url}" rel="noopener noreferrer">${label}</a>`;
}

function toMarkup(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value));
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
