import type { Clock } from '../../clock.ts';
import { FORGET_AFTER_MINUTES } from '../../store/expiry.ts';

/** What was set lately, by key. */
export interface Recent<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
}

/**
 * In memory, for as long as the bot remembers a conversation: 30 minutes from the last `set`. Past `capacity` the
 * oldest give way.
 */
export function createRecent<T>({ clock, capacity = 20_000 }: { clock: Clock; capacity?: number }): Recent<T> {
  const kept = new Map<string, { value: T; until: number }>();
  return {
    get(key) {
      const found = kept.get(key);
      return found && found.until > clock.now() ? found.value : undefined;
    },
    set(key, value) {
      // Taken out and put back, so that the order of the map is the order of expiry.
      kept.delete(key);
      kept.set(key, { value, until: clock.now() + FORGET_AFTER_MINUTES * 60_000 });
      for (const [oldest, { until }] of kept) {
        if (until > clock.now() && kept.size <= capacity) break;
        kept.delete(oldest);
      }
    },
    delete(key) {
      kept.delete(key);
    },
  };
}
