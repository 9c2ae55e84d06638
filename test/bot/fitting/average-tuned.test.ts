import { describe, expect, it } from 'vitest';
import { classify } from '../../../bot/conversation/triage/classifier.ts';
import { averageTuned, type Tuned } from '../../../bot/fitting/average-tuned.ts';

/** Two labels, one hidden number; all weights are `value`, and clue 0 speaks for the first label by as much. */
function tuned(value: number, width = 2): Tuned {
  const all = (size: number) => new Float32Array(size).fill(value);
  return {
    layers: { first: 4, weights: new Map([['a.weight', { shape: [1, width], data: all(width) }]]) },
    classifier: [
      {
        labels: ['liver', 'none'],
        tokenWidth: width,
        heads: 1,
        hidden: 1,
        queries: all(width),
        inner: all(2 * width),
        innerBias: all(1),
        outer: all(2),
        outerBias: all(2),
        clues: Int8Array.from([127, 0, 0, 127]),
        steps: Float32Array.from([value / 127, 1 / 127]),
      },
    ],
  };
}

describe('averageTuned', () => {
  it('gives the mean of every weight, of clues as well', () => {
    const { layers, classifier } = averageTuned([tuned(1), tuned(3)]);
    expect([...(layers.weights.get('a.weight')?.data ?? [])]).toEqual([2, 2]);
    const [mean] = classifier;
    if (!mean) throw new RangeError('no classifier');
    for (const part of [mean.queries, mean.inner, mean.innerBias, mean.outer, mean.outerBias]) {
      expect(new Set(part)).toEqual(new Set([2]));
    }
    expect([0, 1, 2, 3].map((i) => (mean.clues[i] ?? 0) * (mean.steps[i % 2] ?? 0))).toEqual([2, 0, 0, 1].map(near));
    const tokens = Float32Array.from([1, 0]);
    const [liver = 0, none = 0] = classify(mean, { tokens }, { words: [], rules: [] });
    expect(liver).toBeCloseTo(none, 6);
  });

  it('leaves alone what was learned once', () => {
    const once = tuned(1);
    expect(averageTuned([once])).toBe(once);
  });

  it('refuses nothing at all, and shapes that differ', () => {
    expect(() => averageTuned([])).toThrow('nothing was learned');
    expect(() => averageTuned([tuned(1), tuned(1, 3)])).toThrow('shapes differ');
  });
});

function near(value: number): unknown {
  return expect.closeTo(value, 2);
}
