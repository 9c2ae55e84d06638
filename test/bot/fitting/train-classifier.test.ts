import { describe, expect, it } from 'vitest';
import { classify } from '../../../bot/conversation/triage/classifier.ts';
import { CLASSIFIER_TRAINING, type JudgedMessage, trainClassifier } from '../../../bot/fitting/train-classifier.ts';
import type { Embedding } from '../../../knowledge/embedding/embedder.ts';

const LABELS = ['liver', 'hearing', 'none'];
const OPTIONS = { ...CLASSIFIER_TRAINING, epochs: 30, hidden: 8, batch: 4 };

/** Told apart by the vector, by a word, and by a rule. */
const messages: JudgedMessage[] = Array.from({ length: 12 }, () => [
  message(0, [1, 0, 0]),
  message(1, [0, 0, 1], [7]),
  message(2, [0, 0, 1]),
]).flat();

function message(label: number, vector: readonly number[], words: readonly number[] = []): JudgedMessage {
  return { right: [label], embedding: embedding(vector), clues: { words, rules: [] }, weight: 1 };
}

/** With tokens that say nothing, where none are given. */
function embedding(vector: readonly number[], tokens: readonly number[] = [0, 0]): Embedding {
  return { vector: Float32Array.from(vector), tokens: Float32Array.from(tokens) };
}

describe('trainClassifier', () => {
  it('learns what vectors and words tell', () => {
    const classifier = trainClassifier(messages, LABELS, 2, OPTIONS);
    for (const { right, embedding, clues } of messages) {
      const probabilities = classify(classifier, embedding, clues);
      expect(probabilities.indexOf(Math.max(...probabilities))).toBe(right[0]);
    }
  });

  it('learns nothing about which of several labels where nobody decided', () => {
    const open = messages.map((one) => (one.right[0] === 0 ? one : { ...one, right: [1, 2] }));
    const [, hearing = 0, none = 0] = classify(trainClassifier(open, LABELS, 2, OPTIONS), embedding([0, 0, 1]), {
      words: [],
      rules: [],
    });
    expect(hearing).toBeCloseTo(none, 1);
    expect(hearing + none).toBeGreaterThan(0.9);
  });

  it('learns which token tells, in messages whose means tell nothing', () => {
    // A token (6, 0) among many, or one (0, 6): the others add up to the same vector.
    const told = (label: number, place: number, length: number) => {
      const tokens = new Array(2 * length).fill(0);
      tokens[2 * place + label] = 6;
      return { ...message(label, [0, 0, 1]), embedding: embedding([0, 0, 1], tokens) };
    };
    const teaching = [0, 1, 2, 3, 4, 5].flatMap((place) => [told(0, place, 12), told(1, place, 12)]);
    const classifier = trainClassifier(teaching, LABELS, 2, { ...OPTIONS, epochs: 600 });
    for (const label of [0, 1]) {
      // Further on, and in a longer message, than any that it learned from.
      const { embedding, clues } = told(label, 20, 30);
      expect(classify(classifier, embedding, clues)[label]).toBeGreaterThan(0.8);
    }
  });

  it('learns the same from the same', () => {
    const [one, other] = [trainClassifier(messages, LABELS, 2, OPTIONS), trainClassifier(messages, LABELS, 2, OPTIONS)];
    expect(one).toEqual(other);
  });

  it('tells how the loss falls', () => {
    const losses: number[] = [];
    trainClassifier(messages, LABELS, 2, { ...OPTIONS, dropHidden: 0, dropWords: 0 }, (_, loss) => losses.push(loss));
    expect(losses).toHaveLength(30);
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 2);
  });
});
