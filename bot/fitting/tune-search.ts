import type { TunedLayers } from '../../knowledge/embedding/tuned-layers.ts';
import { startLearning } from './adam.ts';
import type { TunableEncoder } from './encoder-layers.ts';
import { descendGraph, type Feeds, type LearnedByName, layersOf, type Schedule } from './graph-descent.ts';
import { createRandom } from './random.ts';
import { CENTERS, searchingGraph } from './searching-graph.ts';
import { mask, tensor, tokenFeeds } from './tuning-batches.ts';

/** A text of a passage: its text, a part of it, or a way of asking for it. */
export interface GroupedText {
  /** What the layers below make of its tokens, one after another. */
  readonly tokens: Float32Array;
  /** Which passage. */
  readonly group: number;
}

export interface SearchTuning extends Schedule {
  readonly temperature: number;
  /** Share of the target that goes to all groups alike, since neighbors often answer, too (Szegedy et al. 2016). */
  readonly smoothing: number;
  /** How fast the layers and the centers learn, at most. */
  readonly rates: { readonly layers: number; readonly centers: number };
  /** Pull of the layers toward zero. */
  readonly decay: number;
  /** Share of a layer's numbers that is left out at random. */
  readonly drop: number;
  readonly seed: number;
}

export const SEARCH_TUNING: SearchTuning = {
  epochs: 3,
  batch: 64,
  temperature: 0.05,
  smoothing: 0.1,
  rates: { layers: 1e-4, centers: 2e-3 },
  rising: 0.06,
  decay: 0.01,
  longest: 1,
  drop: 0.1,
  seed: 20261123,
};

/**
 * Teaches the encoder's last layers to put the texts of one passage near each other and apart from other passages'. The
 * centers that help to learn it are not kept: questions are searched by vectors of texts. The same texts give the same
 * layers on the same machine.
 *
 * @param centers what the middles of the groups start from: a vector for each
 * @param onStep  hears in words how it goes, every few seconds
 */
export async function tuneSearch({
  texts,
  centers,
  encoder,
  tuning = SEARCH_TUNING,
  onStep = () => {},
}: {
  texts: readonly GroupedText[];
  centers: readonly Float32Array[];
  encoder: TunableEncoder;
  tuning?: SearchTuning;
  onStep?: (text: string) => void;
}): Promise<TunedLayers> {
  const { rates, decay, smoothing, drop } = tuning;
  const { hidden_size: width } = encoder.config;
  const groups = centers.length;
  const random = createRandom(tuning.seed);
  const graph = searchingGraph({ ...encoder, groups, temperature: tuning.temperature });
  const starts = new Float32Array(groups * width);
  for (const [group, center] of centers.entries()) starts.set(center, group * width);
  const parameters: LearnedByName = new Map([
    ...graph.ofLayers.map(
      ({ name, shape }) =>
        [
          name,
          { name, shape, rate: rates.layers, decay, ...startLearning(encoder.weights(name).data.slice()) },
        ] as const,
    ),
    [CENTERS, { name: CENTERS, shape: [groups, width], rate: rates.centers, decay: 0, ...startLearning(starts) }],
  ]);
  const lesson = (batch: readonly GroupedText[]) => {
    const targets = new Float32Array(batch.length * groups).fill(smoothing / groups / batch.length);
    for (const [i, { group }] of batch.entries()) {
      const at = i * groups + group;
      targets[at] = (targets[at] ?? 0) + (1 - smoothing) / batch.length;
    }
    const feeds: Feeds = { ...tokenFeeds(batch, width), targets: tensor(targets, [batch.length, groups]) };
    for (const name of graph.masks) feeds[name] = mask(feeds.hidden?.dims ?? [], drop, random);
    return { feeds };
  };
  await descendGraph({
    what: 'tuning search',
    model: graph.model,
    parameters,
    examples: texts,
    schedule: tuning,
    random,
    lesson,
    onStep,
  });
  return layersOf(encoder, graph.ofLayers, parameters);
}
