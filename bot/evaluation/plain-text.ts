/** Text as patterns are matched against it: straight quotation marks, plain spaces and hyphens, one space at a time. */
export function plainText(text: string): string {
  let plain = text.normalize('NFC');
  for (const [found, instead] of REPLACED) plain = plain.replace(found, instead);
  return plain.trim();
}

/** Stands between quotes, so that a pattern with `[^¶]` keeps two ideas inside one quote. */
export const BETWEEN_QUOTES = ' ¶ ';

/** Several quotes as one text to match. */
export function joinQuotes(texts: readonly string[]): string {
  return texts.map(plainText).filter(Boolean).join(BETWEEN_QUOTES);
}

const REPLACED: readonly (readonly [RegExp, string])[] = [
  [/[‘’ʼ]/gu, "'"],
  [/[“”]/gu, '"'],
  [/[\u2010\u2011]/gu, '-'],
  [/[\u200b\u2060\ufeff]/gu, ''],
  [/\s+/gu, ' '],
];
