import { countWords } from '../../document/clean-text.ts';
import { hyphenatedWords, joinLines } from '../../document/join-lines.ts';
import type { ParsedBlock } from '../../document/parsed-document.ts';
import type { Line } from './page-lines.ts';
import { tableFrom } from './table-rows.ts';

/**
 * Lines as blocks. A PDF knows of no paragraphs, so they are told by what a reader goes by: larger type is a heading, a
 * wider gap begins a paragraph, a bullet or a number an item, and parts that stand below each other are a table.
 */
export function lineBlocks(lines: readonly Line[]): ParsedBlock[] {
  const body = bodySize(lines);
  const levels = headingLevels(lines, body);
  const gap = lineGap(lines, body);
  const hyphenated = hyphenatedWords(lines.map(({ text }) => text));
  const blocks: ParsedBlock[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    if (!line) break;
    const table = tableFrom(lines, at);
    if (table) {
      blocks.push({ kind: 'table', header: table.header, rows: table.rows, page: line.page });
      at = table.end;
      continue;
    }
    let end = at + 1;
    while (end < lines.length && continues(lines, end, gap)) end += 1;
    const own = lines.slice(at, end);
    blocks.push(blockOf(own, levels.get(rounded(line.size)) ?? aloneLevel(own, lines[end], gap), hyphenated));
    at = end;
  }
  return blocks;
}

/** Whether the line at a place belongs to the block of the one before it. */
function continues(lines: readonly Line[], at: number, gap: number): boolean {
  const [last, line] = [lines[at - 1], lines[at]];
  if (!last || !line || rounded(line.size) !== rounded(last.size) || ITEM.test(line.text)) return false;
  if (tableFrom(lines, at)) return false;
  if (line.page !== last.page || line.y > last.y) {
    // Over a page or to the next column a paragraph goes on in the middle of a sentence only.
    return !/[.!?:]["'”’)]?$/.test(last.text) && /^[\p{Ll}\p{N}(]/u.test(line.text);
  }
  return last.y - line.y <= Math.max(gap * 1.25, line.size * 1.15);
}

function blockOf(lines: readonly Line[], level: number | undefined, hyphenated: ReadonlySet<string>): ParsedBlock {
  const text = joinLines(
    lines.map((line) => line.text),
    hyphenated,
  );
  const page = lines[0]?.page;
  if (level !== undefined && countWords(text) <= 30) return { kind: 'heading', level, text, page };
  const item = ITEM.exec(text);
  if (!item) return { kind: 'paragraph', text, page };
  const marker = item[2] === undefined ? undefined : `${item[2]}.`;
  return { kind: 'item', text: item[3] ?? '', depth: 0, page, marker };
}

const ITEM = /^(?:([•◦▪‣·*–-])|(\d{1,2})[.)])\s+(\S.*)$/s;

/** The font size that most letters have. */
function bodySize(lines: readonly Line[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of lines) letters.set(rounded(size), (letters.get(rounded(size)) ?? 0) + text.length);
  return [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** Sizes above the body's, the largest first, as levels of headings. */
function headingLevels(lines: readonly Line[], body: number): ReadonlyMap<number, number> {
  const sizes = [...new Set(lines.map(({ size }) => rounded(size)))].filter((size) => size >= body * 1.1);
  return new Map(sizes.sort((a, b) => b - a).map((size, place) => [size, Math.min(6, place + 1)]));
}

/** A short line on its own, in the type of the text, with a paragraph close below: a heading in bold. */
function aloneLevel(lines: readonly Line[], next: Line | undefined, gap: number): number | undefined {
  const [line] = lines;
  if (lines.length !== 1 || !line || !next || next.page !== line.page || ITEM.test(line.text)) return undefined;
  const follows = line.y - next.y < gap * 3 && next.text.length > line.text.length;
  const short = countWords(line.text) <= 10 && /^\p{Lu}/u.test(line.text) && !/[.!:;,]$/.test(line.text);
  return follows && short ? 5 : undefined;
}

/** The distance between lines of a paragraph: the commonest between lines of the body. */
function lineGap(lines: readonly Line[], body: number): number {
  const gaps = new Map<number, number>();
  for (const [at, line] of lines.entries()) {
    const next = lines[at + 1];
    if (!next || next.page !== line.page || rounded(line.size) !== body || rounded(next.size) !== body) continue;
    const gap = Math.round((line.y - next.y) * 2) / 2;
    if (gap > 0 && gap < body * 4) gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
  }
  return [...gaps].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? body * 1.2;
}

function rounded(size: number): number {
  return Math.round(size * 2) / 2;
}
