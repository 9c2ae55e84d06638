/** Text that Markdown shows as it is: whatever would format is escaped, and nothing is taken out. */
export function escaped(text: string): string {
  return text
    .replace(/[\\`*_~[\]<>|]|&(?=#?\w+;)/g, '\\$&')
    .replace(/^(\s*)([#+=-])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/gm, '$1\\$2');
}

/** The same with each line a paragraph of its own: a single line break would run them together. */
export function escapedLines(text: string): string {
  return escaped(text).replace(/\s*\n\s*/g, '\n\n');
}

/** As much of a text as fits, cut where a character ends. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = most - 1;
  // Not in the middle of a surrogate pair.
  return `${text.slice(0, /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end)}…`;
}
