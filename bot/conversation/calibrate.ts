import type { Fitted } from '../fitted/fitted.ts';
import { type Retrieved, VOTERS } from './retrieve.ts';
import { weigh } from './weigh.ts';

/** What tells a good match from a bad one, all between about 0 and 1. */
export interface CalibrationFeatures {
  readonly bias: 1;
  /** Of the best passage. */
  readonly question: number;
  readonly questionMean: number;
  readonly center: number;
  readonly passage: number;
  readonly words: number;
  readonly coverage: number;
  /** Of the query. A long one is never as near to a question of the pack as a short one, however well it is answered. */
  readonly length: number;
  /** How far its score is above the second's. */
  readonly margin: number;
  /** How much nearer the query is to a question known to be out of scope than to the passage's. */
  readonly outOfScope: number;
  /** Probability that the query is about something else than the pack. */
  readonly outside: number;
  readonly unknownWords: number;
  /** How many of the three lists put it first, over three. */
  readonly agreement: number;
  /** Share of the nearest questions that are its own. */
  readonly votes: number;
  /** Share of the nearest questions that are out of scope. */
  readonly votesAgainst: number;
  /** 1 where the pack's subject is named. */
  readonly ownSubject: number;
  /** 1 where another subject is named, and the pack's is not. */
  readonly otherSubject: number;
  /** 1 where both are. */
  readonly bothSubjects: number;
}

/**
 * The probability that the best passage answers: logistic regression (Platt 1999) over the features of a ranking,
 * fitted on `test/questions/fit/`. Scores of a fusion are no confidences by themselves.
 */
export function calibrate(features: CalibrationFeatures, weights: Fitted['calibration']): number {
  return 1 / (1 + Math.exp(-weigh(weights, features)));
}

/** Features of the best of a ranking; nothing where the ranking is empty. */
export function calibrationFeatures(
  { length, outOfScope, outside, unknownWords, subjects, votes }: Omit<Retrieved, 'ranking' | 'elsewhere'>,
  ranking: Retrieved['ranking'],
): CalibrationFeatures | undefined {
  const [best, second] = ranking;
  if (!best) return undefined;
  const { question, questionMean, center, passage, words, coverage } = best.features;
  const first = (name: 'question' | 'passage' | 'words') =>
    ranking.every((other) => other.features[name] <= best.features[name]) ? 1 : 0;
  return {
    bias: 1,
    question,
    questionMean,
    center,
    passage,
    words,
    coverage,
    length,
    margin: Math.min(1, best.score - (second?.score ?? 0)),
    outOfScope: outOfScope - question,
    outside,
    unknownWords,
    agreement: (first('question') + first('passage') + first('words')) / 3,
    votes: (votes.get(best.passage) ?? 0) / VOTERS,
    votesAgainst: (votes.get(-1) ?? 0) / VOTERS,
    ownSubject: subjects.own ? 1 : 0,
    otherSubject: subjects.other && !subjects.own ? 1 : 0,
    bothSubjects: subjects.other && subjects.own ? 1 : 0,
  };
}
