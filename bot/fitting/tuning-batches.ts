import onnxRuntime, { type Tensor as OnnxTensor } from 'onnxruntime-node';
import type { Clues } from '../conversation/triage/clues.ts';
import { shuffle } from './random.ts';

/** A message whose meaning somebody has judged, as the layers that learn are given it. */
export interface JudgedMessage {
  /** Places in the list of labels: the right one, or several among which nobody decided. */
  readonly right: readonly number[];
  /** What the layers below make of its tokens, one after another. */
  readonly tokens: Float32Array;
  readonly clues: Clues;
  /** How much it counts. */
  readonly weight: number;
}

/** In a new order each time, messages of like length together, so that little is padding. */
export function batchesOf<Example extends { readonly tokens: Float32Array }>(
  messages: readonly Example[],
  size: number,
  random: () => number,
): Example[][] {
  const order = [...messages.keys()];
  shuffle(order, random);
  const batches: Example[][] = [];
  for (let from = 0; from < order.length; from += SORTED * size) {
    const chunk = order
      .slice(from, from + SORTED * size)
      .flatMap((i) => messages.slice(i, i + 1))
      .sort((a, b) => a.tokens.length - b.tokens.length);
    for (let at = 0; at < chunk.length; at += size) batches.push(chunk.slice(at, at + size));
  }
  const shuffled = [...batches.keys()];
  shuffle(shuffled, random);
  return shuffled.flatMap((i) => (batches[i] ? [batches[i]] : []));
}

/** So many batches are sorted at a time: more would make every epoch's batches the same. */
const SORTED = 16;

/** The inputs of a graph of `encoderLayers` that a batch gives, but for the masks. */
export function tokenFeeds(
  batch: readonly { readonly tokens: Float32Array }[],
  width: number,
): Record<string, OnnxTensor> {
  const lengths = batch.map(({ tokens }) => tokens.length / width);
  const longest = Math.max(...lengths);
  const hidden = new Float32Array(batch.length * longest * width);
  const bias = new Float32Array(batch.length * longest);
  const shares = new Float32Array(batch.length * longest);
  for (const [i, { tokens }] of batch.entries()) {
    const [at, length] = [i * longest, lengths[i] ?? 0];
    hidden.set(tokens, at * width);
    bias.fill(NEVER, at + length, at + longest);
    shares.fill(1 / length, at, at + length);
  }
  return {
    hidden: tensor(hidden, [batch.length, longest, width]),
    attention_bias: tensor(bias, [batch.length, 1, 1, longest]),
    shares: tensor(shares, [batch.length, 1, longest]),
  };
}

/** Zeros for a share of the numbers; the others more than one, so that their mean stays (Srivastava et al. 2014). */
export function mask(shape: readonly number[], dropped: number, random: () => number): OnnxTensor {
  const kept = new Float32Array(shape.reduce((a, b) => a * b, 1));
  for (let i = 0; i < kept.length; i++) kept[i] = random() < dropped ? 0 : 1 / (1 - dropped);
  return tensor(kept, shape);
}

/** A large negative number: nothing is left of it after a softmax. */
const NEVER = -1e4;

export function tensor(numbers: Float32Array, shape: readonly number[]): OnnxTensor {
  return new onnxRuntime.Tensor('float32', numbers, [...shape]);
}
