import fc from 'fast-check';
import onnxRuntime from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { bertToOnnx } from '../../../knowledge/embedding/bert-to-onnx.ts';
import { decodeTunedLayers, encodeTunedLayers, type TunedLayers } from '../../../knowledge/embedding/tuned-layers.ts';
import { tinyEncoder } from '../../support/tiny-encoder.ts';

const { config, weights } = tinyEncoder();
const PARTS = ['attention.self.query', 'attention.self.key', 'attention.self.value', 'attention.output.dense'];
const NAMES = [...PARTS, 'attention.output.LayerNorm', 'intermediate.dense', 'output.dense', 'output.LayerNorm']
  .flatMap((part) => [`${part}.weight`, `${part}.bias`])
  .map((name) => `encoder.layer.1.${name}`);

/** The last layer, its numbers multiplied. */
function lastLayer(times: number): TunedLayers {
  const tensor = (name: string) => ({ shape: weights(name).shape, data: weights(name).data.map((n) => times * n) });
  return { first: 1, weights: new Map(NAMES.map((name) => [name, tensor(name)])) };
}

describe('tuned layers as bytes', () => {
  it('come back as what the graph would make of them: the same integers, vectors untouched', () => {
    const layers = lastLayer(1.3);
    const once = decodeTunedLayers(encodeTunedLayers(layers));
    expect(once.first).toBe(1);
    expect([...once.weights.keys()]).toEqual(NAMES);
    expect(once.weights.get('encoder.layer.1.output.dense.bias')).toEqual(
      layers.weights.get('encoder.layer.1.output.dense.bias'),
    );
    const twice = decodeTunedLayers(encodeTunedLayers(once));
    for (const [name, { data }] of once.weights) {
      for (const [i, value] of data.entries()) expect(twice.weights.get(name)?.data[i]).toBeCloseTo(value, 6);
    }
  });

  it('are refused with what to do, wherever they are cut or grown', () => {
    const bytes = encodeTunedLayers(lastLayer(1));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.boolean(), (at, grow) => {
        const damaged = grow ? Buffer.concat([bytes, bytes.subarray(0, at + 1)]) : bytes.subarray(0, at);
        expect(() => decodeTunedLayers(damaged)).toThrow(/tuned layers: the file is damaged; restore it.*npm run fit/);
      }),
    );
  });
});

describe('a graph with tuned layers', () => {
  it('gives the same vectors as without where they are for triage, to the bit', async () => {
    const plain = await run(graphOf({}));
    const tuned = await run(graphOf({ triage: lastLayer(1.3) }));
    expect(tuned.last_hidden_state).toEqual(plain.last_hidden_state);
    expect(Object.keys(plain)).toEqual(['last_hidden_state']);
  });

  it('gives vectors by those for search, in place of the layers as they were', async () => {
    const [same, other] = await Promise.all([1, 1.3].map((times) => run(graphOf({ search: lastLayer(times) }))));
    expect(same).toEqual(await run(graphOf({})));
    expect(Object.keys(other ?? {})).toEqual(['last_hidden_state']);
    expect(other?.last_hidden_state).not.toEqual(same?.last_hidden_state);
    const both = await run(graphOf({ search: lastLayer(1.3), triage: lastLayer(1) }));
    expect(both.last_hidden_state).toEqual(other?.last_hidden_state);
    expect(both.read_tokens).toEqual(same?.last_hidden_state);
  });

  it('reads tokens by those for triage', async () => {
    const same = await run(graphOf({ triage: lastLayer(1) }));
    expect(same.read_tokens).toEqual(same.last_hidden_state);
    const other = await run(graphOf({ triage: lastLayer(1.3) }));
    expect(other.read_tokens).toHaveLength(4 * config.hidden_size);
    expect(other.read_tokens).not.toEqual(other.last_hidden_state);
  });

  it('is refused when a tensor is missing, by its name', () => {
    const { first, weights: all } = lastLayer(1);
    const fewer = new Map([...all].filter(([name]) => !name.endsWith('key.bias')));
    for (const task of ['search', 'triage']) {
      expect(() => graphOf({ [task]: { first, weights: fewer } })).toThrow(
        /no tensor named "encoder.layer.1.attention.self.key.bias"/,
      );
    }
  });
});

function graphOf(tuned: Parameters<typeof bertToOnnx>[2]): Buffer {
  return Buffer.from(bertToOnnx(config, weights, tuned));
}

async function run(model: Buffer): Promise<Record<string, Float32Array>> {
  const session = await onnxRuntime.InferenceSession.create(model, { intraOpNumThreads: 1 });
  const tensor = (list: readonly number[]) =>
    new onnxRuntime.Tensor('int64', BigInt64Array.from(list.map(BigInt)), [1, list.length]);
  const outputs = await session.run({
    input_ids: tensor([1, 5, 2, 4]),
    attention_mask: tensor([1, 1, 1, 1]),
    token_type_ids: tensor([0, 0, 0, 0]),
  });
  return Object.fromEntries(session.outputNames.map((name) => [name, outputs[name]?.data as Float32Array]));
}
