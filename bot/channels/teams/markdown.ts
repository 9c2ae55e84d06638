/** Text that Markdown shows as it is: whatever would format is escaped, and nothing is taken out. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_~[\]<>|]/g, '\\$&').replace(/^(\s*)([#+-]|\d+(?=[.)]))/gm, '$1\\$2');
}

/** As much of a text as fits, cut where a character ends. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = most - 1;
  // Not in the middle of a surrogate pair.
  return `${text.slice(0, /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end)}…`;
}
