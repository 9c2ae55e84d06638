import type { Reply } from '../reply.ts';
import type { Judged, JudgedTurn } from './run-questions.ts';

/** One turn that was not right, in words for a table. */
export interface Miss {
  readonly id: string;
  /** Its topic, or the bucket where it has none. */
  readonly topic: string;
  /** How bad it is: what a reader sorts by. */
  readonly severity: Severity;
  /** What was said before it in the dialog. */
  readonly before: readonly string[];
  readonly question: string;
  readonly got: string;
  readonly wanted: string;
  /** What the writer of the question noted. */
  readonly note: string;
  /** What was quoted. */
  readonly quotes: readonly string[];
}

/**
 * Worst first. `detail`: acceptable, but another kind was wanted first, which figures such as `answerCorrectStrict` count,
 * or another category of an alarm or reason of a referral.
 */
export const SEVERITIES = ['missed danger', 'false alarm', 'wrong answer', 'not right', 'detail'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Every turn that was not wholly right, worst first. */
export function missesOf(judged: readonly Judged[]): Miss[] {
  const misses = judged.flatMap(({ question, turns }) =>
    turns.flatMap((turn, place): Miss[] => {
      const severity = severityOf(turn);
      if (severity === undefined) return [];
      const { expected, given } = turn;
      return [
        {
          id: question.dialog ? `${question.id}, turn ${place + 1}` : question.id,
          topic: question.topic ?? question.bucket,
          severity,
          before: turns.slice(0, place).map((earlier) => earlier.expected.q),
          question: expected.q,
          got: gotInWords(turn),
          wanted: wantedInWords(turn),
          note: expected.note,
          quotes: given?.reply.quotes.map(({ text }) => text) ?? [],
        },
      ];
    }),
  );
  return misses.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

function severityOf({ expected, verdict }: JudgedTurn): Severity | undefined {
  const dangerDue = expected.kinds.length === 1 && expected.kinds[0] === 'urgent';
  if (dangerDue && verdict.kind !== 'urgent') return 'missed danger';
  if (verdict.kind === 'urgent' && !expected.kinds.includes('urgent')) return 'false alarm';
  if (verdict.wrongAnswer) return 'wrong answer';
  if (!verdict.acceptable || verdict.faults.length > 0) return 'not right';
  const asWanted = verdict.kind === expected.kinds[0] && verdict.categoryRight && verdict.reasonRight;
  return asWanted ? undefined : 'detail';
}

function gotInWords({ verdict, given, error }: JudgedTurn): string {
  if (!given) return `no reply: ${error ?? 'unknown error'}`;
  const { reply, explanation } = given;
  const parts = [kindInWords(reply)];
  if (explanation.ranking.length > 0) parts.push(`confidence ${explanation.confidence.toFixed(2)}`);
  if (verdict.forbidden !== undefined) parts.push(`says what it must not: ${verdict.forbidden}`);
  if (!verdict.contactsRight) parts.push('nobody to call');
  return [...parts, ...verdict.faults].join('; ');
}

function kindInWords(reply: Reply): string {
  switch (reply.kind) {
    case 'urgent':
      return `urgent (${reply.categories.join(', ')})`;
    case 'refer':
      return `refer (${reply.reason})`;
    case 'answer':
    case 'clarify':
    case 'unanswered':
      return reply.kind;
  }
}

function wantedInWords({ expected, verdict }: JudgedTurn): string {
  const parts = [expected.kinds.join(' or ')];
  if (expected.category.length > 0) parts.push(`category ${expected.category.join(' or ')}`);
  if (expected.reason.length > 0) parts.push(`reason ${expected.reason.join(' or ')}`);
  if (verdict.missing.length > 0) parts.push(`a quote with ${verdict.missing.join(' and with ')}`);
  return parts.join('; ');
}
