import onnxRuntime from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { classify, classifyTogether, encodeEnsemble } from '../../../bot/conversation/triage/classifier.ts';
import type { Tuned } from '../../../bot/fitting/average-tuned.ts';
import { TUNING, tuneLayers } from '../../../bot/fitting/tune-layers.ts';
import type { JudgedMessage } from '../../../bot/fitting/tuning-batches.ts';
import { bertToOnnx } from '../../../knowledge/embedding/bert-to-onnx.ts';
import { encodeTunedLayers } from '../../../knowledge/embedding/tuned-layers.ts';
import { tinyEncoder } from '../../support/tiny-encoder.ts';

const { InferenceSession, Tensor } = onnxRuntime;
const LABELS = ['liver', 'hearing', 'none'];
const TINY = {
  ...TUNING,
  epochs: 30,
  batch: 4,
  members: 2,
  heads: 1,
  hidden: 8,
  rates: { layers: 3e-3, members: 1e-2, clues: 1e-2 },
  drop: { layers: 0, hidden: 0, words: 0, rules: 0 },
};
const encoder = { ...tinyEncoder(), first: 1 };

/** The first two labels differ by the order of two tokens alone; the third has other tokens. */
const TEXTS: readonly (readonly number[])[] = [
  [1, 2, 3],
  [1, 3, 2],
  [4, 5, 4, 5],
];
const NOTHING = { words: [], rules: [] };

describe('tuneLayers', () => {
  it('teaches classifiers to judge by what the layers read, as the model runs them', async () => {
    const tuning = { ...TINY, epochs: 60 };
    const tuned = await tuneLayers({ messages: await judged(), labels: LABELS, encoder, tuning });
    for (const [label, text] of TEXTS.entries()) {
      const tokens = await readBy(tuned, text);
      for (const member of tuned.classifier) {
        expect(classify(member, { tokens }, NOTHING)[label]).toBeGreaterThan(0.8);
      }
    }
  });

  it('learns nothing about which of several labels where nobody decided', async () => {
    const open = (await judged()).map((one) => (one.right[0] === 0 ? one : { ...one, right: [1, 2] }));
    const tuned = await tuneLayers({ messages: open, labels: LABELS, encoder, tuning: TINY });
    const likely = classifyTogether(tuned.classifier, { tokens: await readBy(tuned, [4, 5, 4, 5]) }, NOTHING);
    expect(likely.get('hearing')).toBeCloseTo(likely.get('none') ?? 0, 0);
    expect(likely.get('liver')).toBeLessThan(0.2);
  });

  it('learns from words and rules', async () => {
    const same = (await judged()).slice(0, 1).map(({ tokens }) => tokens)[0] ?? new Float32Array();
    const clued = [0, 1, 0, 1].map((label) => ({
      right: [label],
      tokens: same,
      clues: label === 0 ? { words: [7, 9], rules: [] } : { words: [], rules: [8] },
      weight: 1,
    }));
    const tuned = await tuneLayers({ messages: clued, labels: LABELS, encoder, tuning: { ...TINY, epochs: 80 } });
    const tokens = await readBy(tuned, [1, 2, 3]);
    const said = (clues: JudgedMessage['clues']) => [...classifyTogether(tuned.classifier, { tokens }, clues).values()];
    expect(said({ words: [7, 9], rules: [] })[0]).toBeGreaterThan(0.6);
    expect(said({ words: [], rules: [8] })[1]).toBeGreaterThan(0.6);
  });

  it('learns the same from the same, and something else by another seed', async () => {
    const tuning = { ...TINY, epochs: 2, drop: { ...TUNING.drop, layers: 0.5 } };
    const bytes = async (seed: number) => {
      const { layers, classifier } = await tuneLayers({
        messages: await judged(),
        labels: LABELS,
        encoder,
        tuning: { ...tuning, seed },
      });
      return Buffer.concat([encodeTunedLayers(layers), encodeEnsemble(classifier)]);
    };
    const once = await bytes(1);
    expect(once.equals(await bytes(1))).toBe(true);
    expect(once.equals(await bytes(2))).toBe(false);
  });

  it('teaches the layers: with them learning, the same steps end at a lower loss', async () => {
    const lossAtEnd = async (layers: number) => {
      const heard: string[] = [];
      const tuning = { ...TINY, rates: { ...TINY.rates, layers } };
      const onStep = (text: string) => heard.push(text);
      await tuneLayers({ messages: await judged(), labels: LABELS, encoder, tuning, onStep });
      return Number(/step (\d+) of \1, loss (\d\.\d+),/.exec(heard.at(-1) ?? '')?.[2]);
    };
    expect(await lossAtEnd(3e-3)).toBeLessThan((await lossAtEnd(0)) * 0.8);
  });
});

/** Several of each text, read by the layer below. */
async function judged(): Promise<JudgedMessage[]> {
  const messages: JudgedMessage[] = [];
  for (const [label, text] of TEXTS.entries()) {
    const { config, weights } = encoder;
    const below = await run(bertToOnnx({ ...config, num_hidden_layers: encoder.first }, weights), text);
    const tokens = below.last_hidden_state ?? new Float32Array();
    for (let i = 0; i < 4; i++) messages.push({ right: [label], tokens, clues: NOTHING, weight: 1 });
  }
  return messages;
}

/** A text as the model reads it that is made with the tuned layers. */
async function readBy({ layers }: Tuned, text: readonly number[]): Promise<Float32Array> {
  const { read_tokens = new Float32Array() } = await run(
    bertToOnnx(encoder.config, encoder.weights, { triage: layers }),
    text,
  );
  return read_tokens;
}

async function run(model: Uint8Array, ids: readonly number[]): Promise<Record<string, Float32Array>> {
  const session = await InferenceSession.create(Buffer.from(model), { intraOpNumThreads: 1 });
  const tensor = (list: readonly number[]) =>
    new Tensor('int64', BigInt64Array.from(list.map(BigInt)), [1, ids.length]);
  const outputs = await session.run({
    input_ids: tensor(ids),
    attention_mask: tensor(ids.map(() => 1)),
    token_type_ids: tensor(ids.map(() => 0)),
  });
  return Object.fromEntries(session.outputNames.map((name) => [name, outputs[name]?.data as Float32Array]));
}
