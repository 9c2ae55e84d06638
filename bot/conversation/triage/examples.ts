import { createHnswlibIndex } from '../../../knowledge/index/hnswlib-index.ts';
import type { Safety } from '../../../knowledge/pack/safety.ts';

/** A message whose meaning somebody has judged. */
export interface Example {
  /** What it is an example of: an urgent category, a referral reason, or `none` for counter-examples. */
  readonly label: string;
  readonly text: string;
}

export interface NearestExample {
  readonly label: string;
  readonly text: string;
  /** Cosine. */
  readonly score: number;
}

/** Finds the nearest example of each label. */
export type ExampleIndex = (vector: Float32Array) => ReadonlyMap<string, NearestExample>;

/** Every judged message of the safety files; counter-examples are examples of nothing. */
export function safetyExamples({ urgent, referral }: Safety): Example[] {
  const labelled = [
    ...urgent.map((rules) => ({ label: rules.category, ...rules })),
    ...referral.map((rules) => ({ label: rules.reason, ...rules })),
  ];
  return labelled.flatMap(({ label, examples, counter_examples }) => [
    ...examples.map((text) => ({ label, text })),
    ...counter_examples.map((text) => ({ label: 'none', text })),
  ]);
}

/** @param vectors `vectors[i]` belongs to `examples[i]` */
export function createExampleIndex(examples: readonly Example[], vectors: readonly Float32Array[]): ExampleIndex {
  const dimension = vectors[0]?.length ?? 0;
  const placesOf = new Map<string, number[]>();
  for (const [place, { label }] of examples.entries()) {
    const places = placesOf.get(label);
    if (places) places.push(place);
    else placesOf.set(label, [place]);
  }
  const byLabel = [...placesOf].map(([label, places]) => ({
    label,
    places,
    index: createHnswlibIndex(
      places.map((i) => vectors[i] ?? new Float32Array(dimension)),
      dimension,
    ),
  }));
  return (vector) => {
    const nearest = new Map<string, NearestExample>();
    for (const { label, places, index } of byLabel) {
      const [hit] = index.search(vector, 1);
      const text = hit && examples[places[hit.id] ?? -1]?.text;
      if (hit && text !== undefined) nearest.set(label, { label, text, score: hit.score });
    }
    return nearest;
  };
}
