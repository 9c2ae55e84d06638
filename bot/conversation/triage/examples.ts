import { similarity } from '../../../knowledge/embedding/embedder.ts';
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

/** Finds the nearest example of each label: to show beside a decision what it is like. */
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
  return (vector) => {
    const nearest = new Map<string, NearestExample>();
    for (const [i, { label, text }] of examples.entries()) {
      const score = similarity(vector, vectors[i] ?? new Float32Array());
      if (score > (nearest.get(label)?.score ?? -1)) nearest.set(label, { label, text, score });
    }
    return nearest;
  };
}
