import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { IngestError } from '../../../knowledge/ingest/ingest-error.ts';
import { DEFAULT_LIMITS } from '../../../knowledge/ingest/limits.ts';
import { startParserThreads } from '../../../knowledge/ingest/parsing/parser-threads.ts';
import { LEAFLET } from '../../support/documents/leaflet.ts';
import { makeDocx } from '../../support/documents/make-docx.ts';
import { makeHtml, makeMarkdown, makeText } from '../../support/documents/make-markup.ts';
import { makePdf } from '../../support/documents/make-pdf.ts';

// `npm run fuzz` asks for more.
const RUNS = Number(process.env.FUZZ_RUNS ?? 500);
const HOUR = 3_600_000;

const threads = startParserThreads({ limits: { ...DEFAULT_LIMITS, milliseconds: 20_000 } });
afterAll(() => threads.close());

test.each<[string, () => Promise<Uint8Array>]>([
  ['leaflet.md', async () => Buffer.from(makeMarkdown(LEAFLET))],
  ['leaflet.html', async () => Buffer.from(makeHtml(LEAFLET))],
  ['leaflet.txt', async () => Buffer.from(makeText(LEAFLET))],
  ['leaflet.docx', () => makeDocx(LEAFLET)],
  ['leaflet.pdf', () => makePdf(LEAFLET)],
])(
  'whatever is done to the bytes of %s, it is read or refused with a reason',
  async (name, make) => {
    const whole = await make();
    await fc.assert(
      fc.asyncProperty(fc.array(change(whole.length), { minLength: 1, maxLength: 8 }), async (changes) => {
        const bytes = changes.reduce((mutated, apply) => apply(mutated), whole);
        const outcome = await threads.read(name, bytes).catch((error: unknown) => error);
        if (outcome instanceof Error) {
          expect(outcome).toBeInstanceOf(IngestError);
          expect((outcome as IngestError).code).not.toMatch(/^(TOO_SLOW|TOO_MUCH_MEMORY|NOT_BUILT)$/);
        }
      }),
      { numRuns: RUNS, seed: 20261123 },
    );
  },
  HOUR,
);

type Change = (bytes: Uint8Array) => Uint8Array;

/** A flipped bit, another byte, a piece cut out, doubled or moved, the end cut off, or something strange put in. */
function change(length: number): fc.Arbitrary<Change> {
  const at = fc.nat({ max: Math.max(0, length - 1) });
  const size = fc.integer({ min: 1, max: 200 });
  const put = (bytes: Uint8Array, place: number, piece: Uint8Array, drop = 0) =>
    Buffer.concat([bytes.subarray(0, place), piece, bytes.subarray(place + drop)]);
  return fc.oneof(
    fc.tuple(at, fc.nat({ max: 7 })).map(
      ([place, bit]): Change =>
        (bytes) => {
          const flipped = Buffer.from(bytes);
          flipped[place] = (flipped[place] ?? 0) ^ (1 << bit);
          return flipped;
        },
    ),
    fc.tuple(at, fc.uint8Array({ minLength: 1, maxLength: 4 })).map(
      ([place, piece]): Change =>
        (bytes) =>
          put(bytes, place, piece, piece.length),
    ),
    fc.tuple(at, size).map(
      ([place, count]): Change =>
        (bytes) =>
          put(bytes, place, new Uint8Array(), count),
    ),
    fc.tuple(at, size, at).map(
      ([from, count, to]): Change =>
        (bytes) =>
          put(bytes, to, bytes.subarray(from, from + count)),
    ),
    at.map(
      (place): Change =>
        (bytes) =>
          bytes.subarray(0, Math.max(1, place)),
    ),
    fc.tuple(at, fc.constantFrom(...STRANGE)).map(
      ([place, piece]): Change =>
        (bytes) =>
          put(bytes, place, Buffer.from(piece)),
    ),
  );
}

const STRANGE = [
  '\u0000',
  '<table><tr>',
  '</p></div>',
  '[^1]: [^1]',
  '<a href="#x">1</a><p id="x"><a href="#x">1</a></p>',
  '| a | b |\n|---|---|\n',
  '![[(](',
  '9'.repeat(400),
  '<</Length 999999999>>',
  ' 0 R ',
  'endobj',
  '&#x110000;',
  '\u202E\u200B\uFEFF',
  '{{{{'.repeat(50),
];
