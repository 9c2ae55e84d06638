/** A half-open range of UTF-16 code units, `[start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The sentences of a text, as trimmed spans in reading order; paragraphs (blank lines) never share a sentence.
 *
 * `Intl.Segmenter` knows the rules of English; it does not know that "mg. Take" or "e.g. Milk" goes on, so a
 * sentence that ends in a known abbreviation is joined with the next, and so is the number of a step ("2. Rinse it.").
 */
export function splitSentences(text: string): Span[] {
  const spans: Span[] = [];
  for (const paragraph of paragraphs(text)) {
    let open: Span | undefined;
    for (const { segment, index } of SEGMENTER.segment(text.slice(paragraph.start, paragraph.end))) {
      const start: number = open?.start ?? paragraph.start + index;
      const end = paragraph.start + index + segment.length;
      const soFar = text.slice(start, end).trim();
      if (ENDS_IN_ABBREVIATION.test(soFar) || LIST_NUMBER.test(soFar)) {
        open = { start, end };
        continue;
      }
      open = undefined;
      pushTrimmed(spans, text, start, end);
    }
    if (open) pushTrimmed(spans, text, open.start, open.end);
  }
  return spans;
}

/** The paragraphs of a text: what stands between blank lines. */
export function paragraphs(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const gap of text.matchAll(/(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)\s*/g)) {
    pushTrimmed(spans, text, start, gap.index);
    start = gap.index + gap[0].length;
  }
  pushTrimmed(spans, text, start, text.length);
  return spans;
}

function pushTrimmed(spans: Span[], text: string, from: number, to: number): void {
  const raw = text.slice(from, to);
  const start = from + (raw.length - raw.trimStart().length);
  const end = to - (raw.length - raw.trimEnd().length);
  if (end > start) spans.push({ start, end });
}

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'sentence' });
const ENDS_IN_ABBREVIATION = /(?:^|[\s("'])(?:e\.g|i\.e|approx|Dr|Mr|Mrs|Ms|Prof|vs|No|Fig|St|al|etc(?=\.,))\.$/;
const LIST_NUMBER = /^\d{1,2}[.)]$/;
