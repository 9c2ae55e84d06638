import pc from 'picocolors';

/** Colors of a terminal; without color, each is the text itself. */
export type Styles = ReturnType<typeof pc.createColors>;

export function createStyles(inColor: boolean): Styles {
  return pc.createColors(inColor);
}

/**
 * Whether a stream is written to in color: a terminal that has it, unless `NO_COLOR` (https://no-color.org) is set.
 * `FORCE_COLOR` asks for it anywhere.
 */
export function hasColor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** Columns to write in: those of the terminal, up to a width that is still pleasant to read. */
export function readingWidth(
  stream: { readonly columns?: number },
  env: Readonly<Record<string, string | undefined>>,
): number {
  const columns = stream.columns || Number(env.COLUMNS) || DEFAULT_COLUMNS;
  return Math.min(WIDEST, Math.max(NARROWEST, columns));
}

const DEFAULT_COLUMNS = 80;
const WIDEST = 100;
const NARROWEST = 30;
