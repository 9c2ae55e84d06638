import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Clock } from '../../../clock.ts';
import { type Failure, failureOf, type Verdict } from './verdict.ts';

/** A message that could not be sent, or of which nobody knows. */
export class DeliveryError extends Error {
  readonly code: string;
  readonly verdict: Verdict;

  constructor({ verdict, why }: Failure, cause: unknown) {
    super(`teams: the connector ${verdict === 'unknown' ? 'may not have taken' : 'did not take'} a message (${why})`, {
      cause,
    });
    this.name = 'DeliveryError';
    this.code = `TEAMS_${verdict.toUpperCase()}_${why}`;
    this.verdict = verdict;
  }
}

export interface Delivery {
  /**
   * Sends once, and again only while it is sure that nothing was delivered. Throws `DeliveryError`.
   *
   * @param attempt one try; it must give up when the signal says so
   * @param tries   at most
   */
  deliver<T>(attempt: (signal: AbortSignal) => Promise<T>, tries?: number): Promise<T>;
}

export interface DeliveryParts {
  readonly clock: Clock;
  readonly sleep?: (ms: number) => Promise<unknown>;
  /** For one try. */
  readonly timeoutMs?: number;
}

const TRIES = 4;
const FIRST_PAUSE_MS = 500;
/** Teams waits some 15 seconds for a turn to end, and takes it for lost after. */
const ALTOGETHER_MS = 12_000;

/** Backs off 0.5, 1 and 2 seconds, or as long as the connector asks, within twelve seconds altogether. */
export function createDelivery({ clock, sleep = sleepFor, timeoutMs = 8000 }: DeliveryParts): Delivery {
  return {
    async deliver(attempt, tries = TRIES) {
      const deadline = clock.now() + ALTOGETHER_MS;
      for (let tried = 1; ; tried++) {
        try {
          return await attempt(AbortSignal.timeout(Math.max(1, Math.min(timeoutMs, deadline - clock.now()))));
        } catch (error) {
          const failure = failureOf(error, clock.now());
          const pause = failure.retryAfter ?? jittered(FIRST_PAUSE_MS * 2 ** (tried - 1));
          const again = failure.verdict === 'refused' && tried < tries && clock.now() + pause < deadline;
          if (!again) throw new DeliveryError(failure, error);
          await sleep(pause);
        }
      }
    },
  };
}

/** Up to a quarter more, so that what failed together does not come back together. */
function jittered(ms: number): number {
  return ms * (1 + Math.random() / 4);
}
