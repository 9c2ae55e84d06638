import path from 'node:path';
import { layOut } from './document/lay-out.ts';
import type { ParsedDocument } from './document/parsed-document.ts';
import type { SourceDocument } from './document/source-document.ts';
import { decodeText } from './formats/decode-text.ts';
import { assertEnding, type Format, formatOf } from './formats/format.ts';
import { IngestError } from './ingest-error.ts';
import type { Limits } from './limits.ts';

/**
 * Reads one file's bytes as the document that its name promises. Throws `IngestError`; what is thrown by a parser itself
 * comes out as `DAMAGED`. Meant for a thread of its own: it may take long, and much memory.
 *
 * @param name with its ending; a path is fine
 */
export async function readDocument({
  name,
  bytes,
  limits,
}: {
  name: string;
  bytes: Uint8Array;
  limits: Limits;
}): Promise<SourceDocument> {
  const format = formatOf(name);
  if (bytes.length === 0) throw new IngestError('EMPTY', 'it is empty; add a file that holds text');
  assertEnding(format, bytes);
  const parsed = await parse(format, bytes, limits).catch(asIngestError);
  const title = path.basename(name, path.extname(name)).replace(/[_-]+/g, ' ');
  const document = layOut(parsed, title);
  if (!document.blocks.some(({ kind }) => kind === 'text')) {
    throw new IngestError('NO_TEXT', 'no text was found in it; open it to see whether there is any');
  }
  return document;
}

// Each parser is loaded when its format first comes up: together they take a second.
async function parse(format: Format, bytes: Uint8Array, limits: Limits): Promise<ParsedDocument> {
  switch (format) {
    case 'docx':
      return (await import('./formats/docx.ts')).parseDocx(bytes, limits);
    case 'pdf':
      return (await import('./formats/pdf.ts')).parsePdf(bytes, limits);
    default: {
      const { text, warnings } = decodeText(bytes);
      return { ...(await parseText(format, text, limits)), warnings };
    }
  }
}

async function parseText(
  format: 'markdown' | 'html' | 'text',
  source: string,
  limits: Limits,
): Promise<Omit<ParsedDocument, 'warnings'>> {
  switch (format) {
    case 'markdown':
      return (await import('./formats/markdown.ts')).parseMarkdown(source, limits);
    case 'html':
      return (await import('./formats/html.ts')).parseHtml(source, limits);
    case 'text':
      return (await import('./formats/plain-text.ts')).parsePlainText(source);
  }
}

function asIngestError(cause: unknown): never {
  if (cause instanceof IngestError) throw cause;
  if (cause instanceof RangeError && /call stack/i.test(cause.message)) {
    throw new IngestError('TOO_DEEP', 'its parts are nested too deep to be read; save it anew in a simpler form', {
      cause,
    });
  }
  const why = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]?.slice(0, 160) ?? '';
  throw new IngestError('DAMAGED', `it is damaged (${why}); open it, save it anew and add that`, { cause });
}
