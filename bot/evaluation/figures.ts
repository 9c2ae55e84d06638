import type { Pack } from '../../knowledge/pack/pack.ts';
import type { Reply } from '../reply.ts';
import { type CalibrationBin, calibrationBins, confidencePoints, expectedCalibrationError } from './calibration.ts';
import { type Proportion, proportion } from './clopper-pearson.ts';
import { type Measured, measure } from './metrics.ts';
import { measureRetrieval, type RetrievalFigures } from './retrieval.ts';
import type { Judged } from './run-questions.ts';

/** Everything that is reported of a run. */
export interface Figures {
  readonly questions: number;
  readonly dialogs: number;
  /** Messages asked. */
  readonly turns: number;
  readonly errors: number;
  readonly metrics: Measured;
  readonly retrieval: RetrievalFigures;
  readonly calibration: { readonly bins: readonly CalibrationBin[]; readonly error: number | undefined };
  /** Median number of sentences that an answer quotes. */
  readonly sentencesPerAnswer: number | undefined;
  /** By the category expected first. */
  readonly urgentByCategory: Readonly<Record<string, Proportion>>;
  /** Milliseconds in process. */
  readonly latency:
    | { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number }
    | undefined;
}

export function figuresOf(judged: readonly Judged[], pack: Pack): Figures {
  const turns = judged.flatMap((one) => one.turns);
  const bins = calibrationBins(confidencePoints(judged, pack));
  const dialogs = judged.filter(({ question }) => question.dialog).length;
  return {
    questions: judged.length - dialogs,
    dialogs,
    turns: turns.length,
    errors: turns.filter(({ error }) => error !== undefined).length,
    metrics: measure(judged),
    retrieval: measureRetrieval(judged, pack),
    calibration: { bins, error: expectedCalibrationError(bins) },
    sentencesPerAnswer: percentile(
      turns.flatMap(({ given }) => answerLength(given?.reply, pack)),
      0.5,
    ),
    urgentByCategory: urgentByCategory(judged),
    latency: latencyOf(turns.map(({ milliseconds }) => milliseconds)),
  };
}

/** The value below which `share` of the values lie (nearest rank); `undefined` of none. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

function latencyOf(times: readonly number[]): Figures['latency'] {
  const at = (share: number) => percentile(times, share) ?? 0;
  return times.length === 0 ? undefined : { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

function answerLength(reply: Reply | undefined, pack: Pack): number[] {
  if (reply?.kind !== 'answer') return [];
  const counts = reply.quotes.map(({ passage: { id }, start, end }) => {
    const sentences = pack.passages.find((passage) => passage.id === id)?.sentences ?? [];
    return sentences.filter((sentence) => sentence.start >= start && sentence.end <= end).length;
  });
  return [counts.reduce((a, b) => a + b, 0)];
}

function urgentByCategory(judged: readonly Judged[]): Record<string, Proportion> {
  const counts = new Map<string, { found: number; of: number }>();
  for (const {
    question,
    turns: [turn],
  } of judged) {
    const category = turn?.expected.category[0];
    const due = turn?.expected.kinds.length === 1 && turn.expected.kinds[0] === 'urgent';
    if (question.dialog || category === undefined || !due) continue;
    const { found, of } = counts.get(category) ?? { found: 0, of: 0 };
    counts.set(category, { found: found + (turn?.verdict.kind === 'urgent' ? 1 : 0), of: of + 1 });
  }
  const sorted = [...counts].sort(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(sorted.map(([category, { found, of }]) => [category, proportion(found, of)]));
}
