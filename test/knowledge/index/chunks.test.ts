import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Chunk, chunkPack, MAX_WINDOW, windows } from '../../../knowledge/index/chunks.ts';
import type { Pack } from '../../../knowledge/pack/pack.ts';
import { tinyPack } from '../../support/tiny-pack.ts';

const pack: Pack = {
  ...tinyPack,
  lexicon: [{ term: 'dry lips', also: ['chapped lips'] }],
  outOfScope: ['What is the weather?'],
};
const of = (chunks: readonly Chunk[], kind: Chunk['kind'], passage: number) =>
  chunks.filter((chunk) => chunk.kind === kind && chunk.passage === passage).map(({ text }) => text);

describe('chunkPack', () => {
  it('takes the questions, the title, the whole and each run of sentences, passage by passage', () => {
    const kinds = chunkPack(pack, ['an example']).map(({ kind, passage }) => `${kind} ${passage}`);
    expect(kinds).toEqual([
      'question 0',
      'title 0',
      'passage 0',
      ...Array<string>(6).fill('sentences 0'),
      'question 1',
      'title 1',
      'passage 1',
      ...Array<string>(3).fill('sentences 1'),
      'out-of-scope -1',
      'example -1',
    ]);
  });

  it('puts the heading before the text that is embedded', () => {
    const chunks = chunkPack(pack, []);
    expect(of(chunks, 'sentences', 1)).toContain('dry lips. a plain balm helps.');
    expect(of(chunks, 'passage', 1)).toEqual(['dry lips. dry lips are the commonest effect. a plain balm helps.']);
  });

  it('says which slice of the text a run of sentences is, and how many they are', () => {
    const slices = chunkPack(pack, []).filter(({ kind, passage }) => kind === 'sentences' && passage === 1);
    const text = pack.passages[1]?.text ?? '';
    expect(slices.map(({ start, end, sentences }) => [text.slice(start, end), sentences])).toEqual([
      ['Dry lips are the commonest effect.', 1],
      [text, 2],
      ['A plain balm helps.', 1],
    ]);
  });

  it('reads lay words as the terms of the field, so that both have one key', () => {
    const [asked, examples] = [{ ...pack, outOfScope: ['CHAPPED lips'] }, ['dry lips', 'chapped lips']];
    const keys = chunkPack(asked, examples)
      .slice(-3)
      .map(({ key }) => key);
    expect(new Set(keys).size).toBe(1);
  });

  it('gives another text another key', () => {
    const chunks = chunkPack(pack, []);
    const texts = new Set(chunks.map(({ text }) => text));
    expect(new Set(chunks.map(({ key }) => key)).size).toBe(texts.size);
  });
});

describe('windows', () => {
  it('is every run of one to three neighbors, each once', () => {
    fc.assert(
      fc.property(fc.nat(12), (count) => {
        const sentences = Array.from({ length: count }, (_, i) => ({ start: 10 * i, end: 10 * i + 9 }));
        const found = windows(sentences);
        for (const { start, end, count: length } of found) {
          expect(length).toBeLessThanOrEqual(MAX_WINDOW);
          expect(sentences.filter((s) => s.start >= start && s.end <= end)).toHaveLength(length);
        }
        const runs = Array.from({ length: MAX_WINDOW }, (_, i) => Math.max(0, count - i));
        expect(new Set(found.map(({ start, end }) => `${start}-${end}`)).size).toBe(runs.reduce((a, b) => a + b));
      }),
    );
  });
});
