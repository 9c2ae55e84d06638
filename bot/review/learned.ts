import type { Pack } from '../../knowledge/pack/pack.ts';
import { type DueReview, reviewsDue } from '../../knowledge/pack/reviews-due.ts';
import type { KeptFeedback, KeptQuestion } from '../store/store.ts';

/** What staff can learn from what was kept: what the pack lacks, what did not help, what is to be read again. */
export interface Learned {
  readonly feedback: { readonly up: number; readonly down: number };
  /** What was asked most first; wordings that differ in case and punctuation only count as one. */
  readonly unanswered: readonly AskedQuestion[];
  readonly disliked: readonly AskedQuestion[];
  /** The passages that were disliked, most often first. */
  readonly passages: readonly RatedPassage[];
  /** Comments on disliked replies, newest first. */
  readonly comments: readonly { readonly comment: string; readonly passages: readonly string[]; readonly at: number }[];
  /** Signed passages to be read again within 30 days. */
  readonly due: readonly DueReview[];
}

export interface AskedQuestion {
  /** As it was worded last. */
  readonly question: string;
  readonly times: number;
  /** Milliseconds since 1970. */
  readonly lastAt: number;
  /** Ids of the passages that were quoted to it, in any of its wordings. */
  readonly passages: readonly string[];
}

export interface RatedPassage {
  readonly id: string;
  readonly up: number;
  readonly down: number;
  /** Of those who disliked it: how often each was given, most often first. */
  readonly reasons: readonly { readonly reason: string; readonly times: number }[];
}

/** Counts and orders; pure. A passage that the pack no longer has is still named: its id is what people saw. */
export function learnedFrom({
  questions,
  feedback,
  pack,
  today,
}: {
  questions: readonly KeptQuestion[];
  feedback: readonly KeptFeedback[];
  pack: Pack;
  today: string;
}): Learned {
  const down = feedback.filter(({ rating }) => rating === 'down');
  return {
    feedback: { up: feedback.length - down.length, down: down.length },
    unanswered: asked(questions.filter(({ why }) => why === 'unanswered')),
    disliked: asked(questions.filter(({ why }) => why === 'disliked')),
    passages: rated(feedback),
    comments: down
      .flatMap(({ comment, passages, at }) => (comment ? [{ comment, passages, at }] : []))
      .sort((a, b) => b.at - a.at),
    due: reviewsDue({ pack, today, within: DUE_WITHIN_DAYS }),
  };
}

const DUE_WITHIN_DAYS = 30;

function asked(questions: readonly KeptQuestion[]): AskedQuestion[] {
  const groups = groupBy(questions, ({ question }) => alike(question));
  return [...groups]
    .map(([, group]) => {
      const last = group.reduce((a, b) => (b.at >= a.at ? b : a));
      const passages = [...new Set(group.flatMap((entry) => entry.passages))];
      return { question: last.question, times: group.length, lastAt: last.at, passages };
    })
    .sort((a, b) => b.times - a.times || b.lastAt - a.lastAt);
}

/** What stays of a question when only its words count; a question without any stays itself. */
function alike(question: string): string {
  const words = question.toLowerCase().match(/[\p{L}\p{N}]+/gu);
  return words ? words.join(' ') : question;
}

function rated(feedback: readonly KeptFeedback[]): RatedPassage[] {
  const ratings = feedback.flatMap((entry) => entry.passages.map((id) => ({ id, ...entry })));
  return [...groupBy(ratings, ({ id }) => id)]
    .map(([id, group]) => {
      const down = group.filter(({ rating }) => rating === 'down');
      const reasons = groupBy(
        down.flatMap(({ reason }) => reason ?? []),
        (reason) => reason,
      );
      return {
        id,
        up: group.length - down.length,
        down: down.length,
        reasons: [...reasons]
          .map(([reason, times]) => ({ reason, times: times.length }))
          .sort((a, b) => b.times - a.times || a.reason.localeCompare(b.reason)),
      };
    })
    .filter(({ down }) => down > 0)
    .sort((a, b) => b.down - a.down || a.up - b.up || a.id.localeCompare(b.id));
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
