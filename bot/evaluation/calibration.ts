import type { Pack } from '../../knowledge/pack/pack.ts';
import { rankOfRight } from './retrieval.ts';
import type { Judged, JudgedTurn } from './run-questions.ts';

/** A confidence, and whether it was deserved. */
export interface ConfidencePoint {
  readonly confidence: number;
  /** Whether the pack is meant to answer the question at all. */
  readonly inScope: boolean;
  /** Whether what the bot put first answers; unknown where the question does not say what an answer must hold. */
  readonly right: boolean | undefined;
}

export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly meanConfidence: number;
  /** Share of its points that were right. */
  readonly accuracy: number;
}

/** One point for each single question that was searched for and is either answerable or out of scope. */
export function confidencePoints(judged: readonly Judged[], pack: Pack): ConfidencePoint[] {
  return judged.flatMap(({ question, turns: [turn] }) => {
    if (question.dialog || !turn?.given || turn.given.explanation.ranking.length === 0) return [];
    const [best] = turn.expected.kinds;
    if (best !== 'answer' && best !== 'unanswered') return [];
    const { confidence } = turn.given.explanation;
    return [{ confidence, inScope: best === 'answer', right: best === 'answer' ? isRight(turn, pack) : false }];
  });
}

/** Equal-width bins over 0 to 1 of the points whose truth is known; empty ones are left out. */
export function calibrationBins(points: readonly ConfidencePoint[], bins = 10): CalibrationBin[] {
  const known = points.filter(({ right }) => right !== undefined);
  return Array.from({ length: bins }, (_, i) => {
    const here = known.filter(({ confidence }) => Math.min(bins - 1, Math.floor(confidence * bins)) === i);
    return {
      from: i / bins,
      to: (i + 1) / bins,
      count: here.length,
      meanConfidence: here.reduce((sum, { confidence }) => sum + confidence, 0) / here.length,
      accuracy: here.filter(({ right }) => right).length / here.length,
    };
  }).filter(({ count }) => count > 0);
}

/** Mean distance between confidence and accuracy, weighted by counts (Naeini et al. 2015). */
export function expectedCalibrationError(bins: readonly CalibrationBin[]): number | undefined {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return undefined;
  return bins.reduce((sum, bin) => sum + (bin.count / total) * Math.abs(bin.accuracy - bin.meanConfidence), 0);
}

function isRight(turn: JudgedTurn, pack: Pack): boolean | undefined {
  if (turn.expected.must.length === 0) return undefined;
  // Of an answer, what was quoted; of anything else, what would have been quoted from.
  if (turn.verdict.kind === 'answer') return turn.verdict.missing.length === 0;
  return rankOfRight(turn, pack) === 1;
}
