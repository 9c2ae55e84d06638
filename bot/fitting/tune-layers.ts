import onnxRuntime from 'onnxruntime-node';
import type { BertConfig } from '../../knowledge/embedding/bert-to-onnx.ts';
import type { Tensor } from '../../knowledge/embedding/safetensors.ts';
import type { TunedLayers } from '../../knowledge/embedding/tuned-layers.ts';
import type { Classifier, Ensemble } from '../conversation/triage/classifier.ts';
import { descend, type Learned, startLearning } from './adam.ts';
import { type ClueTable, createClueTable, weighClues } from './clue-table.ts';
import { createRandom } from './random.ts';
import {
  type MemberPart,
  memberParameter,
  type Parameter,
  type ReadingGraph,
  readingGraph,
  slopeOf,
} from './reading-graph.ts';
import { batchesOf, batchFeeds, type JudgedMessage, mask, tensor } from './tuning-batches.ts';

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
  const graph = readingGraph({ ...encoder, ...tuning, labels: labels.length });
  const parameters = startParameters(graph, encoder, random);
  const tables = Array.from({ length: tuning.members }, () => createClueTable(labels.length));
  const run = await openGraph(graph);

  const steps = tuning.epochs * Math.ceil(messages.length / tuning.batch);
  const tell = createTeller(steps, onStep);
  let step = 0;
  for (let epoch = 1; epoch <= tuning.epochs; epoch++) {
    for (const batch of batchesOf(messages, tuning.batch, random)) {
      const share = Math.min(1, step / (tuning.rising * steps)) * (1 - step / steps) + 0.01;
      step += 1;
      const said = tables.map(() => batch.map(({ clues }) => weighClues(clues, tuning.drop, random)));
      const feeds = batchFeeds(batch, encoder.config.hidden_size, labels.length);
      for (const [m, clues] of said.entries()) {
        feeds[memberParameter(m, 'clues')] = tensor(tables[m]?.sums(clues) ?? NONE, [batch.length, labels.length]);
      }
      const wide = feeds.hidden?.dims ?? [];
      for (const name of graph.masks.ofTokens) feeds[name] = mask(wide, tuning.drop.layers, random);
      for (const name of graph.masks.ofHidden) {
        feeds[name] = mask([batch.length, tuning.hidden], tuning.drop.hidden, random);
      }
      for (const { name, shape, values } of parameters.values()) feeds[name] = tensor(values, shape);
      const found = await run(feeds);
      const slopes = [...parameters.keys()].map((name) => found(slopeOf(name)));
      const scale = clipping(slopes, tuning.longest);
      for (const [i, learned] of [...parameters.values()].entries()) {
        const { [learned.of]: rate } = tuning.rates;
        const { [learned.of]: decay } = tuning.decay;
        descend(learned, slopes[i] ?? NONE, { step, rate: rate * share, decay, scale });
      }
      for (const [m, clues] of said.entries()) {
        const options = { step, rate: tuning.rates.clues * share };
        tables[m]?.learn(clues, found(slopeOf(memberParameter(m, 'clues'))), options);
      }
      tell(epoch, step, found('loss')[0] ?? Number.NaN);
    }
  }
  const weights = graph.ofLayers.map(({ name, shape }) => [name, { shape, data: valuesOf(parameters, name) }] as const);
  return {
    layers: { first: encoder.first, weights: new Map(weights) },
    classifier: tables.map((table, m) => classifierOf(m, { parameters, table, labels, tuning })),
  };
}

const NONE = new Float32Array();

/** What is learned, by name, in the order of the graph's inputs. */
type LearnedByName = ReadonlyMap<string, Learned & Parameter & { readonly of: 'layers' | 'members' }>;

function startParameters(graph: ReadingGraph, encoder: TunableEncoder, random: () => number): LearnedByName {
  const around = (size: number, spread: number) =>
    Float32Array.from({ length: size }, () => (2 * random() - 1) * spread);
  const start = (name: string, [rows = 0, columns = 1]: readonly number[]) => {
    if (name.endsWith('Bias')) return new Float32Array(rows);
    if (name.endsWith('queries')) return around(rows * columns, 0.035);
    return around(rows * columns, name.endsWith('outer') ? 0.01 : 1 / Math.sqrt(2 * columns));
  };
  const learned = (parameter: Parameter, of: 'layers' | 'members', values: Float32Array) =>
    [parameter.name, { ...parameter, of, ...startLearning(values) }] as const;
  return new Map([
    ...graph.ofLayers.map((parameter) => learned(parameter, 'layers', encoder.weights(parameter.name).data.slice())),
    ...graph.ofMembers.map((parameter) => learned(parameter, 'members', start(parameter.name, parameter.shape))),
  ]);
}

type Feeds = ReturnType<typeof batchFeeds>;

/** Runs the graph; its outputs are asked for by name. */
async function openGraph({
  model,
}: ReadingGraph): Promise<(feeds: Feeds) => Promise<(output: string) => Float32Array>> {
  // One thread, so that sums are always added in the same order and the result is the same every time. Batches differ in
  // shape, and a pattern of memory for each would fill it.
  const options = { intraOpNumThreads: 1, enableMemPattern: false };
  const session = await onnxRuntime.InferenceSession.create(Buffer.from(model), options);
  return async (feeds) => {
    const outputs = await session.run(feeds);
    return (name) => {
      const output = outputs[name];
      if (!output) throw new Error(`tuning: the graph gives no ${name}`);
      return output.data as Float32Array;
    };
  };
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
  {
    parameters,
    table,
    labels,
    tuning: { heads, hidden },
  }: { parameters: LearnedByName; table: ClueTable; labels: readonly string[]; tuning: Tuning },
): Classifier {
  const part = (name: MemberPart) => valuesOf(parameters, memberParameter(member, name));
  const [queries, ofMean, ofPools] = [part('queries'), part('ofMean'), part('ofPools')];
  const width = queries.length / heads;
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
    queries,
    inner,
    innerBias: part('innerBias'),
    outer: part('outer'),
    outerBias: part('outerBias'),
    ...table.finish(),
  };
}

function valuesOf(parameters: LearnedByName, name: string): Float32Array {
  const learned = parameters.get(name);
  if (!learned) throw new RangeError(`tuning: nothing is learned by the name of ${name}`);
  return learned.values;
}
