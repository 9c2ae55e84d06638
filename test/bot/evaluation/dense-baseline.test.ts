import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isVerbatim } from '../../../bot/conversation/quote.ts';
import type { Respond } from '../../../bot/conversation/turn.ts';
import { createDenseBaseline } from '../../../bot/evaluation/dense-baseline.ts';
import type { Embedder } from '../../../knowledge/embedding/embedder.ts';
import { prepareBuiltInModel } from '../../../knowledge/embedding/prepare-model.ts';
import { createTransformerEmbedder } from '../../../knowledge/embedding/transformer-embedder.ts';
import type { Pack } from '../../../knowledge/pack/pack.ts';
import { projectRoot } from '../../../knowledge/project-root.ts';
import { tinyPack } from '../../support/tiny-pack.ts';

const pack: Pack = { ...tinyPack, messages: { answer: { en: 'Here it is.', es: 'Aquí está.' } } };
let embedder: Embedder;
let respond: Respond;

beforeAll(async () => {
  const model = await prepareBuiltInModel({ cacheFolder: path.join(projectRoot(), 'data/models') });
  embedder = await createTransformerEmbedder({ model, workers: 1 });
  respond = await createDenseBaseline({ pack, embedder, region: 'US', today: '2026-11-23' });
});
afterAll(() => embedder.close());

describe('createDenseBaseline', () => {
  it('quotes the passage whose text is nearest', async () => {
    const { reply, explanation } = await respond({ text: 'my lips are so dry' });
    expect(reply.quotes.map(({ passage }) => passage.id)).toEqual(['tiny/side-effects/dry-lips']);
    expect(explanation.ranking.map(({ passage }) => passage)).toEqual([1, 0]);
  });

  it('answers whatever is asked', async () => {
    for (const text of ['i want to die', 'what is the weather', 'should i double my dose']) {
      expect((await respond({ text })).reply.kind).toBe('answer');
    }
  });

  it('quotes letter for letter, three sentences where there are as many', async () => {
    const { reply } = await respond({ text: 'does acne come back?' });
    expect(reply.quotes.map((quote) => isVerbatim(quote, pack))).toEqual([true]);
    expect(reply.quotes[0]?.text).toBe(pack.passages[0]?.text);
  });

  it('goes on in the conversation that it is given', async () => {
    expect((await respond({ text: 'and why?', conversationId: 'ours' })).reply.conversationId).toBe('ours');
  });
});
