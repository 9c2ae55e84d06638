import { randomUUID } from 'node:crypto';
import type { Clock } from '../../bot/clock.ts';
import { createKeeper } from '../../bot/conversation/keep.ts';
import { createMemory } from '../../bot/conversation/memory.ts';
import type { Ranking } from '../../bot/conversation/retrieve.ts';
import type { Store } from '../../bot/store/store.ts';
import { createTinyBot, type TinyBot } from './tiny-bot.ts';

/** The tiny bot's answers with the real bot's memory: what it remembers and keeps goes through a store. */
export function createStoredBot({
  store,
  clock,
  keepQuestions = false,
}: {
  store: Store;
  clock: Clock;
  keepQuestions?: boolean;
}): TinyBot {
  const tiny = createTinyBot();
  const memory = createMemory({ store, clock, subjectOf: (id) => tiny.passage(id)?.questions[0] });
  const keeper = createKeeper({ store, keepQuestions });
  return {
    ...tiny,
    async respond(message) {
      const conversation = await memory.recall(message.conversationId);
      const turn = await tiny.respond(message);
      const reply = { ...turn.reply, id: randomUUID(), conversationId: conversation.id };
      const passage = reply.quotes[0]?.passage.id ?? conversation.passage;
      const urgent = reply.kind === 'urgent' ? reply.categories : conversation.urgent;
      await memory.remember({ id: conversation.id, topic: message.text, passage, urgent });
      const explanation = { ...turn.explanation, ranking: FOUND };
      await keeper.keepReply(message, { reply, explanation });
      return { reply, explanation };
    },
    keepFeedback: keeper.keepFeedback,
    forget: memory.forget,
  };
}

/** What a search that found something found. */
export const FOUND: readonly Ranking[] = [
  {
    passage: 0,
    score: 1,
    features: {
      question: 0.4,
      questionMean: 0.4,
      center: 0.4,
      passage: 0.4,
      words: 1,
      coverage: 0.5,
      fusion: 1,
      regional: 0,
    },
  },
];
