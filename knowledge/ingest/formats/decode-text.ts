import { IngestError } from '../ingest-error.ts';

/** Text of bytes, and how sure that is. */
export interface DecodedText {
  readonly text: string;
  readonly warnings: readonly string[];
}

/**
 * Reads bytes as text: by their byte-order mark; as UTF-16 where every other byte is zero; as UTF-8 where they are that;
 * else as Windows-1252, in which every leaflet saved by an old editor is. A UTF-8 file with a few bad bytes stays UTF-8,
 * and its bad bytes are counted in a warning. Throws `IngestError` for what is no text.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = markedEncoding(bytes) ?? unmarkedUtf16(bytes);
  if (encoding !== undefined) return checked(decodeAs(encoding, bytes), bytes.length, []);
  try {
    return checked(new TextDecoder('utf-8', { fatal: true }).decode(bytes), bytes.length, []);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
  }
  const loose = decodeAs('utf-8', bytes);
  const bad = count(loose, /\uFFFD/g);
  // Two bytes or more that fit together by chance are rare: where most fit, the file is UTF-8 with damage.
  if (count(loose, /[\u0080-\uFFFC]/g) > bad) {
    return checked(loose, bytes.length, [`${bad} characters could not be read (they are no UTF-8)`]);
  }
  return checked(asWindows1252(bytes), bytes.length, ['read as Windows-1252, since it is no UTF-8']);
}

function markedEncoding([a, b, c]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return undefined;
}

function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const seen = bytes.subarray(0, 4096);
  let even = 0;
  let odd = 0;
  for (const [at, byte] of seen.entries()) if (byte === 0) at % 2 === 0 ? even++ : odd++;
  const half = seen.length / 2;
  if (half >= 4 && odd > half * 0.7 && even < half * 0.1) return 'utf-16le';
  if (half >= 4 && even > half * 0.7 && odd < half * 0.1) return 'utf-16be';
  return undefined;
}

function decodeAs(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding).decode(bytes);
}

/** By hand: Node 20's own decoder takes Windows-1252 for Latin-1, and so loses its quotation marks and dashes. */
function asWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009F]/g, (sign) => HIGH[sign.charCodeAt(0) - 0x80] ?? sign);
}

const HIGH = [...'€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ'];

/** Bytes that are no text make a text of control characters, whatever they are read as. */
function checked(text: string, size: number, warnings: readonly string[]): DecodedText {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const strange = count(text, /[\u0000-\u0008\u000E-\u001A\u001C-\u001F\u007F\uFFFD]/g);
  if (strange > Math.max(8, text.length * MOST_STRANGE)) {
    throw new IngestError('NOT_TEXT', `its ${size} bytes are no text that can be read; save it as UTF-8 text`);
  }
  return { text, warnings };
}

const MOST_STRANGE = 0.02;

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
