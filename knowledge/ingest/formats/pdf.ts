import type { ParsedDocument } from '../document/parsed-document.ts';
import { IngestError } from '../ingest-error.ts';
import type { Limits } from '../limits.ts';

export async function parsePdf(_bytes: Uint8Array, _limits: Limits): Promise<ParsedDocument> {
  throw new IngestError('UNKNOWN_FORMAT', 'PDF files are not read yet; save it as .docx');
}
