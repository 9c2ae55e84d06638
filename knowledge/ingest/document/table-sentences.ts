import { cleanText } from './clean-text.ts';

/**
 * A row of a table as one sentence that can be quoted alone, each cell behind its header: `Dose: 100 mg; Food: yes.`
 * Empty cells are left out, and so are rows without any. A table of one column is one of plain lines.
 */
export function tableSentences({
  header,
  rows,
}: {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}): string[] {
  const names = header.map((cell) => withoutEnd(cleanText(cell)));
  // Nothing follows a header on its own; it is kept all the same, since nothing a document says is dropped.
  const sentences = rows.length === 0 ? [sentence([], header)] : rows.map((row) => sentence(names, row));
  return sentences.filter((text) => text !== '');
}

function sentence(names: readonly string[], row: readonly string[]): string {
  const parts = row.flatMap((cell, column) => {
    const text = inside(cleanText(cell));
    if (text === '') return [];
    const name = names[column] ?? '';
    return [name === '' || row.length === 1 ? text : `${name}: ${text}`];
  });
  return parts.length === 0 ? '' : `${parts.join('; ')}.`;
}

/** A cell with several sentences must not end the row's. */
function inside(cell: string): string {
  return withoutEnd(cell).replace(/([\p{L}\p{N})])[.!?]\s+(?=\p{Lu})/gu, '$1; ');
}

function withoutEnd(text: string): string {
  return text.replace(/[\s.:;!]+$/, '');
}
