import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate, calibrationFeatures } from '../../../bot/conversation/calibrate.ts';
import { ranked, retrieved } from '../../support/retrieved.ts';

describe('calibrationFeatures', () => {
  it('are none where nothing was found', () => {
    expect(calibrationFeatures(retrieved(), [])).toBeUndefined();
  });

  it('tell how far the best is above the second, at most 1', () => {
    const margin = (first: number, second: number) =>
      calibrationFeatures(retrieved(), [ranked({ score: first }), ranked({ passage: 1, score: second })])?.margin;
    expect(margin(3, 2.5)).toBeCloseTo(0.5);
    expect(margin(9, 2)).toBe(1);
  });

  it('tell in how many of the three lists the best is first', () => {
    const best = ranked({ features: { question: 0.9, passage: 0.8, words: 0.2 } });
    const other = ranked({ passage: 1, features: { question: 0.5, passage: 0.8, words: 1 } });
    expect(calibrationFeatures(retrieved(), [best, other])?.agreement).toBeCloseTo(2 / 3);
  });

  it('tell how much nearer the query is to what is out of scope', () => {
    const features = calibrationFeatures(retrieved({ outOfScope: 0.7 }), [ranked({ features: { question: 0.4 } })]);
    expect(features?.outOfScope).toBeCloseTo(0.3);
  });

  it('tell which of the nearest questions are its own, and which out of scope', () => {
    const votes = new Map([
      [4, 6],
      [-1, 3],
    ]);
    expect(calibrationFeatures(retrieved({ votes }), [ranked({ passage: 4 })])).toMatchObject({
      votes: 0.6,
      votesAgainst: 0.3,
    });
  });

  it.each([
    [{ own: true, other: false }, [1, 0, 0]],
    [{ own: false, other: true }, [0, 1, 0]],
    [{ own: true, other: true }, [1, 0, 1]],
    [{ own: false, other: false }, [0, 0, 0]],
  ])('tell apart which subjects are named: %o', (subjects, expected) => {
    const features = calibrationFeatures(retrieved({ subjects }), [ranked({})]);
    expect([features?.ownSubject, features?.otherSubject, features?.bothSubjects]).toEqual(expected);
  });
});

describe('calibrate', () => {
  const features = calibrationFeatures(retrieved(), [ranked({ features: { question: 0.6 } })]);
  if (!features) throw new RangeError('no features');

  it('is the logistic function of the weighted sum', () => {
    expect(calibrate(features, { bias: -1, question: 5 })).toBeCloseTo(1 / (1 + Math.exp(-2)));
    expect(calibrate(features, {})).toBe(0.5);
  });

  it('is a probability whatever the weights, and takes no notice of a weight without a feature', () => {
    const weight = fc.double({ min: -1000, max: 1000, noNaN: true });
    fc.assert(
      fc.property(weight, weight, (bias, unknown) => {
        const probability = calibrate(features, { bias, 'a feature that is no more': unknown });
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
        expect(probability).toBe(calibrate(features, { bias }));
      }),
    );
  });
});
