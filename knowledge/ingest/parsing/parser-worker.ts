import type { SourceDocument } from '../document/source-document.ts';
import { IngestError, type IngestErrorCode } from '../ingest-error.ts';
import type { Limits } from '../limits.ts';

export interface ParserTask {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly limits: Limits;
}

/** Errors lose their code on the way between threads, so a refusal travels as a value. */
export type ParserOutcome =
  | { readonly kind: 'document'; readonly document: SourceDocument }
  | { readonly kind: 'refused'; readonly code: IngestErrorCode; readonly message: string };

// The pool loads this file with require(); what it needs of ES modules comes by import(), once.
const reader = import('../read-document.ts');

/** Reads one document. */
export default async function parse(task: ParserTask): Promise<ParserOutcome> {
  try {
    return { kind: 'document', document: await (await reader).readDocument(task) };
  } catch (error) {
    if (!(error instanceof IngestError)) throw error;
    return { kind: 'refused', code: error.code, message: error.message };
  }
}
