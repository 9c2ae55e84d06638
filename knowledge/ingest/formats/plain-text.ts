import { cleanText, countWords } from '../document/clean-text.ts';
import { joinLines } from '../document/join-lines.ts';
import type { ParsedBlock, ParsedDocument } from '../document/parsed-document.ts';

/**
 * Reads plain text: empty lines part paragraphs, bullets and numbers begin items, and a short line that stands alone,
 * ends no sentence and has text after it is a heading.
 */
export function parsePlainText(source: string): ParsedDocument {
  const groups = source
    .replace(/\r\n?|\f/g, '\n')
    .split(/\n[^\S\n]*(?:\n[^\S\n]*)+/)
    .map((group) => group.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0);
  const blocks: ParsedBlock[] = [];
  for (const [at, lines] of groups.entries()) {
    const heading = headingOf(lines, groups[at + 1]);
    const table = tableOf(lines);
    if (table) blocks.push(table);
    else if (heading) blocks.push(heading);
    else blocks.push(...blocksOf(lines));
  }
  return { blocks };
}

function headingOf(lines: readonly string[], next: readonly string[] | undefined): ParsedBlock | undefined {
  const [line = '', underline = '', ...more] = lines;
  const marked = /^(#{1,6})\s+(.+?)\s*#*$/.exec(line);
  if (marked && lines.length === 1) return { kind: 'heading', level: marked[1]?.length ?? 1, text: marked[2] ?? '' };
  if (more.length === 0 && /^\s*(?:={3,}|-{3,}|~{3,})\s*$/.test(underline)) {
    return { kind: 'heading', level: underline.includes('=') ? 1 : 2, text: line };
  }
  if (lines.length > 1 || next === undefined || ITEM.test(line)) return undefined;
  const text = cleanText(line);
  const alone = countWords(text) <= 14 && text.length <= 110 && /\p{L}/u.test(text) && /^[\p{Lu}\p{N}"“]/u.test(text);
  return alone && !/[.!:;,…]["”’)]?$/.test(text) ? { kind: 'heading', level: 2, text } : undefined;
}

/** Lines of equally many cells with tabs between them. */
function tableOf(lines: readonly string[]): ParsedBlock | undefined {
  const [header = [], ...rows] = lines.map((line) => line.trim().split(/\t+/));
  const even = rows.length > 0 && header.length > 1 && rows.every((row) => row.length === header.length);
  return even ? { kind: 'table', header, rows } : undefined;
}

const ITEM = /^(\s*)(?:([•◦▪‣·*–-])|(\d{1,2})[.)])\s+(\S.*)$/;

/** A group of lines: items where they begin as such, and else one paragraph. */
function blocksOf(lines: readonly string[]): ParsedBlock[] {
  const parts: { item: RegExpExecArray | null; lines: string[] }[] = [];
  for (const line of lines) {
    const item = ITEM.exec(line);
    const last = parts.at(-1);
    if (item || !last) parts.push({ item, lines: [item?.[4] ?? line] });
    else last.lines.push(line);
  }
  return parts.map(({ item, lines: own }): ParsedBlock => {
    const text = joinLines(own);
    if (!item) return { kind: 'paragraph', text };
    const depth = Math.min(5, Math.floor((item[1]?.replaceAll('\t', '    ').length ?? 0) / 4));
    return { kind: 'item', text, depth, ...(item[3] !== undefined && { marker: `${item[3]}.` }) };
  });
}
