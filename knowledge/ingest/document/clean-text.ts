/**
 * A block's text on one line: white space squeezed, what can't be seen dropped. Square brackets become round ones, since
 * in a passage they are source marks.
 */
export function cleanText(text: string): string {
  return text
    .replace(BREAKABLE, ' ')
    .replace(INVISIBLE, '')
    .replace(/\s+/g, ' ')
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .normalize('NFC')
    .trim();
}

// Control characters part words; soft hyphens and zero-width characters don't.
const BREAKABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu;
const INVISIBLE = /\p{Cf}|\uFFFD/gu;

/** How many words, as a reader counts them. */
export function countWords(text: string): number {
  return text.match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0;
}
