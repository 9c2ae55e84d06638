import type { Line } from './page-lines.ts';

export interface FoundTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Place of the first line behind it. */
  readonly end: number;
}

/**
 * The table that begins on a line: three lines or more whose parts begin at the same places. A line that fills only some
 * of the places goes on in the cells of the row above it.
 */
export function tableFrom(lines: readonly Line[], from: number): FoundTable | undefined {
  const first = lines[from];
  if (!first || first.cells.length < 2) return undefined;
  const columns = first.cells.map(({ x }) => x);
  const rows: string[][] = [];
  let end = from;
  let whole = 0;
  for (; end < lines.length; end++) {
    const line = lines[end];
    if (!line || Math.abs(line.size - first.size) > 1) break;
    const places = line.cells.map(({ x }) => columns.findIndex((column) => Math.abs(column - x) <= SLACK));
    if (places.includes(-1) || new Set(places).size !== places.length) break;
    const last = rows.at(-1);
    const previous = lines[end - 1];
    const close = previous !== undefined && previous.page === line.page && previous.y - line.y < line.size * 1.6;
    if (line.cells.length === columns.length) {
      rows.push(columns.map((_, column) => line.cells[places.indexOf(column)]?.text ?? ''));
      whole += 1;
    } else if (last && close) {
      for (const [index, place] of places.entries())
        last[place] = `${last[place]} ${line.cells[index]?.text ?? ''}`.trim();
    } else break;
  }
  const [header = [], ...rest] = rows;
  return whole >= FEWEST_ROWS ? { header, rows: rest, end } : undefined;
}

// In points.
const SLACK = 4;
const FEWEST_ROWS = 3;
