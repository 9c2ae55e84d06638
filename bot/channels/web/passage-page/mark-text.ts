import type { Sentence } from '../../../../knowledge/pack/pack.ts';

/** Part of a passage's text. Put together again, the pieces are the text, and the marked ones are the excerpt. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
  /** White space between two paragraphs. */
  readonly gap: boolean;
  /** Ids of the sources of the sentence that ends here. */
  readonly sources: readonly string[];
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The part of a text that an address asks to be marked, in UTF-16 code units. Undefined for what isn't two whole
 * numbers, lies outside the text, or cuts a character in two.
 */
export function readRange(text: string, { start, end }: { start?: unknown; end?: unknown }): Range | undefined {
  const range = { start: wholeNumber(start), end: wholeNumber(end) };
  if (!(range.start < range.end && range.end <= text.length)) return undefined;
  return cutsCharacter(text, range.start) || cutsCharacter(text, range.end) ? undefined : range;
}

/** Cuts a text where sentences, paragraphs and the marked range begin and end. */
export function markText({
  text,
  sentences,
  range,
}: {
  text: string;
  sentences: readonly Sentence[];
  range: Range | undefined;
}): readonly Piece[] {
  const gaps = [...text.matchAll(/\n+/g)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
  const spans = [...sentences, ...gaps, ...(range ? [range] : [])];
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, i): Piece => {
    const start = cuts[i] ?? 0;
    const within = (span: Range) => span.start <= start && end <= span.end;
    return {
      text: text.slice(start, end),
      marked: range !== undefined && within(range),
      gap: gaps.some(within),
      sources: sentences.find((sentence) => sentence.end === end)?.sources ?? [],
    };
  });
}

function wholeNumber(value: unknown): number {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
}

function cutsCharacter(text: string, at: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1));
}
