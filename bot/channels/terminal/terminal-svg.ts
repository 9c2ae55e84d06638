import { columnsOf } from './wrap-text.ts';

/**
 * Draws what a program wrote to a terminal, colors and all, as an SVG picture for a page. Understands the color and
 * weight sequences that `styles.ts` writes; any other is left out.
 */
export function terminalSvg({ output, title }: { output: string; title: string }): string {
  const lines = output.replace(/\n+$/, '').split('\n');
  const columns = Math.max(...lines.map((line) => columnsOf(line.replace(SEQUENCE, ''))));
  const width = Math.ceil(columns * COLUMN + 2 * MARGIN);
  const height = lines.length * LINE + BAR + 2 * MARGIN;
  const style = new Set<number>();
  const rows = lines.map((line, i) => {
    const y = BAR + MARGIN + (i + 0.75) * LINE;
    return drawLine(line, style, y);
  });
  const buttons = ['#e0695c', '#e3b34f', '#5fb36a'].map(
    (fill, i) => `<circle cx="${18 + i * 20}" cy="17" r="6" fill="${fill}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="${escapeXml(title)}">`,
    `<rect width="${width}" height="${height}" rx="10" fill="#161b22"/>${buttons.join('')}`,
    `<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" fill="${INK}">`,
    ...rows.filter(Boolean),
    '</g></svg>\n',
  ].join('\n');
}

const COLUMN = 8.43;
const LINE = 20;
const MARGIN = 18;
const BAR = 24;
const INK = '#d8dee6';
const COLORS: Readonly<Record<number, string>> = {
  31: '#f08a80',
  32: '#7ccf91',
  33: '#e3c06b',
  34: '#7fb4f0',
  35: '#d39ae8',
  36: '#6fcbd3',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: sequences begin with the escape character
const SEQUENCE = /\u001b\[([\d;]*)m/g;

/** @param style the codes in force: goes on from line to line, as in a terminal */
function drawLine(line: string, style: Set<number>, y: number): string {
  const pieces: string[] = [];
  let column = 0;
  for (const [index, part] of line.split(SEQUENCE).entries()) {
    // `split` puts the codes, which the expression captures, at every other place.
    if (index % 2 === 1) for (const code of part.split(';')) apply(style, Number(code));
    else if (part !== '') {
      if (part.trim() !== '') pieces.push(drawPiece(part, style, column, y));
      column += columnsOf(part);
    }
  }
  return pieces.join('');
}

function drawPiece(text: string, style: ReadonlySet<number>, column: number, y: number): string {
  const color = [...style].map((code) => COLORS[code]).find(Boolean);
  const attributes = [
    // Stretched to its columns, so that lines stay aligned whatever font the reader has.
    `x="${round(MARGIN + column * COLUMN)}" y="${y}" textLength="${round(columnsOf(text) * COLUMN)}"`,
    color && `fill="${color}"`,
    style.has(1) && 'font-weight="bold"',
    style.has(2) && 'opacity="0.65"',
    style.has(4) && 'text-decoration="underline"',
  ];
  return `<text ${attributes.filter(Boolean).join(' ')}>${escapeXml(text)}</text>`;
}

function apply(style: Set<number>, code: number): void {
  const ended = ENDS[code];
  if (code === 0) style.clear();
  else if (ended) for (const other of ended) style.delete(other);
  else style.add(code);
}

const ENDS: Readonly<Record<number, readonly number[]>> = {
  22: [1, 2],
  24: [4],
  39: [31, 32, 33, 34, 35, 36],
};

function escapeXml(text: string): string {
  // No-break spaces, for a browser makes one of several plain ones.
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll(' ', '\u00a0');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
