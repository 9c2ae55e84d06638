import type { Classifier } from '../conversation/triage/classifier.ts';
import { startLearning } from './adam.ts';
import { averageTuned, type Tuned } from './average-tuned.ts';
import { type ClueTable, createClueTable, weighClues } from './clue-table.ts';
import type { Parameter, TunableEncoder } from './encoder-layers.ts';
import { descendGraph, type Feeds, type LearnedByName, layersOf, type Schedule, valuesOf } from './graph-descent.ts';
import { createRandom } from './random.ts';
import { type MemberPart, memberParameter, type ReadingGraph, readingGraph } from './reading-graph.ts';
import { type JudgedMessage, mask, tensor, tokenFeeds } from './tuning-batches.ts';

export interface Tuning extends Schedule {
  /** How often all is learned from the start, each time with other chances; the mean of what was learned is kept. */
  readonly runs: number;
  readonly members: number;
  readonly heads: number;
  readonly hidden: number;
  /** How fast the layers, what judges by them, and the weights of clues learn, at most. */
  readonly rates: { readonly layers: number; readonly members: number; readonly clues: number };
  /** Pull toward zero. */
  readonly decay: { readonly layers: number; readonly members: number };
  /** Shares that are left out at random, so that no one thing decides: of a layer's numbers, of hidden ones, of words, of all rules. */
  readonly drop: { readonly layers: number; readonly hidden: number; readonly words: number; readonly rules: number };
  readonly seed: number;
}

export const TUNING: Tuning = {
  runs: 2,
  epochs: 2,
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

export interface TuneLayersInput {
  readonly messages: readonly JudgedMessage[];
  readonly labels: readonly string[];
  readonly encoder: TunableEncoder;
  readonly tuning?: Tuning;
  /** Hears in words how it goes, every few seconds. */
  readonly onStep?: (text: string) => void;
}

/**
 * Teaches the encoder's last layers to read for triage, together with the classifiers that judge by what they read, by
 * gradient descent on the cross entropy. The same messages give the same result on the same machine.
 *
 * Several runs begin with the same numbers and differ in order and in what is left out; the mean of their weights holds
 * better for messages unlike those learned from than each does (Wortsman et al. 2022, model soups).
 */
export async function tuneLayers(input: TuneLayersInput): Promise<Tuned> {
  const runs: Tuned[] = [];
  for (let run = 0; run < (input.tuning ?? TUNING).runs; run++) runs.push(await tuneOnce(input, run));
  return averageTuned(runs);
}

async function tuneOnce(
  { messages, labels, encoder, tuning = TUNING, onStep = () => {} }: TuneLayersInput,
  run: number,
): Promise<Tuned> {
  const start = createRandom(tuning.seed);
  const graph = readingGraph({ ...encoder, ...tuning, labels: labels.length });
  const parameters = startParameters(graph, { encoder, tuning, random: start });
  const random = run === 0 ? start : createRandom(tuning.seed + run);
  const tables = Array.from({ length: tuning.members }, () => createClueTable(labels.length));
  const { hidden_size: width } = encoder.config;
  const lesson = (batch: readonly JudgedMessage[]) => {
    const said = tables.map(() => batch.map(({ clues }) => weighClues(clues, tuning.drop, random)));
    const feeds: Feeds = { ...tokenFeeds(batch, width), targets: targetsOf(batch, labels.length) };
    for (const [m, clues] of said.entries()) {
      feeds[memberParameter(m, 'clues')] = tensor(tables[m]?.sums(clues) ?? NONE, [batch.length, labels.length]);
    }
    const wide = feeds.hidden?.dims ?? [];
    for (const name of graph.masks.ofTokens) feeds[name] = mask(wide, tuning.drop.layers, random);
    for (const name of graph.masks.ofHidden) {
      feeds[name] = mask([batch.length, tuning.hidden], tuning.drop.hidden, random);
    }
    return {
      feeds,
      learn(slope: (input: string) => Float32Array, { step, share }: { step: number; share: number }) {
        const options = { step, rate: tuning.rates.clues * share };
        for (const [m, clues] of said.entries()) tables[m]?.learn(clues, slope(memberParameter(m, 'clues')), options);
      },
    };
  };
  await descendGraph({
    what: `tuning, run ${run + 1}`,
    model: graph.model,
    parameters,
    examples: messages,
    schedule: tuning,
    random,
    lesson,
    onStep,
  });
  return {
    layers: layersOf(encoder, graph.ofLayers, parameters),
    classifier: tables.map((table, m) => classifierOf(m, { parameters, table, labels, tuning })),
  };
}

const NONE = new Float32Array();

/** What is right of each message: [batch, labels], which sum to its weight in the batch. */
function targetsOf(batch: readonly JudgedMessage[], labels: number) {
  const targets = new Float32Array(batch.length * labels);
  for (const [i, { right, weight }] of batch.entries()) {
    for (const label of right) targets[i * labels + label] = weight / right.length / batch.length;
  }
  return tensor(targets, [batch.length, labels]);
}

function startParameters(
  graph: ReadingGraph,
  { encoder, tuning: { rates, decay }, random }: { encoder: TunableEncoder; tuning: Tuning; random: () => number },
): LearnedByName {
  const around = (size: number, spread: number) =>
    Float32Array.from({ length: size }, () => (2 * random() - 1) * spread);
  const start = (name: string, [rows = 0, columns = 1]: readonly number[]) => {
    if (name.endsWith('Bias')) return new Float32Array(rows);
    if (name.endsWith('queries')) return around(rows * columns, 0.035);
    return around(rows * columns, name.endsWith('outer') ? 0.01 : 1 / Math.sqrt(2 * columns));
  };
  const learned = (parameter: Parameter, of: 'layers' | 'members', values: Float32Array) =>
    [parameter.name, { ...parameter, rate: rates[of], decay: decay[of], ...startLearning(values) }] as const;
  return new Map([
    ...graph.ofLayers.map((parameter) => learned(parameter, 'layers', encoder.weights(parameter.name).data.slice())),
    ...graph.ofMembers.map((parameter) => learned(parameter, 'members', start(parameter.name, parameter.shape))),
  ]);
}

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
