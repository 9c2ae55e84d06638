import { createHash } from 'node:crypto';
import type { Clock } from '../../../clock.ts';

/** Tells a message that has come before. */
export interface ReplayMemory {
  /**
   * @param key   what makes it the same message
   * @param body  all of it; a message delivered twice is the same to the last field
   * @param until milliseconds since 1970 until which it could come again
   */
  meet(message: { key: string; body: unknown; until: number }): 'new' | 'duplicate' | 'changed';
}

/** A delivery is repeated within minutes, perhaps with a token of its own. */
const LEAST_MS = 10 * 60_000;

/**
 * Remembers a digest of each message for as long as its token passes, at least ten minutes. Past `capacity` the oldest
 * give way, so that nobody can fill the machine; only who has a valid token can add to it.
 */
export function createReplayMemory({ clock, capacity = 50_000 }: { clock: Clock; capacity?: number }): ReplayMemory {
  const met = new Map<string, { digest: string; until: number }>();
  return {
    meet({ key, body, until }) {
      const now = clock.now();
      const name = digestOf(key);
      const digest = digestOf(canonical(body));
      const before = met.get(name);
      if (before && before.until > now) return before.digest === digest ? 'duplicate' : 'changed';
      met.delete(name);
      met.set(name, { digest, until: Math.max(until, now + LEAST_MS) });
      makeRoom(now);
      return 'new';
    },
  };

  function makeRoom(now: number): void {
    for (const [name, { until }] of met) {
      if (until > now && met.size <= capacity) return;
      met.delete(name);
    }
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

/** JSON that does not depend on the order of fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
