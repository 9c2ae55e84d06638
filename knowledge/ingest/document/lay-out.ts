import { withoutBoilerplate } from './boilerplate.ts';
import { cleanText } from './clean-text.ts';
import { foldLists } from './fold-lists.ts';
import type { ParsedBlock, ParsedDocument } from './parsed-document.ts';
import type { SourceDocument, TextBlock } from './source-document.ts';
import { tableSentences } from './table-sentences.ts';

/**
 * Puts a parsed document's blocks into one text: boilerplate out, fragments of lists into sentences, rows of tables into
 * sentences, and each block on a line of its own.
 *
 * @param fallbackTitle for a document that neither names itself nor begins with a heading of the first level
 */
export function layOut(parsed: ParsedDocument, fallbackTitle: string): SourceDocument {
  const lines = foldLists(withoutBoilerplate(parsed.blocks)).flatMap(linesOf);
  const blocks: TextBlock[] = [];
  let text = '';
  for (const { line, level, page } of lines) {
    if (text !== '') text += '\n\n';
    const place = { start: text.length, end: text.length + line.length, page };
    blocks.push(level === undefined ? { kind: 'text', ...place } : { kind: 'heading', level, ...place });
    text += line;
  }
  const title = titleOf(lines, cleanText(parsed.title ?? '')) || cleanText(fallbackTitle) || 'Untitled';
  return { title, text, blocks, pages: parsed.pages, warnings: parsed.warnings ?? [] };
}

interface Line {
  readonly line: string;
  /** Of a heading. */
  readonly level?: number;
  readonly page?: number | undefined;
}

function linesOf(block: ParsedBlock): Line[] {
  const { page } = block;
  switch (block.kind) {
    case 'heading':
      return nonEmpty({ line: cleanText(block.text), level: block.level, page });
    case 'item': {
      const text = cleanText(block.text);
      return text === '' ? [] : [{ line: block.marker === undefined ? text : `${block.marker} ${text}`, page }];
    }
    case 'table':
      return tableSentences(block).map((line) => ({ line, page }));
    case 'paragraph':
    case 'note':
      return nonEmpty({ line: cleanText(block.text), page });
  }
}

function nonEmpty(line: Line): Line[] {
  return line.line === '' ? [] : [line];
}

/** The one heading of the first level names a document better than its properties, which templates fill in. */
function titleOf(lines: readonly Line[], named: string): string {
  const first = lines.filter(({ level }) => level === 1);
  return first.length === 1 && first[0] ? first[0].line : named;
}
