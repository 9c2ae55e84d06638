/** What a parser makes of a file: its blocks in reading order, before anything is left out or laid out. */
export interface ParsedDocument {
  /** As the file names itself; absent where it doesn't. */
  readonly title?: string | undefined;
  readonly blocks: readonly ParsedBlock[];
  /** How many pages, where the format has any. */
  readonly pages?: number | undefined;
  /** What a person should know of the reading, as sentences. */
  readonly warnings?: readonly string[];
}

/** `page` counts from 1. Texts may hold any white space; laying out squeezes it. */
export type ParsedBlock = (
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** `marker` is the number of a step, as in `1.`; absent for bullets. `depth` counts from 0. */
  | { readonly kind: 'item'; readonly text: string; readonly marker?: string | undefined; readonly depth: number }
  | { readonly kind: 'table'; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** A footnote, which stands behind the block that refers to it. */
  | { readonly kind: 'note'; readonly text: string }
) & { readonly page?: number | undefined };
