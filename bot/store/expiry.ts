import type { Clock } from '../clock.ts';

/** Minutes after its last turn that a conversation is forgotten. */
export const FORGET_AFTER_MINUTES = 30;

/** What every adapter goes by. */
export interface KeepingTimes {
  readonly clock: Clock;
  /** How long feedback and questions stay; at 0 they are not kept at all. */
  readonly retentionDays: number;
}

/** The moments (milliseconds since 1970) at or before which what was saved has expired by now. */
export function expiredBefore({ clock, retentionDays }: KeepingTimes): { conversations: number; kept: number } {
  const now = clock.now();
  return { conversations: now - FORGET_AFTER_MINUTES * 60_000, kept: now - retentionDays * 24 * 60 * 60_000 };
}
