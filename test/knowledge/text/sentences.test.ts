import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paragraphs, splitSentences } from '../../../knowledge/text/sentences.ts';

const split = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end));

describe('splitSentences', () => {
  test.each([
    [
      'ends of three kinds',
      'It works. Does it last? It does! Good.',
      ['It works.', 'Does it last?', 'It does!', 'Good.'],
    ],
    ['no end mark', 'dry lips from isotretinoin', ['dry lips from isotretinoin']],
    [
      'decimal numbers',
      'The dose is 0.5 to 1.0 mg/kg a day. Food helps.',
      ['The dose is 0.5 to 1.0 mg/kg a day.', 'Food helps.'],
    ],
    ['a unit at the end', 'It comes as 20 mg. Take it with food.', ['It comes as 20 mg.', 'Take it with food.']],
    ['mg/kg at the end', 'Doses go by mg/kg. Ask why.', ['Doses go by mg/kg.', 'Ask why.']],
    ['e.g.', 'Fatty food, e.g. Milk, helps. Eat.', ['Fatty food, e.g. Milk, helps.', 'Eat.']],
    ['i.e.', 'The course, i.e. Five months, ends. Wait.', ['The course, i.e. Five months, ends.', 'Wait.']],
    ['a doctor', 'Dr. Smith agreed. Mrs. Jones did not.', ['Dr. Smith agreed.', 'Mrs. Jones did not.']],
    ['approx.', 'It lasts approx. 5 months. Then it ends.', ['It lasts approx. 5 months.', 'Then it ends.']],
    [
      'a bracketed abbreviation',
      'Antibiotics (e.g. Doxycycline) clash. Ask.',
      ['Antibiotics (e.g. Doxycycline) clash.', 'Ask.'],
    ],
    ['an end mark inside quotation marks', '"Is it safe?" Many ask.', ['"Is it safe?"', 'Many ask.']],
    ['an abbreviation as the last word', 'See Fig.', ['See Fig.']],
  ])('%s', (_, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  test('a paragraph ends a sentence, whether lines end in LF or CRLF', () => {
    expect(split('Dry lips\n\nDry eyes')).toEqual(['Dry lips', 'Dry eyes']);
    expect(split('Dry lips\r\n\r\nDry eyes')).toEqual(['Dry lips', 'Dry eyes']);
  });

  test('an abbreviation at the end of a paragraph does not reach into the next', () => {
    expect(split('Seen by Dr.\n\nSmith stayed.')).toEqual(['Seen by Dr.', 'Smith stayed.']);
  });

  test('characters outside the basic plane are never cut apart', () => {
    expect(split('Lips \u{1F525}. Eyes \u{1D41A}. End.')).toEqual(['Lips \u{1F525}.', 'Eyes \u{1D41A}.', 'End.']);
  });

  test('an empty text and one of white space have no sentence', () => {
    expect(splitSentences('')).toEqual([]);
    expect(splitSentences(' \r\n\t\n ')).toEqual([]);
  });
});

describe('for every text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      '. ',
      '? ',
      '\n\n',
      '\r\n\r\n',
      '\r',
      ' Dr. ',
      ' e.g. ',
      'Acne. ',
      '0.5 mg/kg',
      '\u{1F525}',
      '\uD83D',
      'e\u0301',
      '"',
      '\u00A0',
    ),
  );
  const anyText = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

  test('sentences come in order, never overlap and are never empty', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0;
        for (const { start, end } of splitSentences(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = end;
        }
      }),
    );
  });

  test('sentences are trimmed slices that together hold every character but white space', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const sentences = split(text);
        for (const sentence of sentences) expect(sentence).toBe(sentence.trim());
        expect(sentences.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });

  test('paragraphs hold every character but white space, and every sentence lies within one', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const whole = paragraphs(text);
        expect(
          whole
            .map(({ start, end }) => text.slice(start, end))
            .join('')
            .replace(/\s/g, ''),
        ).toBe(text.replace(/\s/g, ''));
        for (const sentence of splitSentences(text)) {
          expect(whole.some(({ start, end }) => start <= sentence.start && sentence.end <= end)).toBe(true);
        }
      }),
    );
  });
});
