import { crc32 } from 'node:zlib';
import { Unzip, UnzipInflate, zipSync } from 'fflate';
import { IngestError } from '../ingest-error.ts';
import { inMegabytes, type Limits } from '../limits.ts';
import { zipChecksums } from './zip-checksums.ts';

/**
 * A DOCX with only the parts that hold text, not compressed: what its reader is given has the size that was counted here,
 * whatever the archive says of itself. Throws `IngestError` when it unpacks to more than allowed, or lacks its main part.
 */
export function unpackDocx(bytes: Uint8Array, { unpackedBytes }: Pick<Limits, 'unpackedBytes'>): Buffer {
  const parts: Record<string, Uint8Array> = {};
  let total = 0;
  let entries = 0;
  const unzip = new Unzip((file) => {
    entries += 1;
    if (entries > MOST_ENTRIES) throw tooLarge(`it holds more than ${MOST_ENTRIES} files`);
    if (!WANTED.test(file.name)) return;
    const chunks: Uint8Array[] = [];
    file.ondata = (error, chunk, final) => {
      if (error) throw error;
      total += chunk.length;
      if (total > unpackedBytes) throw tooLarge(`it unpacks to more than ${inMegabytes(unpackedBytes)}`);
      chunks.push(chunk);
      if (final) parts[file.name] = Buffer.concat(chunks);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  // In slices, so that a bomb is noticed before much of it has been unpacked.
  for (let from = 0; from < bytes.length; from += SLICE) {
    unzip.push(bytes.subarray(from, from + SLICE), from + SLICE >= bytes.length);
  }
  if (!Object.keys(parts).some((name) => name.endsWith('document.xml'))) {
    const mend = 'open it in a word processor, save it as .docx and add that';
    throw new IngestError('DAMAGED', `it is no Word document, or a damaged one (its main part is missing); ${mend}`);
  }
  assertWhole(parts, bytes);
  return Buffer.from(zipSync(parts, { level: 0 }));
}

/** A part with a flipped bit may well unpack, to other words than were written. */
function assertWhole(parts: Readonly<Record<string, Uint8Array>>, bytes: Uint8Array): void {
  const checksums = zipChecksums(bytes);
  for (const [name, content] of Object.entries(parts)) {
    if (checksums?.get(name) === crc32(content)) continue;
    const mend = 'open it in a word processor, save it anew and add that';
    throw new IngestError('DAMAGED', `it is damaged (${name} does not match its checksum); ${mend}`);
  }
}

function tooLarge(what: string): IngestError {
  return new IngestError('UNPACKED_TOO_LARGE', `${what}, far beyond any leaflet; save it anew without pictures`);
}

// Content types, relations, and the XML of the text; no media, fonts, macros or embedded files. Names that could lead
// out of a folder match nothing here, and nothing is ever written by these names.
const WANTED = /^(?:\[Content_Types\]\.xml|(?:[\w-]+\/)*_rels\/[\w.-]*\.rels|word\/[\w-]+\.xml)$/;
const MOST_ENTRIES = 5000;
const SLICE = 16 * 1024;
