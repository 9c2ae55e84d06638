/** Markup that is safe to put into a page: made by `html`, which escapes everything else. */
export interface Html {
  readonly markup: string;
}

export type HtmlValue = string | number | undefined | Html | readonly HtmlValue[];

/** Builds markup; every value is escaped but for what `html` itself made. `undefined` becomes nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const markup = parts.map((part, i) => part + markupOf(values[i])).join('');
  return { markup };
}

function markupOf(value: HtmlValue): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return 'markup' in value ? value.markup : value.map(markupOf).join('');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
