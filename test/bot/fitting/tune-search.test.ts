import onnxRuntime from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { SEARCH_TUNING } from '../../../bot/fitting/tune-search.ts';
import { tuneToPack } from '../../../bot/fitting/tune-to-pack.ts';
import { bertToOnnx } from '../../../knowledge/embedding/bert-to-onnx.ts';
import { similarity } from '../../../knowledge/embedding/embedder.ts';
import { encodeTunedLayers, type TunedLayers } from '../../../knowledge/embedding/tuned-layers.ts';
import type { Chunk } from '../../../knowledge/index/chunks.ts';
import { tinyEncoder } from '../../support/tiny-encoder.ts';
import { tinyPack } from '../../support/tiny-pack.ts';

const encoder = { ...tinyEncoder(), first: 1 };
const { hidden_size: width } = encoder.config;
const TINY = {
  ...SEARCH_TUNING,
  epochs: 300,
  batch: 4,
  temperature: 0.3,
  smoothing: 0,
  rates: { layers: 1e-2, centers: 2e-2 },
  drop: 0,
};

/** Texts of numbers, which stand for words; the first passage's differ from the second's by the order of two. */
const TEXTS = ['1 2 3', '1 2 3 4', '1 3 2', '1 3 2 4'];
const PASSAGES = [0, 0, 1, 1];
const chunks: readonly Chunk[] = TEXTS.map((text, i) => ({
  kind: 'question',
  passage: PASSAGES[i] ?? -1,
  start: 0,
  end: 0,
  sentences: 0,
  text,
  key: text,
}));

describe('tuneToPack', () => {
  it('brings the texts of a passage together, and those of different ones apart', async () => {
    const apart = async (layers?: TunedLayers) => {
      const [a, alsoA, b, alsoB] = await Promise.all(TEXTS.map((text) => vectorBy(layers, text)));
      return Math.min(near(a, alsoA), near(b, alsoB)) - Math.max(near(a, b), near(alsoA, alsoB));
    };
    expect(await apart(await tune())).toBeGreaterThan(Math.max(0.2, (await apart()) + 0.2));
  });

  it('learns from what others ask of a passage', async () => {
    const [first] = tinyPack.passages;
    const learning = [{ q: '5 4 5', passage: first?.id }, { q: '5 5 5' }];
    const leaning = async (layers: TunedLayers) => {
      const [asked, first, second] = await Promise.all(
        ['5 4 5', '1 2 3', '1 3 2'].map((text) => vectorBy(layers, text)),
      );
      return near(asked, first) - near(asked, second);
    };
    expect(await leaning(await tune({ learning }))).toBeGreaterThan(Math.max(0.2, (await leaning(await tune())) + 0.1));
  });

  it('names the question that is for a passage that there is not', async () => {
    await expect(tune({ learning: [{ q: '5 4', passage: 'tiny/gone' }] })).rejects.toThrow(
      /"5 4" is for "tiny\/gone", which is no passage/,
    );
  });

  it('learns the same from the same, and something else by another seed', async () => {
    const tuning = { ...TINY, epochs: 2, drop: 0.5 };
    const bytes = async (seed: number) => encodeTunedLayers(await tune({ tuning: { ...tuning, seed } }));
    const once = await bytes(1);
    expect(once.equals(await bytes(1))).toBe(true);
    expect(once.equals(await bytes(2))).toBe(false);
  });
});

const near = (one?: Float32Array, other?: Float32Array) => (one && other ? similarity(one, other) : Number.NaN);

async function tune(more: Partial<Parameters<typeof tuneToPack>[0]> = {}): Promise<TunedLayers> {
  const vectors = await Promise.all(TEXTS.map((text) => vectorBy(undefined, text)));
  const below = bertToOnnx({ ...encoder.config, num_hidden_layers: encoder.first }, encoder.weights);
  return tuneToPack({
    encoder,
    readBelow: (text) => run(below, text),
    learning: [],
    snapshot: { pack: { ...tinyPack, passages: tinyPack.passages.slice(0, 2) }, chunks, vectors },
    tuning: TINY,
    onStep: () => {},
    ...more,
  });
}

/** The vector of a text as the model gives it that is made with these layers. */
async function vectorBy(search: TunedLayers | undefined, text: string): Promise<Float32Array> {
  const tokens = await run(bertToOnnx(encoder.config, encoder.weights, { search }), text);
  const sum = new Float32Array(width);
  for (const [i, value] of tokens.entries()) sum[i % width] = (sum[i % width] ?? 0) + value;
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}

async function run(model: Uint8Array, text: string): Promise<Float32Array> {
  const ids = text.split(' ').map(BigInt);
  const session = await onnxRuntime.InferenceSession.create(Buffer.from(model), { intraOpNumThreads: 1 });
  const tensor = (list: readonly bigint[]) =>
    new onnxRuntime.Tensor('int64', BigInt64Array.from(list), [1, ids.length]);
  const { last_hidden_state } = await session.run({
    input_ids: tensor(ids),
    attention_mask: tensor(ids.map(() => 1n)),
    token_type_ids: tensor(ids.map(() => 0n)),
  });
  return last_hidden_state?.data as Float32Array;
}
