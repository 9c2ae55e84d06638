import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCanonical, createReader } from '../../../bot/conversation/read-message.ts';
import { createLexicon } from '../../../knowledge/text/lexicon.ts';
import { createSpelling } from '../../../knowledge/text/spelling.ts';
import { createCountingEmbedder } from '../../support/counting-embedder.ts';

const embedder = createCountingEmbedder();
const read = createReader({
  embedder,
  canonical: createCanonical({
    lexicon: createLexicon([
      { term: 'isotretinoin', also: ['accutane', 'tane'] },
      { term: 'dermatologist', also: ['derm', 'skin doctor'] },
    ]),
    spelling: createSpelling({
      vocabulary: new Map([
        ['accutane', 5],
        ['isotretinoin', 5],
        ['alcohol', 5],
      ]),
      isWord: (word) => !['accutan', 'alcahol'].includes(word),
    }),
  }),
});

describe('createReader', () => {
  it('reads lay words and brands as the terms of the field', async () => {
    expect((await read('Does TANE need a skin doctor?')).texts).toEqual(['does isotretinoin need a dermatologist?']);
  });

  it('mends spelling before it looks words up', async () => {
    expect((await read('accutan and alcahol')).texts).toEqual(['isotretinoin and alcohol']);
  });

  it('reads a short message as one, however many sentences it has', async () => {
    expect((await read('Help. My lips. So dry. Why?')).texts).toHaveLength(1);
  });

  it('reads the sentences of a long message too, but for the shortest', async () => {
    const { texts } = await read(
      'Hi all. I have been on it for three months now and things went well. What does alcohol do to it?',
    );
    expect(texts.slice(1)).toEqual([
      'i have been on it for three months now and things went well.',
      'what does alcohol do to it?',
    ]);
  });

  it('reads at most the last ten sentences, where the question is', async () => {
    const story = Array.from({ length: 30 }, (_, i) => `This is sentence number ${i}.`).join(' ');
    const { texts } = await read(story);
    expect(texts).toHaveLength(11);
    expect(texts.at(-1)).toBe('this is sentence number 29.');
  });

  it('gives a vector for each text, whatever was typed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (message) => {
        const { texts, vectors } = await read(message);
        expect(vectors).toEqual(await embedder.embedAll(texts));
      }),
    );
  });
});
