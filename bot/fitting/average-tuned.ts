import type { Tensor } from '../../knowledge/embedding/safetensors.ts';
import type { TunedLayers } from '../../knowledge/embedding/tuned-layers.ts';
import type { Classifier, Ensemble } from '../conversation/triage/classifier.ts';
import { quantizeClues } from './clue-table.ts';

/** What tuning learns: how the last layers read for triage, and how to judge by what they read. */
export interface Tuned {
  readonly layers: TunedLayers;
  readonly classifier: Ensemble;
}

/** The mean of what was learned several times from the same start. Throws `RangeError` where there is nothing, or shapes differ. */
export function averageTuned(all: readonly Tuned[]): Tuned {
  const [first] = all;
  if (!first) throw new RangeError('average: nothing was learned');
  if (all.length === 1) return first;
  return {
    layers: averageLayers(
      first.layers,
      all.map(({ layers }) => layers),
    ),
    classifier: first.classifier.map((_, m) => averageClassifiers(all.map(({ classifier }) => at(classifier, m)))),
  };
}

function averageLayers({ first, weights }: TunedLayers, all: readonly TunedLayers[]): TunedLayers {
  const mean = ([name, { shape }]: readonly [string, Tensor]) => {
    const data = average(all.map((layers) => layers.weights.get(name)?.data ?? new Float32Array()));
    return [name, { shape, data }] as const;
  };
  return { first, weights: new Map([...weights].map(mean)) };
}

function averageClassifiers(all: readonly Classifier[]): Classifier {
  const mean = (part: (classifier: Classifier) => Float32Array) => average(all.map(part));
  const first = at(all, 0);
  const clues = mean(({ clues, steps }) =>
    Float32Array.from(clues, (value, i) => value * (steps[i % steps.length] ?? 0)),
  );
  return {
    ...first,
    queries: mean(({ queries }) => queries),
    inner: mean(({ inner }) => inner),
    innerBias: mean(({ innerBias }) => innerBias),
    outer: mean(({ outer }) => outer),
    outerBias: mean(({ outerBias }) => outerBias),
    ...quantizeClues(clues, first.labels.length),
  };
}

function average(all: readonly Float32Array[]): Float32Array {
  const first = at(all, 0);
  if (all.some(({ length }) => length !== first.length)) throw new RangeError('average: shapes differ');
  return first.map((_, i) => all.reduce((sum, values) => sum + (values[i] ?? 0), 0) / all.length);
}

function at<T>(list: readonly T[], place: number): T {
  const entry = list[place];
  if (entry === undefined) throw new RangeError('average: one of them lacks a part');
  return entry;
}
