import { describe, expect, it } from 'vitest';
import { createWordIndex, tellingStems, type WordDocument } from '../../../knowledge/index/word-index.ts';

function passage(title: string, text: string, questions = ''): WordDocument {
  return { title, text, questions };
}

const passages = [
  passage('whether acne comes back', 'some people relapse after a course. relapses are milder.'),
  passage('dry lips', 'a balm helps.', 'what helps my lips'),
  passage('alcohol', 'wine and beer strain the liver.'),
];
const index = createWordIndex(passages);
const found = (query: string) => index.search(query).map(({ passage: place }) => place);
const coverage = (query: string) => index.search(query)[0]?.coverage;

describe('createWordIndex', () => {
  it.each([
    ['another form of a word', 'relapsing', 0],
    ['a word of the title', 'alcohol', 2],
    ['a word of a question', 'my lips', 1],
    ['a word of the text', 'beer', 2],
  ])('finds a passage by %s', (_, query, expected) => {
    expect(found(query)[0]).toBe(expected);
  });

  it('finds only passages that share a word with the query, and none for words that tell nothing', () => {
    expect(found('balm')).toEqual([1]);
    expect(found('quantum chromodynamics')).toEqual([]);
    expect(found('what is it about?')).toEqual([]);
    expect(found('')).toEqual([]);
  });

  it('puts the passage that is about a word before one that mentions it', () => {
    const mention = [...passages, passage('sunscreen', 'use it on lips, on your nose and ears.')];
    expect(
      createWordIndex(mention)
        .search('lips')
        .map(({ passage: place }) => place),
    ).toEqual([1, 3]);
  });

  it('covers all of a query whose words the passage holds, none of it by halves', () => {
    expect(coverage('does a balm help lips')).toBe(1);
    expect(coverage('balm')).toBe(1);
  });

  it('covers less, the rarer the words that the passage lacks', () => {
    const lacksRare = coverage('balm quantum') ?? 1;
    const lacksCommon = coverage('balm wine') ?? 0;
    expect(lacksRare).toBeGreaterThan(0);
    expect(lacksRare).toBeLessThan(lacksCommon);
    expect(lacksCommon).toBeLessThan(1);
  });

  it('weighs each telling word once, unknown ones the most', () => {
    const weights = index.weigh('my lips lips quantum');
    expect([...weights.keys()]).toEqual(['lip', 'quantum']);
    expect(weights.get('quantum')).toBeGreaterThan(weights.get('lip') ?? 0);
  });

  it('knows the stems that any passage holds', () => {
    expect(['relaps', 'lip', 'quantum', 'what'].map(index.knows)).toEqual([true, true, false, false]);
  });
});

describe('tellingStems', () => {
  it('leaves out words that tell nothing, and keeps those that turn an answer round', () => {
    expect(tellingStems('What should I do about acne?')).toEqual(['acn']);
    expect(tellingStems('not after')).toEqual(['not', 'after']);
  });

  it('keeps the order and repetition of words', () => {
    expect(tellingStems('relapse, relapsed!')).toEqual(['relaps', 'relaps']);
  });
});
