import { expiredBefore, type KeepingTimes } from './expiry.ts';
import type { KeptFeedback, KeptQuestion, Store, StoredConversation, StoredReply } from './store.ts';

/**
 * In the memory of this process, gone with it: for commands and tests. Past `capacity` the conversation that has been
 * quiet longest gives way, so that nobody can fill the machine.
 */
export function createMemoryStore({ capacity = 20_000, ...times }: KeepingTimes & { capacity?: number }): Store {
  const conversations = new Map<string, OpenConversation>();
  const replies = new Map<string, StoredReply>();
  const feedback = new Map<string, Kept<KeptFeedback>>();
  const questions = new Map<string, Kept<KeptQuestion>>();

  return {
    async conversation(id) {
      return alive(id)?.conversation;
    },

    async saveConversation(conversation) {
      const { id } = conversation;
      const replyIds = alive(id)?.replyIds ?? [];
      // Taken out and put back, so that the order of the map is the order of the last turns.
      conversations.delete(id);
      conversations.set(id, { conversation, lastTurnAt: times.clock.now(), replyIds });
      const quietest = conversations.keys().next().value;
      if (conversations.size > capacity && quietest !== undefined) close(quietest);
    },

    async saveReply(reply) {
      const open = alive(reply.conversationId);
      if (!open) return;
      open.replyIds.push(reply.id);
      replies.set(reply.id, reply);
      if (reply.kind === 'unanswered') keepQuestion(reply, 'unanswered');
    },

    async saveFeedback(given) {
      const reply = replies.get(given.replyId);
      if (!reply || !alive(reply.conversationId)) return 'unknown_reply';
      if (times.retentionDays === 0) return 'saved';
      const { conversationId, kind, passages } = reply;
      feedback.set(reply.id, { conversationId, record: { ...given, kind, passages, at: times.clock.now() } });
      if (given.rating === 'down') keepQuestion(reply, 'disliked');
      else if (questions.get(reply.id)?.record.why === 'disliked') questions.delete(reply.id);
      return 'saved';
    },

    async forget(conversationId) {
      close(conversationId);
      for (const kept of [feedback, questions]) {
        for (const [id, entry] of kept) if (entry.conversationId === conversationId) kept.delete(id);
      }
    },

    feedback: async () => unexpired(feedback),
    questions: async () => unexpired(questions),

    async purge() {
      const before = expiredBefore(times);
      for (const [id, { lastTurnAt }] of conversations) {
        if (lastTurnAt > before.conversations) break;
        close(id);
      }
      for (const kept of [feedback, questions]) {
        for (const [id, { record }] of kept) if (record.at <= before.kept) kept.delete(id);
      }
    },

    async close() {},
  };

  /** The conversation unless it has expired, in which case it goes at once. */
  function alive(id: string): OpenConversation | undefined {
    const open = conversations.get(id);
    if (!open || open.lastTurnAt > expiredBefore(times).conversations) return open;
    close(id);
    return undefined;
  }

  function close(id: string): void {
    for (const replyId of conversations.get(id)?.replyIds ?? []) replies.delete(replyId);
    conversations.delete(id);
  }

  function keepQuestion({ id, conversationId, question, passages }: StoredReply, why: KeptQuestion['why']): void {
    if (question === undefined || times.retentionDays === 0 || questions.has(id)) return;
    questions.set(id, { conversationId, record: { replyId: id, why, question, passages, at: times.clock.now() } });
  }

  function unexpired<T extends { readonly at: number }>(kept: ReadonlyMap<string, Kept<T>>): T[] {
    const before = expiredBefore(times).kept;
    const records = [...kept.values()].map(({ record }) => record);
    return records.filter(({ at }) => at > before).sort((a, b) => a.at - b.at);
  }
}

interface OpenConversation {
  readonly conversation: StoredConversation;
  readonly lastTurnAt: number;
  readonly replyIds: string[];
}

/** Conversations are forgotten whole, so what outlives one still knows which it came from. */
interface Kept<T> {
  readonly conversationId: string;
  readonly record: T;
}
