import { describe, expect, it } from 'vitest';
import { descend, startLearning } from '../../../bot/fitting/adam.ts';

describe('descend', () => {
  it('finds the lowest place of a bowl', () => {
    const learned = startLearning(Float32Array.of(3, -2));
    for (let step = 1; step <= 500; step++) {
      const slope = learned.values.map((value, i) => 2 * (value - i));
      descend(learned, slope, { step, rate: 0.05 });
    }
    expect(learned.values[0]).toBeCloseTo(0, 2);
    expect(learned.values[1]).toBeCloseTo(1, 2);
  });

  it('goes as far as the rate says at first, however steep it is', () => {
    for (const steep of [1e-3, 1e3]) {
      const learned = startLearning(Float32Array.of(1));
      descend(learned, Float32Array.of(steep), { step: 1, rate: 0.1 });
      expect(learned.values[0]).toBeCloseTo(0.9, 4);
    }
  });

  it('lets decay pull where there is no slope, and leaves what lies beside a run', () => {
    const learned = startLearning(Float32Array.of(1, 1, 1));
    descend(learned, Float32Array.of(0), { step: 1, rate: 0.1, decay: 0.5, from: 1 });
    expect([...learned.values]).toEqual([1, expect.closeTo(0.95), 1]);
  });
});
