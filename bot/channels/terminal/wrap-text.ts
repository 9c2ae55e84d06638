/**
 * Breaks text into lines of at most `width` columns, at spaces. Line breaks in it stay; a word that is longer than a
 * line (an address) stays whole, so that it can still be clicked and copied.
 */
export function wrapText(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ').filter(Boolean)) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && columnsOf(longer) > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  });
}

/** Columns that a text takes in a terminal, one for each character as people count them. */
export function columnsOf(text: string): number {
  // Most text is ASCII, and a segmenter is slow.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  return [...CHARACTERS.segment(text)].length;
}

/** Cuts what does not fit, and says so with an ellipsis. */
export function cutText(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  const kept = [...CHARACTERS.segment(text)].slice(0, Math.max(0, width - 1));
  return `${kept.map(({ segment }) => segment).join('')}…`;
}

/** Cuts what does not fit off the front: of a path, its end tells more. */
export function cutFront(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  const kept = [...CHARACTERS.segment(text)].slice(1 - width);
  return `…${kept.map(({ segment }) => segment).join('')}`;
}

const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });
