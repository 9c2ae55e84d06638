import { countWords } from '../../document/clean-text.ts';
import type { Line } from './page-lines.ts';

/** Lines without the headers, footers and page numbers that pages repeat at their top and bottom. */
export function withoutRunningLines(lines: readonly Line[], pages: number): Line[] {
  const seenOn = new Map<string, Set<number>>();
  for (const line of lines) {
    if (!inMargin(line)) continue;
    const on = seenOn.get(keyOf(line)) ?? new Set();
    seenOn.set(keyOf(line), on.add(line.page));
  }
  const sizes = lines.map(({ size }) => size).sort((a, b) => a - b);
  const usual = sizes[sizes.length >> 1] ?? 0;
  const enough = Math.max(2, Math.ceil(pages * 0.4));
  return lines.filter((line) => {
    if (!inMargin(line)) return true;
    if (PAGE_NUMBER.test(line.text)) return false;
    if (atEdge(line) && line.size < usual * 0.9 && countWords(line.text) <= 10) return false;
    return pages < 2 || (seenOn.get(keyOf(line))?.size ?? 0) < enough;
  });
}

function inMargin({ y, pageHeight }: Line): boolean {
  return y > pageHeight * (1 - MARGIN) || y < pageHeight * MARGIN;
}

/** Where only headers and footers stand: told by their small type where there are no other pages to tell them by. */
function atEdge({ y, pageHeight }: Line): boolean {
  return y > pageHeight * (1 - EDGE) || y < pageHeight * EDGE;
}

/** The same words in the same place, whatever the numbers in them. */
function keyOf({ text, y }: Line): string {
  return `${text.replace(/\d+/g, '#').toLowerCase()} ${Math.round(y / 4)}`;
}

// The upper and lower eighth of a page.
const MARGIN = 0.125;
const EDGE = 0.07;
const PAGE_NUMBER = /^(?:[-–—]\s*)?(?:page\s*)?\d{1,4}(?:\s*(?:of|\/)\s*\d{1,4})?(?:\s*[-–—])?$/i;
