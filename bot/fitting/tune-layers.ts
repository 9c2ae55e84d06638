import onnxRuntime, { type Tensor as OnnxTensor } from 'onnxruntime-node';
import type { BertConfig } from '../../knowledge/embedding/bert-to-onnx.ts';
import type { Tensor } from '../../knowledge/embedding/safetensors.ts';
import type { TunedLayers } from '../../knowledge/embedding/tuned-layers.ts';
import { type Classifier, type Ensemble, SHARE_OF_RULE, shareOfWords } from '../conversation/triage/classifier.ts';
import { type Clues, PLACES } from '../conversation/triage/clues.ts';
import { descend, type Learned, startLearning } from './adam.ts';
import { createRandom, shuffle } from './random.ts';
import { memberParameter, type ReadingGraph, readingGraph, slopeOf } from './reading-graph.ts';

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

/** The encoder whose last layers learn. */
export interface TunableEncoder {
  readonly config: BertConfig;
  readonly weights: (name: string) => Tensor;
  /** Number of the first layer that learns. */
  readonly first: number;
}

export interface Tuning {
  readonly epochs: number;
  readonly batch: number;
  readonly members: number;
  readonly heads: number;
  readonly hidden: number;
  /** How fast the layers, what judges by them, and the weights of clues learn, at most. */
  readonly rates: { readonly layers: number; readonly members: number; readonly clues: number };
  /** Share of the steps in which the rate rises; then it falls to almost nothing. */
  readonly rising: number;
  /** Pull toward zero. */
  readonly decay: { readonly layers: number; readonly members: number };
  /** The longest that the slope of all may be. */
  readonly longest: number;
  /** Shares that are left out at random, so that no one thing decides: of a layer's numbers, of hidden ones, of words, of all rules. */
  readonly drop: { readonly layers: number; readonly hidden: number; readonly words: number; readonly rules: number };
  readonly seed: number;
}

export const TUNING: Tuning = {
  epochs: 3,
  batch: 32,
  members: 3,
  heads: 4,
  hidden: 64,
  rates: { layers: 1.5e-4, members: 1e-3, clues: 3e-3 },
  rising: 0.06,
  decay: { layers: 0.01, members: 1e-4 },
  longest: 1,
  drop: { layers: 0.1, hidden: 0.3, words: 0.3, rules: 0.2 },
  seed: 20261123,
};

export interface Tuned {
  readonly layers: TunedLayers;
  readonly classifier: Ensemble;
}

/**
 * Teaches the encoder's last layers to read for triage, together with the classifiers that judge by what they read, by
 * gradient descent on the cross entropy. The same messages give the same result on the same machine.
 *
 * @param onStep hears in words how it goes, every few seconds
 */
export async function tuneLayers({
  messages,
  labels,
  encoder,
  tuning = TUNING,
  onStep = () => {},
}: {
  messages: readonly JudgedMessage[];
  labels: readonly string[];
  encoder: TunableEncoder;
  tuning?: Tuning;
  onStep?: (text: string) => void;
}): Promise<Tuned> {
  const random = createRandom(tuning.seed);
  const plan = { ...encoder, ...tuning, labels: labels.length };
  const graph = readingGraph(plan);
  const parameters = startParameters(graph, encoder, random);
  const tables = Array.from({ length: tuning.members }, () => startLearning(new Float32Array(PLACES * labels.length)));
  const { InferenceSession } = onnxRuntime;
  // One thread, so that sums are always added in the same order and the result is the same every time. Batches differ in
  // shape, and a pattern of memory for each would fill it.
  const session = await InferenceSession.create(Buffer.from(graph.model), {
    intraOpNumThreads: 1,
    enableMemPattern: false,
  });

  const steps = tuning.epochs * Math.ceil(messages.length / tuning.batch);
  const tell = createTeller(steps, onStep);
  let step = 0;
  for (let epoch = 1; epoch <= tuning.epochs; epoch++) {
    for (const batch of batchesOf(messages, tuning.batch, random)) {
      const share = Math.min(1, step / (tuning.rising * steps)) * (1 - step / steps) + 0.01;
      step += 1;
      const said = Array.from({ length: tuning.members }, () =>
        batch.map(({ clues }) => weighed(clues, tuning, random)),
      );
      const feeds: Record<string, OnnxTensor> = {
        ...batchFeeds(batch, encoder.config.hidden_size, labels.length),
        ...maskFeeds(graph, batch, plan, random),
        ...Object.fromEntries(
          said.map((clues, m) => [memberParameter(m, 'clues'), sumClues(clues, tables[m], labels.length)]),
        ),
      };
      for (const { name, shape } of [...graph.ofLayers, ...graph.ofMembers]) {
        feeds[name] = tensor(parameters.get(name)?.values ?? new Float32Array(), shape);
      }
      const outputs = await session.run(feeds);
      const slope = (name: string) => numbersOf(outputs, slopeOf(name));
      const scale = clipping(
        [...graph.ofLayers, ...graph.ofMembers].map(({ name }) => slope(name)),
        tuning.longest,
      );
      for (const [list, rate, decay] of [
        [graph.ofLayers, tuning.rates.layers, tuning.decay.layers],
        [graph.ofMembers, tuning.rates.members, tuning.decay.members],
      ] as const) {
        for (const { name } of list) {
          const learned = parameters.get(name);
          if (learned) descend(learned, slope(name), { step, rate: rate * share, decay, scale });
        }
      }
      for (const [m, clues] of said.entries()) {
        const errors = slope(memberParameter(m, 'clues'));
        learnClues(clues, errors, tables[m], { step, rate: tuning.rates.clues * share });
      }
      tell(epoch, step, numbersOf(outputs, 'loss')[0] ?? Number.NaN);
    }
  }
  return {
    layers: {
      first: encoder.first,
      weights: new Map(
        graph.ofLayers.map(({ name, shape }) => [name, { shape, data: valuesOf(parameters, name) }] as const),
      ),
    },
    classifier: tables.map((table, m) => classifierOf(m, parameters, table.values, { labels, plan })),
  };
}

/** A large negative number: nothing is left of it after a softmax. */
const NEVER = -1e4;

type Parameters = ReadonlyMap<string, Learned>;

function startParameters(graph: ReadingGraph, encoder: TunableEncoder, random: () => number): Parameters {
  const around = (size: number, spread: number) =>
    Float32Array.from({ length: size }, () => (2 * random() - 1) * spread);
  const start = (name: string, [rows = 0, columns = 1]: readonly number[]) => {
    if (name.endsWith('Bias')) return new Float32Array(rows);
    if (name.endsWith('queries')) return around(rows * columns, 0.035);
    return around(rows * columns, name.endsWith('outer') ? 0.01 : 1 / Math.sqrt(2 * columns));
  };
  return new Map([
    ...graph.ofLayers.map(({ name }) => [name, startLearning(encoder.weights(name).data.slice())] as const),
    ...graph.ofMembers.map(({ name, shape }) => [name, startLearning(start(name, shape))] as const),
  ]);
}

/** In a new order each time, messages of like length together, so that little is padding. */
function batchesOf(messages: readonly JudgedMessage[], size: number, random: () => number): JudgedMessage[][] {
  const order = [...messages.keys()];
  shuffle(order, random);
  const batches: JudgedMessage[][] = [];
  for (let from = 0; from < order.length; from += SORTED * size) {
    const chunk = order
      .slice(from, from + SORTED * size)
      .flatMap((i) => messages[i] ?? [])
      .sort((a, b) => a.tokens.length - b.tokens.length);
    for (let at = 0; at < chunk.length; at += size) batches.push(chunk.slice(at, at + size));
  }
  const shuffled = [...batches.keys()];
  shuffle(shuffled, random);
  return shuffled.flatMap((i) => (batches[i] ? [batches[i]] : []));
}

/** So many batches are sorted at a time: more would make every epoch's batches the same. */
const SORTED = 16;

function batchFeeds(batch: readonly JudgedMessage[], width: number, labels: number): Record<string, OnnxTensor> {
  const lengths = batch.map(({ tokens }) => tokens.length / width);
  const longest = Math.max(...lengths);
  const hidden = new Float32Array(batch.length * longest * width);
  const bias = new Float32Array(batch.length * longest);
  const shares = new Float32Array(batch.length * longest);
  const targets = new Float32Array(batch.length * labels);
  for (const [i, { tokens, right, weight }] of batch.entries()) {
    const [at, length] = [i * longest, lengths[i] ?? 0];
    hidden.set(tokens, at * width);
    bias.fill(NEVER, at + length, at + longest);
    shares.fill(1 / length, at, at + length);
    for (const label of right) targets[i * labels + label] = weight / right.length / batch.length;
  }
  return {
    hidden: tensor(hidden, [batch.length, longest, width]),
    attention_bias: tensor(bias, [batch.length, 1, 1, longest]),
    token_bias: tensor(bias, [batch.length, 1, longest]),
    shares: tensor(shares, [batch.length, 1, longest]),
    targets: tensor(targets, [batch.length, labels]),
  };
}

function maskFeeds(
  { masks }: ReadingGraph,
  batch: readonly JudgedMessage[],
  { config: { hidden_size: width }, hidden, drop }: Tuning & TunableEncoder,
  random: () => number,
): Record<string, OnnxTensor> {
  const longest = Math.max(...batch.map(({ tokens }) => tokens.length / width));
  const mask = (shape: readonly number[], dropped: number) => {
    const kept = new Float32Array(shape.reduce((a, b) => a * b, 1));
    for (let i = 0; i < kept.length; i++) kept[i] = random() < dropped ? 0 : 1 / (1 - dropped);
    return tensor(kept, shape);
  };
  return Object.fromEntries([
    ...masks.ofTokens.map((name) => [name, mask([batch.length, longest, width], drop.layers)]),
    ...masks.ofHidden.map((name) => [name, mask([batch.length, hidden], drop.hidden)]),
  ]);
}

/** A clue's place, and how much it counts. */
type Weighed = readonly { readonly place: number; readonly much: number }[];

function weighed({ words, rules }: Clues, { drop }: Tuning, random: () => number): Weighed {
  const said = words.filter(() => random() >= drop.words);
  const ruled = random() < drop.rules ? [] : rules;
  return [
    ...said.map((place) => ({ place, much: shareOfWords(said.length) })),
    ...ruled.map((place) => ({ place, much: SHARE_OF_RULE })),
  ];
}

function sumClues(batch: readonly Weighed[], table: Learned | undefined, labels: number): OnnxTensor {
  const sums = new Float32Array(batch.length * labels);
  for (const [i, clues] of batch.entries()) {
    for (const { place, much } of clues) {
      for (let k = 0; k < labels; k++) {
        sums[i * labels + k] = (sums[i * labels + k] ?? 0) + much * (table?.values[place * labels + k] ?? 0);
      }
    }
  }
  return tensor(sums, [batch.length, labels]);
}

/** One step for the places that a batch's clues lie at. */
function learnClues(
  batch: readonly Weighed[],
  errors: Float32Array,
  table: Learned | undefined,
  options: { step: number; rate: number },
): void {
  const labels = errors.length / batch.length;
  const slopes = new Map<number, Float32Array>();
  for (const [i, clues] of batch.entries()) {
    for (const { place, much } of clues) {
      const slope = slopes.get(place) ?? new Float32Array(labels);
      for (let k = 0; k < labels; k++) slope[k] = (slope[k] ?? 0) + much * (errors[i * labels + k] ?? 0);
      slopes.set(place, slope);
    }
  }
  for (const [place, slope] of slopes) if (table) descend(table, slope, { ...options, from: place * labels });
}

/** What slopes are multiplied by, so that all together are at most so long (Pascanu et al. 2013). */
function clipping(slopes: readonly Float32Array[], longest: number): number {
  let squares = 0;
  for (const slope of slopes) for (let i = 0; i < slope.length; i++) squares += (slope[i] ?? 0) ** 2;
  return Math.min(1, longest / (Math.sqrt(squares) + 1e-6));
}

/** Tells the loss and the pace since it last told. */
function createTeller(steps: number, onStep: (text: string) => void) {
  let [sum, count, since] = [0, 0, performance.now()];
  return (epoch: number, step: number, loss: number) => {
    sum += loss;
    count += 1;
    const seconds = (performance.now() - since) / 1000;
    if (seconds < TELL_EVERY && step < steps) return;
    const pace = `${(count / seconds).toFixed(1)} steps a second`;
    onStep(`tuning: epoch ${epoch}, step ${step} of ${steps}, loss ${(sum / count).toFixed(3)}, ${pace}`);
    [sum, count, since] = [0, 0, performance.now()];
  };
}

const TELL_EVERY = 10;

function classifierOf(
  member: number,
  parameters: Parameters,
  clues: Float32Array,
  { labels, plan }: { labels: readonly string[]; plan: Tuning & TunableEncoder },
): Classifier {
  const { heads, hidden, config } = plan;
  const width = config.hidden_size;
  const part = (name: Part) => valuesOf(parameters, memberParameter(member, name));
  const [ofMean, ofPools] = [part('ofMean'), part('ofPools')];
  const seen = (1 + heads) * width;
  const inner = new Float32Array(hidden * seen);
  for (let row = 0; row < hidden; row++) {
    inner.set(ofMean.subarray(row * width, (row + 1) * width), row * seen);
    inner.set(ofPools.subarray(row * heads * width, (row + 1) * heads * width), row * seen + width);
  }
  return {
    labels,
    tokenWidth: width,
    heads,
    hidden,
    queries: part('queries'),
    inner,
    innerBias: part('innerBias'),
    outer: part('outer'),
    outerBias: part('outerBias'),
    ...inSteps(clues, labels.length),
  };
}

type Part = 'queries' | 'ofMean' | 'ofPools' | 'innerBias' | 'outer' | 'outerBias';

/** Whole steps from -127 to 127 for each label: a quarter of the size, and no answer changes by it. */
function inSteps(values: Float32Array, labels: number): Pick<Classifier, 'clues' | 'steps'> {
  const largest = new Float32Array(labels);
  for (const [i, value] of values.entries()) {
    largest[i % labels] = Math.max(largest[i % labels] ?? 0, Math.abs(value));
  }
  const steps = largest.map((value) => value / 127 || 1);
  return { steps, clues: Int8Array.from(values, (value, i) => Math.round(value / (steps[i % labels] ?? 1))) };
}

function valuesOf(parameters: Parameters, name: string): Float32Array {
  const learned = parameters.get(name);
  if (!learned) throw new RangeError(`tuning: nothing is learned by the name of ${name}`);
  return learned.values;
}

function numbersOf(outputs: Readonly<Record<string, OnnxTensor>>, name: string): Float32Array {
  const output = outputs[name];
  if (!output) throw new Error(`tuning: the graph gives no ${name}`);
  return output.data as Float32Array;
}

function tensor(numbers: Float32Array, shape: readonly number[]): OnnxTensor {
  return new onnxRuntime.Tensor('float32', numbers, [...shape]);
}
