import { describe, expect, it } from 'vitest';
import { CLASSIFIER_TRAINING, type JudgedMessage, trainClassifier } from '../../../bot/fitting/train-classifier.ts';
import { trainEnsemble } from '../../../bot/fitting/train-ensemble.ts';

const LABELS = ['liver', 'hearing'];

const messages: JudgedMessage[] = [0, 1, 0, 1, 1].map((label, i) => ({
  right: [label],
  embedding: { vector: Float32Array.of(label, 1 - label), tokens: Float32Array.of(i / 5, label, 0.5, -label) },
  clues: { words: [i], rules: [] },
  weight: 1,
}));

describe('trainEnsemble', () => {
  it('gives the members that each seed gives alone, in the order of the seeds, and tells of each epoch', async () => {
    const heard: string[] = [];
    const seeds = [3, 1, 2];
    const task = { messages, labels: LABELS, tokenWidth: 2, seeds };
    const together = await trainEnsemble({ ...task, onStep: (text) => heard.push(text) });
    const alone = seeds.map((seed) => trainClassifier(messages, LABELS, 2, { ...CLASSIFIER_TRAINING, seed }));
    expect(together).toEqual(alone);
    for (const seed of seeds) {
      const own = heard.filter((text) => text.startsWith(`classifier ${seed}: epoch`));
      expect(own).toHaveLength(CLASSIFIER_TRAINING.epochs);
    }
  });
});
