import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { UrgentCategory } from '../reply.ts';

/** What a conversation needs to go on, and no more: no message is kept as it was typed. */
export interface Conversation {
  readonly id: string;
  /** What the last answered question was about, in canonical words. */
  readonly topic?: string | undefined;
  /** Id of the passage last quoted. */
  readonly passage?: string | undefined;
  /** Dangers named earlier; their contacts stay in view. */
  readonly urgent: readonly UrgentCategory[];
}

/** Remembers conversations for a while. */
export interface Memory {
  /** A known conversation, or a new one with a new id. */
  recall(id: string | undefined): Promise<Conversation>;
  remember(conversation: Conversation): Promise<void>;
  forget(id: string): Promise<void>;
}

/** Minutes after its last turn that a conversation is forgotten. */
export const FORGET_AFTER_MINUTES = 30;

/** In the memory of this process. The oldest give way past `capacity`, so that nobody can fill the machine. */
export function createMemory({ clock, capacity = 20_000 }: { clock: Clock; capacity?: number }): Memory {
  const kept = new Map<string, { conversation: Conversation; until: number }>();
  return {
    async recall(id) {
      dropExpired();
      const entry = id === undefined ? undefined : kept.get(id);
      return entry?.conversation ?? { id: randomUUID(), urgent: [] };
    },
    async remember(conversation) {
      // Taken out and put back, so that the order of the map is the order of expiry.
      kept.delete(conversation.id);
      kept.set(conversation.id, { conversation, until: clock.now() + FORGET_AFTER_MINUTES * 60_000 });
      const oldest = kept.keys().next().value;
      if (kept.size > capacity && oldest !== undefined) kept.delete(oldest);
    },
    async forget(id) {
      kept.delete(id);
    },
  };

  function dropExpired(): void {
    const now = clock.now();
    for (const [id, { until }] of kept) {
      if (until > now) return;
      kept.delete(id);
    }
  }
}
