import { type Classifier, SHARE_OF_RULE, shareOfWords } from '../conversation/triage/classifier.ts';
import { type Clues, PLACES } from '../conversation/triage/clues.ts';
import { descend, startLearning } from './adam.ts';

/** A weight for each place of a clue and label, of which a batch touches few. */
export interface ClueTable {
  /** What the clues of each message add to its labels' scores. */
  sums(batch: readonly Weighed[]): Float32Array;
  /** One step, by how the loss changes with those sums. */
  learn(batch: readonly Weighed[], slopes: Float32Array, options: { step: number; rate: number }): void;
  /** As a classifier keeps it. */
  finish(): Pick<Classifier, 'clues' | 'steps'>;
}

/** A message's clues: their places, and how much each counts. */
export type Weighed = readonly { readonly place: number; readonly much: number }[];

/** @param drop shares to leave out: of words, and of all rules together */
export function weighClues(
  { words, rules }: Clues,
  drop: { readonly words: number; readonly rules: number },
  random: () => number,
): Weighed {
  const said = words.filter(() => random() >= drop.words);
  const ruled = random() < drop.rules ? [] : rules;
  return [
    ...said.map((place) => ({ place, much: shareOfWords(said.length) })),
    ...ruled.map((place) => ({ place, much: SHARE_OF_RULE })),
  ];
}

export function createClueTable(labels: number): ClueTable {
  const table = startLearning(new Float32Array(PLACES * labels));
  return {
    sums(batch) {
      const sums = new Float32Array(batch.length * labels);
      for (const [i, clues] of batch.entries()) {
        for (const { place, much } of clues) {
          for (let k = 0; k < labels; k++) {
            sums[i * labels + k] = (sums[i * labels + k] ?? 0) + much * (table.values[place * labels + k] ?? 0);
          }
        }
      }
      return sums;
    },
    learn(batch, slopes, options) {
      const ofPlaces = new Map<number, Float32Array>();
      for (const [i, clues] of batch.entries()) {
        for (const { place, much } of clues) {
          const slope = ofPlaces.get(place) ?? new Float32Array(labels);
          for (let k = 0; k < labels; k++) slope[k] = (slope[k] ?? 0) + much * (slopes[i * labels + k] ?? 0);
          ofPlaces.set(place, slope);
        }
      }
      for (const [place, slope] of ofPlaces) descend(table, slope, { ...options, from: place * labels });
    },
    finish: () => quantizeClues(table.values, labels),
  };
}

/** Whole steps from -127 to 127 for each label: a quarter of the size, and no answer changes by it. */
export function quantizeClues(values: Float32Array, labels: number): Pick<Classifier, 'clues' | 'steps'> {
  const largest = new Float32Array(labels);
  for (const [i, value] of values.entries()) {
    largest[i % labels] = Math.max(largest[i % labels] ?? 0, Math.abs(value));
  }
  const steps = largest.map((value) => value / 127 || 1);
  return { steps, clues: Int8Array.from(values, (value, i) => Math.round(value / (steps[i % labels] ?? 1))) };
}
