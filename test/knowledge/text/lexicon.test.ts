import { describe, expect, test } from 'vitest';
import { createLexicon } from '../../../knowledge/text/lexicon.ts';

describe('createLexicon', () => {
  const lexicon = createLexicon([
    { term: 'isotretinoin', also: ['tane', 'Roaccutane', 'ro-accutane'] },
    { term: 'early flare', also: ['purge', 'initial breakout'] },
    { term: 'acne', also: ['breakout', 'spots'] },
    { term: 'blood test', also: ['C-reactive (CRP) test'] },
    { term: 'try for a baby', also: ['bébé'] },
    { term: 'tetracycline antibiotics', also: ['tetracycline', 'doxy'] },
    { term: 'rhabdomyolysis', also: [] },
  ]);

  test.each([
    ['puts the term for a lay word', 'Does tane make u purge?', 'does isotretinoin make u early flare?'],
    ['knows a name in any case', 'ROACCUTANE', 'isotretinoin'],
    ['knows a name without its accent', 'un bebe', 'un try for a baby'],
    ['takes a hyphen for the space in a name', 'initial-breakout', 'early flare'],
    ['takes a space for the hyphen in a name', 'ro accutane', 'isotretinoin'],
    ['lets the longest name win', 'my initial breakout', 'my early flare'],
    ['replaces whole words only', 'membrane tanegel', 'membrane tanegel'],
    ['takes signs in a name as they stand', 'a c-reactive (crp) test?', 'a blood test?'],
    [
      'leaves a term as it is, also where one of its names is a part of it',
      'Tetracycline antibiotics',
      'tetracycline antibiotics',
    ],
    ['leaves a text without names as it was, normalized', 'Dry  LIPS', 'dry lips'],
  ])('%s', (_, text, expected) => {
    expect(lexicon.canonical(text)).toBe(expected);
  });

  test('a text that was canonical stays so', () => {
    const once = lexicon.canonical('will Roaccutane and doxy make my spots purge');
    expect(lexicon.canonical(once)).toBe(once);
  });

  test('a lexicon without names changes nothing', () => {
    expect(createLexicon([{ term: 'thymus', also: [] }]).canonical('the thymus')).toBe('the thymus');
  });

  test('refuses a name that stands for two terms, and says for which', () => {
    const entries = [
      { term: 'acne', also: ['spots'] },
      { term: 'scars', also: ['Spots'] },
    ];
    expect(() => createLexicon(entries)).toThrow(/"Spots" stands for both "acne" and "scars"/);
  });
});
