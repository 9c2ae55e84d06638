import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOut } from '../../../../knowledge/ingest/document/lay-out.ts';
import type { ParsedBlock } from '../../../../knowledge/ingest/document/parsed-document.ts';
import { cutPassages, FEWEST_WORDS, MOST_WORDS } from '../../../../knowledge/ingest/passages/cut-passages.ts';

const paragraph = (text: string): ParsedBlock => ({ kind: 'paragraph', text });
const heading = (level: number, text: string): ParsedBlock => ({ kind: 'heading', level, text });
const sentence = (words: number) =>
  `${Array.from({ length: words }, (_, at) => (at === 0 ? 'Warts' : `word${at}`)).join(' ')}.`;
const cut = (blocks: ParsedBlock[]) => cutPassages(layOut({ blocks }, 'A leaflet'));
const count = (text: string) => text.split(/\s+/).length;

describe('a section', () => {
  test('of up to 120 words is one passage', () => {
    expect(cut([heading(1, 'A'), paragraph(`${sentence(50)} ${sentence(60)}`)])).toHaveLength(1);
  });

  test('that is longer is cut at the ends of sentences into passages of 40 to 120 words', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 3, max: 35 }), { minLength: 8, maxLength: 60 }), (lengths) => {
        const sentences = lengths.map(sentence);
        const pieces = cut([heading(1, 'A'), paragraph(sentences.join(' '))]);
        expect(pieces.map(({ text }) => text).join(' ')).toBe(sentences.join(' '));
        for (const { text } of pieces) {
          expect(text).toMatch(/\.$/);
          expect(count(text)).toBeLessThanOrEqual(MOST_WORDS);
        }
        const words = lengths.reduce((a, b) => a + b, 0);
        const fewest = Math.min(...pieces.map(({ text }) => count(text)));
        if (words >= FEWEST_WORDS) expect(fewest).toBeGreaterThanOrEqual(FEWEST_WORDS);
      }),
    );
  });

  test('is never mixed with another, however short', () => {
    const pieces = cut([heading(1, 'A'), paragraph('One thing.'), heading(1, 'B'), paragraph('Another.')]);
    expect(pieces.map(({ headings, text }) => [headings, text])).toEqual([
      [['A'], 'One thing.'],
      [['B'], 'Another.'],
    ]);
  });

  test('knows all headings that it stands under', () => {
    const blocks = [
      heading(1, 'A leaflet'),
      heading(2, 'Care'),
      heading(3, 'Skin'),
      paragraph('Text.'),
      heading(2, 'Pain'),
    ];
    expect(cut([...blocks, paragraph('More.')]).map(({ headings }) => headings)).toEqual([['Care', 'Skin'], ['Pain']]);
  });
});

test('a sentence of more than 120 words is cut at words', () => {
  const pieces = cut([paragraph(sentence(400))]);
  expect(pieces.every(({ text }) => count(text) <= MOST_WORDS)).toBe(true);
  expect(pieces.map(({ text }) => text).join(' ')).toBe(sentence(400));
});

test('each passage is a slice of the document, and they come in its order', () => {
  const blocks = fc.array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }).map(paragraph),
      fc.integer({ min: 3, max: 200 }).map((words) => paragraph(sentence(words))),
      fc
        .tuple(fc.integer({ min: 1, max: 4 }), fc.string({ maxLength: 30 }))
        .map(([level, text]) => heading(level, text)),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(blocks, (all) => {
      const document = layOut({ blocks: all }, 'A leaflet');
      let last = 0;
      for (const { text, start, end } of cutPassages(document)) {
        expect(document.text.slice(start, end)).toBe(text);
        expect(start).toBeGreaterThanOrEqual(last);
        last = end;
      }
    }),
  );
});
