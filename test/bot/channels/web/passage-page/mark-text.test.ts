import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawText } from '../../../../../bot/channels/web/passage-page/draw-text.ts';
import { markText, readRange } from '../../../../../bot/channels/web/passage-page/mark-text.ts';
import { TEXTS } from '../../../../../bot/channels/web/passage-page/texts.ts';
import { splitSentences } from '../../../../../knowledge/text/sentences.ts';
import { visibleText } from '../../../../support/visible-text.ts';

const word = fc.oneof(
  fc.constantFrom('Acne', 'comes', 'back.', 'Is it?', '<b>', '&amp;', '"', "'", '🙂', 'e\u0301', '👩🏽‍⚕️', '1 in 3.'),
  fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => text.replace(/[\n\r]/g, '')),
);
const paragraph = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' ').trim() || 'x');
const passage = fc
  .array(paragraph, { minLength: 1, maxLength: 4 })
  .map((paragraphs) => paragraphs.join('\n\n'))
  .map((text) => ({
    text,
    sentences: splitSentences(text).map(({ start, end }, i) => ({ start, end, sources: i % 3 === 2 ? [] : [`S${i}`] })),
  }));
const passageAndRange = passage.chain((parts) =>
  fc.record({
    parts: fc.constant(parts),
    start: fc.nat(parts.text.length),
    end: fc.nat(parts.text.length),
  }),
);

describe('a marked text', () => {
  it('is the text when it is put together again, whatever is marked', () => {
    fc.assert(
      fc.property(passageAndRange, ({ parts, start, end }) => {
        const range = readRange(parts.text, { start: `${start}`, end: `${end}` });
        const pieces = markText({ ...parts, range });
        expect(pieces.map(({ text }) => text).join('')).toBe(parts.text);
      }),
    );
  });

  it('is marked from start to end, letter for letter, or not at all', () => {
    fc.assert(
      fc.property(passageAndRange, ({ parts, start, end }) => {
        const range = readRange(parts.text, { start: `${start}`, end: `${end}` });
        const marked = markText({ ...parts, range }).filter((piece) => piece.marked);
        expect(marked.map(({ text }) => text).join('')).toBe(range ? parts.text.slice(start, end) : '');
      }),
    );
  });

  it('names the sources of each sentence once, at its end', () => {
    fc.assert(
      fc.property(passageAndRange, ({ parts, start, end }) => {
        const range = readRange(parts.text, { start: `${start}`, end: `${end}` });
        const named = markText({ ...parts, range }).flatMap(({ sources }) => sources);
        expect(named).toEqual(parts.sentences.flatMap(({ sources }) => sources));
      }),
    );
  });

  it('shows in the page what it holds: markup in it stays text', () => {
    fc.assert(
      fc.property(passageAndRange, ({ parts, start, end }) => {
        const range = readRange(parts.text, { start: `${start}`, end: `${end}` });
        const html = drawn({ ...parts, range });
        const marks = [...html.matchAll(/<mark[^>]*>(.*?)<\/mark>/gs)].map(([, inside = '']) => visibleText(inside));
        const lines = (text: string) => text.replace(/\n+/g, '');
        expect(marks.join('')).toBe(lines(range ? parts.text.slice(start, end) : ''));
        expect(lines(visibleText(html))).toBe(lines(parts.text));
      }),
    );
  });

  it('can be jumped to where it begins, once', () => {
    fc.assert(
      fc.property(passageAndRange, ({ parts, start, end }) => {
        const range = readRange(parts.text, { start: `${start}`, end: `${end}` });
        const html = drawn({ ...parts, range });
        const places = html.match(/<mark id="quote"/g) ?? [];
        expect(places.length).toBe(html.includes('<mark') ? 1 : 0);
      }),
    );
  });
});

describe('a range', () => {
  const text = 'A 🙂 b.';

  it('is read where it lies in the text', () => {
    expect(readRange(text, { start: '0', end: '7' })).toEqual({ start: 0, end: 7 });
    expect(readRange(text, { start: '2', end: '4' })).toEqual({ start: 2, end: 4 });
  });

  it.each([
    [{}],
    [{ start: '0' }],
    [{ end: '3' }],
    [{ start: '0', end: '8' }],
    [{ start: '3', end: '3' }],
    [{ start: '4', end: '2' }],
    [{ start: '-1', end: '2' }],
    [{ start: '0.5', end: '2' }],
    [{ start: '1e0', end: '2' }],
    [{ start: '', end: '2' }],
    [{ start: 'a', end: 'b' }],
    [{ start: ['0', '1'], end: '2' }],
    [{ start: '0', end: '99999999999' }],
    [{ start: '3', end: '5' }],
    [{ start: '0', end: '3' }],
  ])('is ignored as %j', (query) => {
    expect(readRange(text, query)).toBeUndefined();
  });
});

function drawn(parts: Parameters<typeof markText>[0]): string {
  const sources = parts.sentences.flatMap((sentence) => sentence.sources).map((id) => ({ id }));
  return drawText({ pieces: markText(parts), sources, texts: TEXTS.en })
    .map(({ markup }) => markup)
    .join('');
}
