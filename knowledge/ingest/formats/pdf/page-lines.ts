/** A piece of text as the page's content stream draws it. Distances in points, from the bottom left. */
export interface TextItem {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Font size. */
  readonly size: number;
}

/** Text on one base line, in reading order. */
export interface Line {
  readonly text: string;
  readonly page: number;
  readonly x: number;
  readonly y: number;
  /** Font size of most of its letters. */
  readonly size: number;
  /** Parts with wide gaps between them: the cells, where it is a row of a table. */
  readonly cells: readonly Cell[];
  /** Height of its page. */
  readonly pageHeight: number;
}

export interface Cell {
  readonly text: string;
  readonly x: number;
}

/**
 * Puts items that stand on one base line together, in the order in which the page draws them: for what columns there are,
 * that is the order in which they are read. Small raised numbers, which mark footnotes, are left out.
 */
export function pageLines(items: readonly TextItem[], page: number, pageHeight: number): Line[] {
  const groups: TextItem[][] = [];
  for (const item of items) {
    if (item.text.trim() === '') continue;
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && sameLine(last, item)) group.push(item);
    else groups.push([item]);
  }
  return groups.map((group) => toLine(group, page, pageHeight)).filter(({ text }) => text !== '');
}

function sameLine(last: TextItem, item: TextItem): boolean {
  const size = Math.max(last.size, item.size);
  const near = Math.abs(last.y - item.y) < size * 0.5;
  // Further to the left is another line, or another column.
  return near && item.x > last.x - size;
}

function toLine(group: readonly TextItem[], page: number, pageHeight: number): Line {
  const letters = (item: TextItem) => item.text.length;
  const main = group.reduce((most, item) => (letters(item) > letters(most) ? item : most));
  const cells: { text: string; x: number; end: number }[] = [];
  for (const item of group) {
    if (item.size < main.size * 0.8 && item.y > main.y + 0.5 && /^\d{1,3}$/.test(item.text.trim())) continue;
    const last = cells.at(-1);
    const gap = last ? item.x - last.end : 0;
    if (!last || gap > main.size * CELL_GAP) cells.push({ text: item.text, x: item.x, end: item.x + item.width });
    else {
      const spaced = gap > main.size * WORD_GAP && !last.text.endsWith(' ') && !item.text.startsWith(' ');
      last.text += (spaced ? ' ' : '') + item.text;
      last.end = item.x + item.width;
    }
  }
  const text = cells
    .map((cell) => cell.text.trim())
    .join(' ')
    .trim();
  const { x = 0 } = cells[0] ?? {};
  return {
    text,
    page,
    x,
    y: main.y,
    size: main.size,
    pageHeight,
    cells: cells.map((cell) => ({ text: cell.text.trim(), x: cell.x })),
  };
}

// In font sizes: between words of a line, and between cells of a row.
const WORD_GAP = 0.15;
const CELL_GAP = 1.4;
