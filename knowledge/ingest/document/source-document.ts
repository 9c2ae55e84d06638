/**
 * A document as it is kept beside the pack, and as quotes are traced to it: one text, and what stands where in it.
 * Blocks are in order, `text.slice(start, end)` is a block, and an empty line parts each from the next.
 */
export interface SourceDocument {
  readonly title: string;
  readonly text: string;
  readonly blocks: readonly TextBlock[];
  readonly pages?: number | undefined;
  readonly warnings: readonly string[];
}

/** Offsets in UTF-16 code units. A text block is a paragraph, a list item, a row of a table, or a footnote. */
export type TextBlock = {
  readonly start: number;
  readonly end: number;
  /** Counted from 1; the page that it begins on. */
  readonly page?: number | undefined;
} & ({ readonly kind: 'heading'; readonly level: number } | { readonly kind: 'text' });
