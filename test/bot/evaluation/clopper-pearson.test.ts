import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proportion, upperBound } from '../../../bot/evaluation/clopper-pearson.ts';

describe('proportion', () => {
  it('gives the published bounds', () => {
    // Newcombe 1998, table I, method 5: 81/263, 15/148, 0/20, 1/29.
    for (const [count, of, low, high] of [
      [81, 263, 0.2527, 0.3676],
      [15, 148, 0.0578, 0.1617],
      [0, 20, 0, 0.1684],
      [1, 29, 0.0009, 0.1776],
    ] as const) {
      const bounds = proportion(count, of);
      expect(bounds.low).toBeCloseTo(low, 4);
      expect(bounds.high).toBeCloseTo(high, 4);
    }
  });

  it('follows the closed form where all or none are counted', () => {
    expect(proportion(0, 300).high).toBeCloseTo(1 - 0.025 ** (1 / 300), 9);
    expect(proportion(300, 300).low).toBeCloseTo(0.025 ** (1 / 300), 9);
  });

  it('has no rate and no knowledge of nothing', () => {
    expect(proportion(0, 0)).toEqual({ count: 0, of: 0, rate: undefined, low: 0, high: 1 });
  });

  it('holds the rate between its bounds, and mirrors with what is counted', () => {
    const counted = fc
      .integer({ min: 1, max: 800 })
      .chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)));
    fc.assert(
      fc.property(counted, ([count, of]) => {
        const here = proportion(count, of);
        const mirrored = proportion(of - count, of);
        expect(here.low).toBeLessThanOrEqual(count / of);
        expect(here.high).toBeGreaterThanOrEqual(count / of);
        expect(here.low).toBeCloseTo(1 - mirrored.high, 9);
      }),
      { numRuns: 60 },
    );
  });
});

describe('upperBound', () => {
  it('is the rule of three for none seen', () => {
    expect(upperBound(0, 300)).toBeCloseTo(1 - 0.05 ** (1 / 300), 9);
  });

  it('lies below the upper of two bounds at the same level', () => {
    expect(upperBound(5, 200)).toBeLessThan(proportion(5, 200).high);
  });
});
