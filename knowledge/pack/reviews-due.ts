import { addDays } from './iso-date.ts';
import type { Pack, Passage } from './pack.ts';
import { signatureIsVoid } from './review.ts';

/** A signed passage that somebody has to read again. */
export interface DueReview {
  readonly passage: Passage;
  readonly by: string;
  readonly due: string;
  /** `void`: changed since it was signed. */
  readonly why: 'void' | 'overdue' | 'soon';
}

/** The signed passages to read again within so many days, the most pressing first. */
export function reviewsDue({ pack, today, within }: { pack: Pack; today: string; within: number }): DueReview[] {
  const until = addDays(today, within);
  return pack.passages
    .flatMap((passage): DueReview[] => {
      const { review } = passage;
      if (review.status === 'unreviewed') return [];
      const { by, due } = review;
      if (signatureIsVoid(passage)) return [{ passage, by, due, why: 'void' }];
      if (due > until) return [];
      return [{ passage, by, due, why: due < today ? 'overdue' : 'soon' }];
    })
    .sort((a, b) => URGENCY[a.why] - URGENCY[b.why] || a.due.localeCompare(b.due));
}

const URGENCY = { void: 0, overdue: 1, soon: 2 } as const;
