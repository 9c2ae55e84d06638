/**
 * Lines of one paragraph as running text. A word that was parted at the end of a line is made whole, unless the document
 * writes it with the hyphen elsewhere too.
 *
 * @param hyphenated words with a hyphen inside, in lower case, that stand whole on some line of the document
 */
export function joinLines(lines: readonly string[], hyphenated: ReadonlySet<string> = new Set()): string {
  let text = '';
  for (const line of lines) {
    const next = line.trim();
    const parted = /(\p{L}[\p{L}'’-]*)[-\u00AD\u2010]$/u.exec(text);
    const [begun = ''] = /^\p{L}+/u.exec(next) ?? [];
    if (!parted || begun === '') text += text === '' ? next : ` ${next}`;
    else if (text.endsWith('\u00AD')) text = text.slice(0, -1) + next;
    else {
      const whole = /[\p{L}-]+$/u.exec(text)?.[0] ?? '';
      const compound = /^\p{Lu}/u.test(begun) || hyphenated.has(`${whole}${begun}`.toLowerCase());
      text = (compound ? text : text.slice(0, -1)) + next;
    }
  }
  return text;
}

/** Words that some line writes with a hyphen inside. */
export function hyphenatedWords(lines: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const line of lines) for (const [word] of line.matchAll(/\p{L}+(?:-\p{L}+)+/gu)) found.add(word.toLowerCase());
  return found;
}
