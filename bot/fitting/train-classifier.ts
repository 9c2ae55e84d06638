import type { Embedding } from '../../knowledge/embedding/embedder.ts';
import {
  attend,
  type Classifier,
  feel,
  SHARE_OF_RULE,
  seeMessage,
  shareOfWords,
  softmax,
  TOKEN_SCALE,
} from '../conversation/triage/classifier.ts';
import { type Clues, PLACES } from '../conversation/triage/clues.ts';
import { createRandom, shuffle } from './random.ts';

/** A message whose meaning somebody has judged, as a classifier reads it. */
export interface JudgedMessage {
  /** Places in the list of labels: the right one, or several among which nobody decided. */
  readonly right: readonly number[];
  readonly embedding: Embedding;
  readonly clues: Clues;
  /** How much it counts. */
  readonly weight: number;
}

export interface ClassifierTraining {
  readonly epochs: number;
  readonly batch: number;
  /** Ways of weighing tokens. */
  readonly heads: number;
  readonly hidden: number;
  readonly learningRate: number;
  /** Pull toward zero. */
  readonly decay: number;
  /** Shares that are left out at random, so that no one thing decides: of hidden numbers, of words, of all rules. */
  readonly dropHidden: number;
  readonly dropWords: number;
  readonly dropRules: number;
  readonly seed: number;
}

export const CLASSIFIER_TRAINING: ClassifierTraining = {
  epochs: 12,
  batch: 64,
  heads: 4,
  hidden: 64,
  learningRate: 3e-3,
  decay: 1e-5,
  dropHidden: 0.3,
  dropWords: 0.3,
  dropRules: 0.2,
  seed: 20261123,
};

/**
 * Learns a classifier by gradient descent on the cross entropy (Adam, Kingma & Ba 2015; dropout, Srivastava et al.
 * 2014). The same messages give the same classifier.
 */
export function trainClassifier(
  messages: readonly JudgedMessage[],
  labels: readonly string[],
  tokenWidth: number,
  options: ClassifierTraining = CLASSIFIER_TRAINING,
  onEpoch: (epoch: number, loss: number) => void = () => {},
): Classifier {
  const { hidden, heads, batch } = options;
  const width = messages[0]?.embedding.vector.length ?? 0;
  const seen = width + heads * tokenWidth;
  const random = createRandom(options.seed);
  const layers: Layers = {
    queries: startAt(heads * tokenWidth, () => (random() - 0.5) / 15),
    inner: startAt(hidden * seen, () => ((random() - 0.5) * 2) / Math.sqrt(seen)),
    innerBias: startAt(hidden),
    outer: startAt(labels.length * hidden, () => (random() - 0.5) / 50),
    outerBias: startAt(labels.length),
    clues: startAt(PLACES * labels.length),
  };
  const order = [...messages.keys()];
  let step = 0;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, random);
    // Slower and slower, so that the end is not the last batch's.
    const rate = options.learningRate * (1 - epoch / options.epochs + 0.02);
    let loss = 0;
    for (let from = 0; from < order.length; from += batch) {
      const places = new Set<number>();
      const members = order.slice(from, from + batch);
      for (const i of members) {
        const message = messages[i];
        if (message) loss += learnFrom({ message, layers, places, share: 1 / members.length, options, random });
      }
      step += 1;
      for (const layer of [layers.queries, layers.inner, layers.innerBias, layers.outer, layers.outerBias]) {
        descend(layer, { from: 0, to: layer.values.length, step, rate, decay: options.decay });
      }
      for (const place of places) {
        const at = { from: place * labels.length, to: (place + 1) * labels.length };
        descend(layers.clues, { ...at, step, rate, decay: options.decay });
      }
    }
    onEpoch(epoch + 1, loss / messages.length);
  }
  const { queries, inner, innerBias, outer, outerBias, clues } = layers;
  return {
    labels,
    width,
    tokenWidth,
    heads,
    hidden,
    queries: queries.values,
    inner: inner.values,
    innerBias: innerBias.values,
    outer: outer.values,
    outerBias: outerBias.values,
    ...inSteps(clues.values, labels.length),
  };
}

/** Numbers that are learned, with the slope of the batch and Adam's moments. */
interface Layer {
  readonly values: Float32Array;
  readonly slope: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

interface Layers {
  readonly queries: Layer;
  readonly inner: Layer;
  readonly innerBias: Layer;
  readonly outer: Layer;
  readonly outerBias: Layer;
  readonly clues: Layer;
}

function startAt(size: number, value: () => number = () => 0): Layer {
  const zeros = () => new Float32Array(size);
  return { values: zeros().map(value), slope: zeros(), first: zeros(), second: zeros() };
}

/** Adds a message's slopes to the layers', and its clues' places to `places`. Returns its loss. */
function learnFrom({
  message: { right, embedding, clues, weight },
  layers: { queries, inner, innerBias, outer, outerBias, clues: table },
  places,
  share,
  options: { hidden, heads, dropHidden, dropWords, dropRules },
  random,
}: {
  message: JudgedMessage;
  layers: Layers;
  places: Set<number>;
  share: number;
  options: ClassifierTraining;
  random: () => number;
}): number {
  const width = embedding.vector.length;
  const tokenWidth = queries.values.length / heads;
  const labels = outerBias.values.length;
  const sight = seeMessage({ width, tokenWidth, heads, queries: queries.values }, embedding);
  const kept = Float32Array.from({ length: hidden }, () => (random() < dropHidden ? 0 : 1 / (1 - dropHidden)));
  const felt = feel({ hidden, inner: inner.values, innerBias: innerBias.values }, sight).map(
    (value, row) => value * (kept[row] ?? 0),
  );
  const words = clues.words.filter(() => random() >= dropWords);
  const rules = random() < dropRules ? [] : clues.rules;
  const shared = [
    ...words.map((place) => ({ place, much: shareOfWords(words.length) })),
    ...rules.map((place) => ({ place, much: SHARE_OF_RULE })),
  ];
  const scores = outerBias.values.slice();
  for (let k = 0; k < labels; k++) {
    for (let row = 0; row < hidden; row++) {
      scores[k] = (scores[k] ?? 0) + (outer.values[k * hidden + row] ?? 0) * (felt[row] ?? 0);
    }
  }
  for (const { place, much } of shared) {
    for (let k = 0; k < labels; k++) scores[k] = (scores[k] ?? 0) + much * (table.values[place * labels + k] ?? 0);
  }
  const likely = softmax(scores);

  const wanted = 1 / right.length;
  const errors = likely.map((value, k) => (value - (right.includes(k) ? wanted : 0)) * weight * share);
  const pulls = new Float32Array(hidden);
  for (let k = 0; k < labels; k++) {
    const error = errors[k] ?? 0;
    add(outerBias.slope, k, error);
    for (let row = 0; row < hidden; row++) {
      add(outer.slope, k * hidden + row, error * (felt[row] ?? 0));
      add(pulls, row, error * (outer.values[k * hidden + row] ?? 0));
    }
  }
  const pulled = new Float32Array(sight.length);
  for (let row = 0; row < hidden; row++) {
    if ((felt[row] ?? 0) <= 0) continue;
    const pull = (pulls[row] ?? 0) * (kept[row] ?? 0);
    add(innerBias.slope, row, pull);
    const base = row * sight.length;
    for (let i = 0; i < sight.length; i++) {
      add(inner.slope, base + i, pull * (sight[i] ?? 0));
      add(pulled, i, pull * (inner.values[base + i] ?? 0));
    }
  }
  for (let head = 0; head < heads; head++) {
    const from = head * tokenWidth;
    const query = queries.values.subarray(from, from + tokenWidth);
    const pull = pulled.subarray(width + from, width + from + tokenWidth);
    learnToAttend({ query, slope: queries.slope.subarray(from, from + tokenWidth), tokens: embedding.tokens, pull });
  }
  for (const { place, much } of shared) {
    places.add(place);
    for (let k = 0; k < labels; k++) add(table.slope, place * labels + k, much * (errors[k] ?? 0));
  }
  return -Math.log(right.reduce((sum, k) => sum + (likely[k] ?? 0), 1e-9)) * weight;
}

/**
 * Adds to a head's slope.
 *
 * @param pull how the loss changes with each number of the mean that the head makes
 */
function learnToAttend({
  query,
  slope,
  tokens,
  pull,
}: {
  query: Float32Array;
  slope: Float32Array;
  tokens: Float32Array;
  pull: Float32Array;
}): void {
  const width = query.length;
  const shares = attend(query, tokens);
  // How the loss changes with each token's share; the shares sum to 1, so only what differs from their mean counts.
  const gains = shares.map((_, token) => {
    let gain = 0;
    for (let i = 0; i < width; i++) gain += (pull[i] ?? 0) * (tokens[token * width + i] ?? 0);
    return TOKEN_SCALE * gain;
  });
  const mean = gains.reduce((sum, gain, token) => sum + gain * (shares[token] ?? 0), 0);
  for (const [token, share] of shares.entries()) {
    const much = share * ((gains[token] ?? 0) - mean);
    for (let i = 0; i < width; i++) add(slope, i, much * (tokens[token * width + i] ?? 0));
  }
}

function add(numbers: Float32Array, place: number, value: number): void {
  numbers[place] = (numbers[place] ?? 0) + value;
}

/** One step of Adam over a run of a layer's numbers; their slope is used up. */
function descend(
  { values, slope, first, second }: Layer,
  { from, to, step, rate, decay }: { from: number; to: number; step: number; rate: number; decay: number },
): void {
  const a = 1 - 0.9 ** step;
  const b = 1 - 0.999 ** step;
  for (let i = from; i < to; i++) {
    const value = values[i] ?? 0;
    const g = (slope[i] ?? 0) + decay * value;
    const mean = 0.9 * (first[i] ?? 0) + 0.1 * g;
    const square = 0.999 * (second[i] ?? 0) + 0.001 * g * g;
    values[i] = value - (rate * (mean / a)) / (Math.sqrt(square / b) + 1e-8);
    first[i] = mean;
    second[i] = square;
    slope[i] = 0;
  }
}

/** Whole steps from -127 to 127 for each label: a quarter of the size, and no answer changes by it. */
function inSteps(values: Float32Array, labels: number): Pick<Classifier, 'clues' | 'steps'> {
  const largest = new Float32Array(labels);
  for (const [i, value] of values.entries()) {
    largest[i % labels] = Math.max(largest[i % labels] ?? 0, Math.abs(value));
  }
  const steps = largest.map((value) => value / 127 || 1);
  return { steps, clues: Int8Array.from(values, (value, i) => Math.round(value / (steps[i % labels] ?? 1))) };
}
