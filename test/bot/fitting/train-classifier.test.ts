import { describe, expect, it } from 'vitest';
import { classify } from '../../../bot/conversation/triage/classifier.ts';
import { CLASSIFIER_TRAINING, type JudgedMessage, trainClassifier } from '../../../bot/fitting/train-classifier.ts';

const LABELS = ['liver', 'hearing', 'none'];
const OPTIONS = { ...CLASSIFIER_TRAINING, epochs: 30, hidden: 8, batch: 4 };

/** Told apart by the vector, by a word, and by a rule. */
const messages: JudgedMessage[] = Array.from({ length: 12 }, () => [
  message(0, [1, 0, 0]),
  message(1, [0, 0, 1], [7]),
  message(2, [0, 0, 1]),
]).flat();

function message(label: number, vector: readonly number[], words: readonly number[] = []): JudgedMessage {
  return { right: [label], vector: Float32Array.from(vector), clues: { words, rules: [] }, weight: 1 };
}

describe('trainClassifier', () => {
  it('learns what vectors and words tell', () => {
    const classifier = trainClassifier(messages, LABELS, OPTIONS);
    for (const { right, vector, clues } of messages) {
      const probabilities = classify(classifier, vector, clues);
      expect(probabilities.indexOf(Math.max(...probabilities))).toBe(right[0]);
    }
  });

  it('learns nothing about which of several labels where nobody decided', () => {
    const open = messages.map((one) => (one.right[0] === 0 ? one : { ...one, right: [1, 2] }));
    const [, hearing = 0, none = 0] = classify(trainClassifier(open, LABELS, OPTIONS), Float32Array.of(0, 0, 1), {
      words: [],
      rules: [],
    });
    expect(hearing).toBeCloseTo(none, 1);
    expect(hearing + none).toBeGreaterThan(0.9);
  });

  it('learns the same from the same', () => {
    const [one, other] = [trainClassifier(messages, LABELS, OPTIONS), trainClassifier(messages, LABELS, OPTIONS)];
    expect(one).toEqual(other);
  });

  it('tells how the loss falls', () => {
    const losses: number[] = [];
    trainClassifier(messages, LABELS, { ...OPTIONS, dropHidden: 0, dropWords: 0 }, (_, loss) => losses.push(loss));
    expect(losses).toHaveLength(30);
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 2);
  });
});
