import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { FORGET_AFTER_MINUTES } from '../store/expiry.ts';
import type { Store, StoredConversation } from '../store/store.ts';

/** What a conversation needs to go on, and no more: no message is kept as it was typed. */
export interface Conversation extends StoredConversation {
  /** What the last answered question was about, in canonical words. */
  readonly topic?: string | undefined;
}

/** Remembers conversations for a while. */
export interface Memory {
  /** A known conversation, or a new one with a new id. */
  recall(id: string | undefined): Promise<Conversation>;
  remember(conversation: Conversation): Promise<void>;
  forget(id: string): Promise<void>;
}

/**
 * Conversations in the store, but for their topics: those are a person's own words still, so they stay in the memory
 * of this process. Where it lacks one (it has restarted, or another replica had the turn before), the subject of the
 * passage last quoted stands in.
 *
 * @param subjectOf what a passage is about, in the pack's words
 * @param capacity  topics at most; past it the oldest give way, so that nobody can fill the machine
 */
export function createMemory({
  store,
  clock,
  subjectOf,
  capacity = 20_000,
}: {
  store: Pick<Store, 'conversation' | 'saveConversation' | 'forget'>;
  clock: Clock;
  subjectOf: (passage: string) => string | undefined;
  capacity?: number;
}): Memory {
  const topics = new Map<string, { topic: string | undefined; until: number }>();
  return {
    async recall(id) {
      dropExpired();
      const stored = id === undefined ? undefined : await store.conversation(id);
      if (!stored) return { id: randomUUID(), urgent: [] };
      const known = topics.get(stored.id);
      if (known) return { ...stored, topic: known.topic };
      return { ...stored, topic: stored.passage === undefined ? undefined : subjectOf(stored.passage) };
    },
    async remember({ topic, ...conversation }) {
      // Taken out and put back, so that the order of the map is the order of expiry.
      topics.delete(conversation.id);
      topics.set(conversation.id, { topic, until: clock.now() + FORGET_AFTER_MINUTES * 60_000 });
      const oldest = topics.keys().next().value;
      if (topics.size > capacity && oldest !== undefined) topics.delete(oldest);
      await store.saveConversation(conversation);
    },
    async forget(id) {
      topics.delete(id);
      await store.forget(id);
    },
  };

  function dropExpired(): void {
    const now = clock.now();
    for (const [id, { until }] of topics) {
      if (until > now) return;
      topics.delete(id);
    }
  }
}
