import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, cutFront, cutText, wrapText } from '../../../../bot/channels/terminal/wrap-text.ts';

describe('wrapText', () => {
  it('breaks at spaces so that no line is longer than the width', () => {
    expect(wrapText('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  });

  it('keeps line breaks, and empty lines', () => {
    expect(wrapText('one\n\ntwo', 80)).toEqual(['one', '', 'two']);
  });

  it('keeps a word whole that is longer than a line', () => {
    expect(wrapText('see https://example.org/a/long/address now', 12)).toEqual([
      'see',
      'https://example.org/a/long/address',
      'now',
    ]);
  });

  it('loses no word, adds none, and exceeds the width only by single words', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 })),
        fc.integer({ min: 1, max: 60 }),
        (parts, width) => {
          const text = parts.join(' ').replaceAll('\n', ' ');
          const lines = wrapText(text, width);
          expect(lines.join(' ').split(' ').filter(Boolean)).toEqual(text.split(' ').filter(Boolean));
          for (const line of lines) if (line.includes(' ')) expect(columnsOf(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});

describe('columnsOf', () => {
  it('counts characters as people do', () => {
    expect([columnsOf('abc'), columnsOf('e\u0301'), columnsOf('¿qué?'), columnsOf('')]).toEqual([3, 1, 5, 0]);
  });
});

describe('cutText and cutFront', () => {
  it('cut what is too long, at the end or at the front, and say so', () => {
    expect(cutText('passage/of/choice', 9)).toBe('passage/…');
    expect(cutFront('passage/of/choice', 9)).toBe('…f/choice');
  });

  it('leave what fits', () => {
    expect([cutText('fits', 4), cutFront('fits', 4)]).toEqual(['fits', 'fits']);
  });
});
