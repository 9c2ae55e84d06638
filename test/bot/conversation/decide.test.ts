import { describe, expect, it } from 'vitest';
import { decide } from '../../../bot/conversation/decide.ts';
import type { Ranking, Retrieved } from '../../../bot/conversation/retrieve.ts';
import { ranked, retrieved } from '../../support/retrieved.ts';
import { tinyPack } from '../../support/tiny-pack.ts';

// Of the numbers only the question counts, and a cosine of 0.5 is even odds: 0.62 is sure enough, 0.46 worth asking.
const fitted = { calibration: { bias: -5, question: 10 }, decision: { answer: 0.76, clarify: 0.4 } };
const SURE = 0.62;
const PERHAPS = 0.5;
const HARDLY = 0.2;

const decideOn = (found: Partial<Retrieved>) => decide(tinyPack, retrieved(found), fitted);
const candidate = (passage: number, question: number, score = 1): Ranking =>
  ranked({ passage, score, features: { question } });

describe('decide', () => {
  it('answers with the best passage where that is sure enough, and says how sure', () => {
    const best = candidate(1, SURE);
    const decision = decideOn({ ranking: [best, candidate(0, HARDLY, 0.5)] });
    expect(decision).toEqual({ kind: 'answer', best, elsewhere: false, confidence: expect.closeTo(0.769, 3) });
  });

  it('is unsure where nothing was found', () => {
    expect(decideOn({})).toEqual({ kind: 'unsure', confidence: 0 });
  });

  it('is unsure where nothing fits', () => {
    expect(decideOn({ ranking: [candidate(0, HARDLY), candidate(1, HARDLY)] }).kind).toBe('unsure');
  });

  describe('between two passages', () => {
    it('asks which is meant where both may fit, are close, and speak of different things', () => {
      const options = [candidate(0, PERHAPS, 1), candidate(1, PERHAPS, 0.9)];
      expect(decideOn({ ranking: options })).toMatchObject({ kind: 'clarify', options });
    });

    it('does not ask where one is well ahead', () => {
      expect(decideOn({ ranking: [candidate(0, PERHAPS, 1), candidate(1, PERHAPS, 0.7)] }).kind).toBe('unsure');
    });

    it('does not ask between two of one topic', () => {
      expect(decideOn({ ranking: [candidate(0, PERHAPS), candidate(0, PERHAPS)] }).kind).toBe('unsure');
    });

    it('does not ask where neither may fit', () => {
      expect(decideOn({ ranking: [candidate(0, HARDLY), candidate(1, HARDLY)] }).kind).toBe('unsure');
    });
  });

  describe('between regions', () => {
    it("answers with the region's own where that is sure enough, however much surer another is", () => {
      const decision = decideOn({ ranking: [candidate(0, SURE)], elsewhere: [candidate(1, 0.9, 5)] });
      expect(decision).toMatchObject({ kind: 'answer', best: { passage: 0 }, elsewhere: false });
    });

    it('answers with another region where nothing of its own may fit, and says so', () => {
      const decision = decideOn({ ranking: [candidate(0, HARDLY)], elsewhere: [candidate(1, SURE)] });
      expect(decision).toMatchObject({ kind: 'answer', best: { passage: 1 }, elsewhere: true });
    });

    it('answers with another region where it has none of its own at all', () => {
      expect(decideOn({ elsewhere: [candidate(1, SURE)] })).toMatchObject({ kind: 'answer', elsewhere: true });
    });

    it('does not go abroad where its own may fit, nor for what is not sure there', () => {
      expect(decideOn({ ranking: [candidate(0, PERHAPS)], elsewhere: [candidate(1, SURE)] }).kind).toBe('unsure');
      expect(decideOn({ ranking: [candidate(0, HARDLY)], elsewhere: [candidate(1, PERHAPS)] }).kind).toBe('unsure');
    });
  });
});
