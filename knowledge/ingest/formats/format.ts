import path from 'node:path';
import { IngestError } from '../ingest-error.ts';

export const FORMATS = ['markdown', 'html', 'docx', 'pdf', 'text'] as const;
export type Format = (typeof FORMATS)[number];

/** The format that a file's name promises. Throws `IngestError` for a name that promises none. */
export function formatOf(name: string): Format {
  const ending = path.extname(name).toLowerCase();
  const format = ENDINGS.get(ending);
  if (format) return format;
  const known = [...ENDINGS.keys()].join(', ');
  const mend = ending === '.doc' || ending === '.rtf' || ending === '.odt' ? 'save it as .docx' : `known are ${known}`;
  throw new IngestError('UNKNOWN_FORMAT', `the ending "${ending}" is of no format that can be read; ${mend}`);
}

const ENDINGS: ReadonlyMap<string, Format> = new Map([
  ['.md', 'markdown'],
  ['.markdown', 'markdown'],
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.docx', 'docx'],
  ['.pdf', 'pdf'],
  ['.txt', 'text'],
]);

/**
 * Throws `IngestError` when the first bytes are those of another format than the name promises. What a file really is
 * decides which parser could be harmed by it, so nothing is guessed.
 */
export function assertEnding(format: Format, bytes: Uint8Array): void {
  const signature = signatureOf(bytes);
  const wanted = format === 'pdf' ? 'pdf' : format === 'docx' ? 'zip' : 'none';
  if (signature === wanted) return;
  if (format === 'docx' && signature === 'ole') {
    throw new IngestError(
      'PASSWORD',
      'it is locked with a password, or a Word file of before 2007; save it as .docx without a password',
    );
  }
  const is = SAYS[signature];
  throw new IngestError('WRONG_ENDING', `${is}, though its name says ${format}; rename it, or save it as ${format}`);
}

type Signature = 'pdf' | 'zip' | 'ole' | 'rtf' | 'none';

const SAYS: Readonly<Record<Signature, string>> = {
  pdf: 'it is a PDF',
  zip: 'it is a ZIP archive (as DOCX files are)',
  ole: 'it is an Office file of before 2007',
  rtf: 'it is an RTF file',
  none: 'it does not begin as such a file does',
};

function signatureOf(bytes: Uint8Array): Signature {
  // Some printers' PDFs begin with a few bytes of something else; readers look through the first kilobyte.
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (head.startsWith('PK\u0003\u0004') || head.startsWith('PK\u0005\u0006')) return 'zip';
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0')) return 'ole';
  if (head.startsWith('{\\rtf')) return 'rtf';
  return /^[\s\S]{0,1000}%PDF-\d/.test(head) ? 'pdf' : 'none';
}
