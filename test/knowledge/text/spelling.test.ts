import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSpelling } from '../../../knowledge/text/spelling.ts';

const vocabulary = new Map([
  ['isotretinoin', 900],
  ['pregnancy', 60],
  ['alcohol', 40],
  ['acne', 500],
  ['relapse', 30],
  ['lips', 50],
  ['eyes', 40],
  ['scars', 20],
  ['scary', 1],
]);
const english = new Set(['acme', 'clips', 'house', 'dont']);
const spelling = createSpelling({ vocabulary, isWord: (word) => english.has(word) });

describe('correct', () => {
  test.each([
    ['one letter missing', 'alcohl', 'alcohol'],
    ['one letter too many', 'relapsse', 'relapse'],
    ['one letter wrong', 'relopse', 'relapse'],
    ['two neighbors swapped', 'acen', 'acne'],
    ['two slips in a long word', 'isotretonoim', 'isotretinoin'],
    ['words among others', 'does alcohl cause relapze', 'does alcohol cause relapse'],
  ])('mends %s', (_, text, expected) => {
    expect(spelling.correct(text)).toBe(expected);
  });

  test.each([
    ['a word of the vocabulary', 'scars'],
    ['an ordinary English word, however near', 'acme clips'],
    ['a short word', 'lip'],
    ['a word with an apostrophe', "acne's"],
    ['a word that is near to none', 'bicycle'],
    ['two slips in a short word', 'acxz'],
    ['numbers and signs', '20mg, 0.5?'],
  ])('leaves %s', (_, text) => {
    expect(spelling.correct(text)).toBe(text);
  });

  test('takes the commoner of two words that are equally near', () => {
    expect(spelling.correct('scarz')).toBe('scars');
  });

  test('takes the word with the same first letter before one without', () => {
    const near = createSpelling({
      vocabulary: new Map([
        ['bliss', 9],
        ['press', 9],
      ]),
      isWord: () => false,
    });
    expect(near.correct('bress')).not.toBe('bress');
    expect(
      createSpelling({
        vocabulary: new Map([
          ['rash', 1],
          ['cash', 1],
        ]),
        isWord: () => false,
      }).correct('rasj'),
    ).toBe('rash');
  });

  test('what stands between the words stays, for every text', () => {
    const between = (text: string) => text.replace(/[a-z']+/g, '');
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(between(spelling.correct(text))).toBe(between(text));
      }),
    );
  });

  test('a corrected text stays as it is, for every text of letters', () => {
    const word = fc.string({ unit: fc.constantFrom(...'aceilnoprst'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (all) => {
        const once = spelling.correct(all.join(' '));
        expect(spelling.correct(once)).toBe(once);
      }),
    );
  });
});
