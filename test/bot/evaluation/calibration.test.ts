import { describe, expect, it } from 'vitest';
import { calibrationBins, confidencePoints, expectedCalibrationError } from '../../../bot/evaluation/calibration.ts';
import { answer, explanation, judged, refer, unanswered } from '../../support/judged.ts';
import { tinyPack } from '../../support/tiny-pack.ts';

const LIPS = { must: [['plain balm']] };

describe('confidencePoints', () => {
  it('judges an answer by its quotes', () => {
    const rows = [judged({ id: 'a', ...LIPS }, answer('A plain balm helps.'), explanation([0], 0.8))];
    expect(confidencePoints(rows, tinyPack)).toEqual([{ confidence: 0.8, inScope: true, right: true }]);
  });

  it('judges what was held back by the passage that stood first', () => {
    const rows = [
      judged({ id: 'a', ...LIPS }, unanswered(), explanation([1], 0.4)),
      judged({ id: 'b', ...LIPS }, unanswered(), explanation([0, 1], 0.3)),
    ];
    expect(confidencePoints(rows, tinyPack).map(({ right }) => right)).toEqual([true, false]);
  });

  it('holds any confidence out of scope for undeserved', () => {
    const rows = [judged({ id: 'a', kinds: ['unanswered'] }, answer('x'), explanation([0], 0.7))];
    expect(confidencePoints(rows, tinyPack)).toEqual([{ confidence: 0.7, inScope: false, right: false }]);
  });

  it('leaves out referrals, for a passage may well answer beside them', () => {
    const rows = [judged({ id: 'a', kinds: ['refer'] }, refer('personal_dosing'), explanation([0], 0.7))];
    expect(confidencePoints(rows, tinyPack)).toEqual([]);
  });
});

describe('calibrationBins', () => {
  const points = [
    { confidence: 0.05, inScope: true, right: false },
    { confidence: 0.92, inScope: true, right: true },
    { confidence: 0.96, inScope: false, right: false },
    { confidence: 1, inScope: true, right: true },
    { confidence: 0.5, inScope: true, right: undefined },
  ];

  it('counts only what is known to be right or wrong, in tenths', () => {
    expect(calibrationBins(points).map(({ from, count }) => [from, count])).toEqual([
      [0, 1],
      [0.9, 3],
    ]);
  });

  it('weighs the distance from the diagonal by counts', () => {
    const expected = (1 * 0.05 + 3 * Math.abs(2 / 3 - (0.92 + 0.96 + 1) / 3)) / 4;
    expect(expectedCalibrationError(calibrationBins(points))).toBeCloseTo(expected, 9);
  });

  it('knows no error of nothing', () => {
    expect(expectedCalibrationError([])).toBeUndefined();
  });
});
