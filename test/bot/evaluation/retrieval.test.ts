import { describe, expect, it } from 'vitest';
import { measureRetrieval } from '../../../bot/evaluation/retrieval.ts';
import { answer, explanation, judged, unanswered, urgent } from '../../support/judged.ts';
import { tinyPack } from '../../support/tiny-pack.ts';

const LIPS = { must: [['plain balm']] };

describe('measureRetrieval', () => {
  it('counts a passage as right when its text says what an answer must', () => {
    const rows = [
      judged({ id: 'first', ...LIPS }, answer('x'), explanation([1, 0])),
      judged({ id: 'second', ...LIPS }, unanswered(), explanation([0, 1])),
      judged({ id: 'nowhere', ...LIPS }, unanswered(), explanation([0])),
    ];
    expect(measureRetrieval(rows, tinyPack)).toMatchObject({
      recallAt1: { count: 1, of: 3 },
      recallAt5: { count: 2, of: 3 },
      meanReciprocalRank: (1 + 1 / 2) / 3,
    });
  });

  it('leaves out what was not searched for, and what does not say what an answer must hold', () => {
    const rows = [
      judged({ id: 'urgent', ...LIPS }, urgent('other'), explanation([])),
      judged({ id: 'no-must' }, answer('x'), explanation([1])),
      judged({ id: 'out-of-scope', kinds: ['unanswered'] }, unanswered(), explanation([1])),
    ];
    expect(measureRetrieval(rows, tinyPack)).toMatchObject({ recallAt1: { of: 0 }, meanReciprocalRank: undefined });
  });
});
