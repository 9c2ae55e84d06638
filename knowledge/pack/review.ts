import type { Passage } from './pack.ts';

/** What a reader is told of a passage's review. */
export interface ReviewState {
  readonly status: 'reviewed' | 'unreviewed' | 'overdue';
  readonly by?: string;
  readonly on?: string;
  readonly due?: string;
}

/** A signature counts only for the words that were signed: after a change of text or sources it is void. */
export function reviewState(passage: Passage, today: string): ReviewState {
  const { review } = passage;
  if (review.status === 'unreviewed' || review.hash !== passage.contentHash) return { status: 'unreviewed' };
  const { by, on, due } = review;
  return { status: due < today ? 'overdue' : 'reviewed', by, on, due };
}

/** Whether a passage was signed once and has been changed since. */
export function signatureIsVoid({ review, contentHash }: Passage): boolean {
  return review.status === 'reviewed' && review.hash !== contentHash;
}

/** Cut from a document, and signed by nobody yet: what the check finds in it is work to do, and no fault of the pack. */
export function isDraft({ from, review }: Passage): boolean {
  return from !== undefined && review.status === 'unreviewed';
}
