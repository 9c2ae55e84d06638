import type { Pack } from '../../knowledge/pack/pack.ts';
import { type Proportion, proportion } from './clopper-pearson.ts';
import { meetsAll } from './judge.ts';
import type { Judged, JudgedTurn } from './run-questions.ts';

/** How high the ranking puts a passage that answers. */
export interface RetrievalFigures {
  readonly recallAt1: Proportion;
  readonly recallAt5: Proportion;
  /** Mean of 1 / rank of the first right passage among the ten listed; none listed counts 0. */
  readonly meanReciprocalRank: number | undefined;
}

/**
 * Measured over answerable questions that say what an answer must hold and that were searched for. A passage is right
 * when its text meets `must`.
 */
export function measureRetrieval(judged: readonly Judged[], pack: Pack): RetrievalFigures {
  const ranks = judged
    .filter(({ question }) => !question.dialog)
    .flatMap(({ turns: [turn] }) => (turn && isAnswerable(turn) ? [rankOfRight(turn, pack)] : []));
  const within = (most: number) => ranks.filter((rank) => rank !== undefined && rank <= most).length;
  const reciprocals = ranks.reduce<number>((sum, rank) => sum + (rank === undefined ? 0 : 1 / rank), 0);
  return {
    recallAt1: proportion(within(1), ranks.length),
    recallAt5: proportion(within(5), ranks.length),
    meanReciprocalRank: ranks.length > 0 ? reciprocals / ranks.length : undefined,
  };
}

function isAnswerable({ expected, given }: JudgedTurn): boolean {
  return expected.kinds[0] === 'answer' && expected.must.length > 0 && (given?.explanation.ranking.length ?? 0) > 0;
}

/** From 1; `undefined` when none of the ranking answers. */
export function rankOfRight({ expected, given }: JudgedTurn, pack: Pack): number | undefined {
  const place = (given?.explanation.ranking ?? []).findIndex(({ passage }) =>
    meetsAll(expected.must, [pack.passages[passage]?.text ?? '']),
  );
  return place < 0 ? undefined : place + 1;
}
