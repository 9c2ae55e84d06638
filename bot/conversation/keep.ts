import type { Feedback, FeedbackOutcome, Store } from '../store/store.ts';
import { redact } from './redact.ts';
import type { Message, Respond } from './turn.ts';

/** Keeps what staff learn from: of replies what feedback refers to, and feedback. */
export interface Keeper {
  keepReply(message: Message, turn: Awaited<ReturnType<Respond>>): Promise<void>;
  /** Redacts the comment first. */
  keepFeedback(feedback: Feedback): Promise<FeedbackOutcome>;
}

/** @param keepQuestions whether questions go along with their replies, redacted; else no message is kept in any form */
export function createKeeper({
  store,
  keepQuestions,
}: {
  store: Pick<Store, 'saveReply' | 'saveFeedback'>;
  keepQuestions: boolean;
}): Keeper {
  return {
    async keepReply({ text }, { reply, explanation }) {
      const { id, conversationId, kind, quotes } = reply;
      const passages = [...new Set(quotes.map((quote) => quote.passage.id))];
      // Greetings and other languages go unanswered without a search: nothing there that a passage could be missing for.
      const telling = kind !== 'unanswered' || explanation.ranking.length > 0;
      const question = keepQuestions && telling ? redact(text) : undefined;
      await store.saveReply({ id, conversationId, kind, passages, question });
    },
    keepFeedback({ comment, ...feedback }) {
      return store.saveFeedback({ ...feedback, ...(comment !== undefined && { comment: redact(comment) }) });
    },
  };
}
