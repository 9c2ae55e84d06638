import type { Element } from 'hast';
import { cleanText } from '../document/clean-text.ts';
import type { ParsedBlock } from '../document/parsed-document.ts';
import { elementsIn, property, textOf } from './html-text.ts';

/** A table with its caption before it; one of a single column or row, as used for layout, becomes paragraphs. */
export function readTable(table: Element): ParsedBlock[] {
  const cells = elementsIn(table, ({ tagName }) => tagName === 'tr').map((row) =>
    row.children
      .filter((cell) => cell.type === 'element')
      .filter(({ tagName }) => tagName === 'td' || tagName === 'th'),
  );
  const filled = spread(cells).filter((row) => row.some(({ text }) => text !== ''));
  const caption = elementsIn(table, ({ tagName }) => tagName === 'caption').map((element) =>
    cleanText(textOf(element)),
  );
  const before: ParsedBlock[] = caption.filter((text) => text !== '').map((text) => ({ kind: 'paragraph', text }));
  const width = Math.max(0, ...filled.map((row) => row.length));
  if (width < 2 || filled.length < 2) {
    return [...before, ...filled.flat().map(({ text }): ParsedBlock => ({ kind: 'paragraph', text }))];
  }
  const texts = filled.map((row) => row.map(({ text }) => text));
  // Word processors mark no header cells: unless the headers stand in the first column, the first row is the header.
  const sideways = filled.every(([first, ...rest]) => first?.heads === true && rest.every(({ heads }) => !heads));
  const [header = [], ...rows] = texts;
  return [...before, sideways ? { kind: 'table', header: [], rows: texts } : { kind: 'table', header, rows }];
}

interface Cell {
  readonly text: string;
  /** A header cell. */
  readonly heads: boolean;
}

/** A cell that spans rows or columns says the same in each. */
function spread(rows: readonly (readonly Element[])[]): Cell[][] {
  const grid: Cell[][] = rows.map(() => []);
  for (const [at, row] of rows.entries()) {
    let column = 0;
    for (const element of row) {
      const line = grid[at];
      while (line?.[column]) column += 1;
      const cell = { text: cleanText(textOf(element)), heads: element.tagName === 'th' };
      const down = span(element, 'rowSpan');
      const across = span(element, 'colSpan');
      for (let y = at; y < Math.min(at + down, rows.length); y++) {
        for (let x = column; x < column + across; x++) {
          const target = grid[y];
          if (target) target[x] = x === column ? cell : { ...cell, text: '' };
        }
      }
      column += across;
    }
  }
  return grid.map((row) => Array.from(row, (cell) => cell ?? { text: '', heads: false }));
}

function span(element: Element, name: string): number {
  const value = Number(property(element, name) ?? 1);
  return Number.isInteger(value) && value >= 1 && value <= MOST_SPAN ? value : 1;
}

const MOST_SPAN = 50;
