import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldAccents, normalize, tidy, words } from '../../../knowledge/text/normalize.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 200 });

describe('normalize', () => {
  test.each([
    ['lowers case', 'ROACCUTANE Flare', 'roaccutane flare'],
    ['squeezes white space of every kind', '  dry\t\u00A0lips\r\n\u2003help ', 'dry lips help'],
    ['drops zero-width characters and soft hyphens', 'sui\u200Bci\u00ADde\uFEFF', 'suicide'],
    ['drops variation selectors', 'ok\uFE0F', 'ok'],
    ['straightens quotation marks', '\u2018don\u2019t\u2019 \u201Cstop\u201D', `'don't' "stop"`],
    ['straightens dashes and minus signs', '0.5\u20131 mg \u2014 \u22122', '0.5-1 mg - -2'],
    ['folds compatibility forms', '\uFF21\uFF43\uFF4E\uFF45 \uFB01ne', 'acne fine'],
    ['folds mathematical letters, which are surrogate pairs', '\u{1D41A}\u{1D41C}\u{1D427}\u{1D41E}', 'acne'],
    ['makes one of both Unicode normal forms', 'e\u0301', '\u00E9'],
    ['keeps punctuation that means something', '0.5 mg/kg, e.g. 60-70%?', '0.5 mg/kg, e.g. 60-70%?'],
    ['keeps emoji', 'lips \u{1F525}', 'lips \u{1F525}'],
  ])('%s', (_, text, expected) => {
    expect(normalize(text)).toBe(expected);
  });

  test('a normalized text stays as it is, for every text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalize(normalize(text))).toBe(normalize(text));
      }),
    );
  });

  test('both Unicode normal forms of every text come out the same', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalize(text.normalize('NFD'))).toBe(normalize(text.normalize('NFC')));
      }),
    );
  });

  test('nothing invisible is left, and no space at either end, for every text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalize(text)).not.toMatch(/\p{Cf}|\p{Cc}|^\s|\s$|\s\s/u);
      }),
    );
  });
});

test('tidy keeps the case', () => {
  expect(tidy(' The  NHS\u2019s advice ')).toBe("The NHS's advice");
});

describe('foldAccents', () => {
  test('takes accents off Latin letters', () => {
    expect(foldAccents('Señora, déjà vu')).toBe('Senora, deja vu');
  });

  test('leaves Hindi vowel signs, without which the word is another', () => {
    expect(foldAccents('आत्महत्या')).toBe('आत्महत्या');
  });
});

describe('words', () => {
  test('gives letters and digits in lower case, without punctuation', () => {
    expect(words('Is 0.5 mg/kg OK?')).toEqual(['is', '0', '5', 'mg', 'kg', 'ok']);
  });

  test('keeps an apostrophe inside a word', () => {
    expect(words("It doesn’t hurt, 'really'")).toEqual(['it', "doesn't", 'hurt', 'really']);
  });

  test('finds none in punctuation and emoji', () => {
    expect(words('?! … \u{1F62D}')).toEqual([]);
  });
});
