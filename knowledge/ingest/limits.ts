/** How much one file may cost. A clinic's leaflets are far below each; what is above is a mistake, or an attack. */
export interface Limits {
  /** Size on disk. */
  readonly bytes: number;
  /** Size of what a DOCX unpacks to. */
  readonly unpackedBytes: number;
  readonly pages: number;
  /** How deep elements may stand in each other. */
  readonly nesting: number;
  readonly milliseconds: number;
  /** JavaScript heap of the parser's thread. */
  readonly megabytes: number;
}

export const DEFAULT_LIMITS: Limits = {
  bytes: 50 * 1024 * 1024,
  unpackedBytes: 100 * 1024 * 1024,
  pages: 2000,
  nesting: 200,
  milliseconds: 60_000,
  megabytes: 768,
};

/** A size as people say it. */
export function inMegabytes(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / 1024 / 1024))} MB`;
}
