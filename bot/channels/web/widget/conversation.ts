import type { Contact, Reply } from '../../../reply.ts';
import type { Api, Failure, Locale, Outcome, Rating } from './api.ts';
import type { Starters } from './shapes.ts';
import type { StateKeeper, Turn } from './state.ts';

/** The conversation itself, without a pixel: what was asked, what came of it, and what is kept. */
export interface Conversation {
  turns(): readonly Turn[];
  waiting(): boolean;
  /** Returns whether the question was taken: not when empty, too long, or while another is under way. */
  send(question: string): boolean;
  /** Asks again what was not answered. */
  retry(turn: Turn): void;
  /** Takes an unanswered question out of the conversation, to be changed. */
  takeBack(turn: Turn): void;
  rate(turn: Turn, rating: Rating): Promise<Outcome<undefined>>;
  /** What a person sees first, from the server or as it was last. */
  loadStarters(): Promise<void>;
  starters(): Starters | undefined;
  /** Whom to call: of the latest danger that was named, else those of the region. */
  help(): { readonly urgent: boolean; readonly contacts: readonly Contact[] };
  startAgain(): void;
  /** Deletes here and on the server; says whether the server has confirmed it. */
  clear(): Promise<boolean>;
  /** Tells the server what it could not be told before. */
  catchUp(): Promise<void>;
  /** @returns stops it */
  listen(listener: (happening: Happening) => void): () => void;
}

export type Happening =
  | { readonly kind: 'asked'; readonly turn: Turn }
  | { readonly kind: 'replied'; readonly turn: Turn; readonly reply: Reply }
  | { readonly kind: 'failed'; readonly turn: Turn; readonly failure: Failure }
  | { readonly kind: 'rated'; readonly rating: Pick<Rating, 'replyId' | 'rating'> }
  | { readonly kind: 'taken_back' | 'emptied' | 'starters' | 'starters_failed' };

/** Longest question, in characters (Unicode code points), as the server counts. */
export const QUESTION_LIMIT = 2000;

/** @param locale asked for at each request, since attributes may change at any time */
export function createConversation({
  state,
  api,
  locale,
  now,
}: {
  state: StateKeeper;
  api: Api;
  locale: () => Locale;
  now: () => number;
}): Conversation {
  const listeners = new Set<(happening: Happening) => void>();
  // Never given twice, so that a late reply can't fall to another question.
  let lastId = Math.max(0, ...state.current().turns.map(({ id }) => id));
  const turns = () => state.current().turns;
  const waiting = () => turns().some(({ outcome }) => outcome.kind === 'waiting');
  const tell = (happening: Happening) => {
    for (const listener of listeners) listener(happening);
  };

  return {
    turns,
    waiting,
    send(question) {
      if (question.trim() === '' || lengthOf(question) > QUESTION_LIMIT || waiting()) return false;
      const turn: Turn = { id: ++lastId, question, outcome: { kind: 'waiting' } };
      void askInto(turn, [...turns(), turn]);
      return true;
    },
    retry(turn) {
      if (waiting()) return;
      const again: Turn = { ...turn, outcome: { kind: 'waiting' } };
      void askInto(again, replaced(again));
    },
    takeBack({ id }) {
      state.change({ turns: turns().filter((turn) => turn.id !== id) });
      tell({ kind: 'taken_back' });
    },
    async rate({ id }, rating) {
      const outcome = await api.rate(rating);
      const turn = find(id);
      if (outcome.ok && turn) {
        state.change({ turns: replaced({ ...turn, rating: rating.rating }) });
        tell({ kind: 'rated', rating: { replyId: rating.replyId, rating: rating.rating } });
      }
      return outcome;
    },
    async loadStarters() {
      const asked = locale();
      const outcome = await api.starters(asked);
      if (outcome.ok) state.change({ starters: { ...asked, says: outcome.value } });
      tell({ kind: outcome.ok ? 'starters' : 'starters_failed' });
    },
    starters() {
      const { region, language } = locale();
      const kept = state.current().starters;
      return kept?.language === language && kept.region === region ? kept.says : undefined;
    },
    help() {
      const replies = turns().flatMap(({ outcome }) => (outcome.kind === 'replied' ? [outcome.reply] : []));
      const danger = replies.filter(({ kind, contacts }) => kind === 'urgent' && contacts.length > 0).at(-1);
      // In another language or region still better than none.
      return { urgent: danger !== undefined, contacts: (danger ?? state.current().starters?.says)?.contacts ?? [] };
    },
    startAgain() {
      empty();
    },
    async clear() {
      const { conversationId, toForget } = state.current();
      if (conversationId !== undefined) state.change({ toForget: [...toForget, conversationId] });
      empty();
      await catchUp();
      return conversationId === undefined || !state.current().toForget.includes(conversationId);
    },
    catchUp,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  async function askInto(turn: Turn, all: readonly Turn[]): Promise<void> {
    state.change({ turns: all, touched: now() });
    tell({ kind: 'asked', turn });
    const { conversationId } = state.current();
    const outcome = await api.ask({ question: turn.question, conversationId, ...locale() });
    // Emptied in the meantime: nobody waits for the reply, and the server need not keep it.
    if (!find(turn.id)) {
      if (outcome.ok) await forget(outcome.value.conversationId);
      return;
    }
    if (outcome.ok) {
      const reply = outcome.value;
      const done: Turn = { ...turn, outcome: { kind: 'replied', reply } };
      state.change({ turns: replaced(done), conversationId: reply.conversationId, touched: now() });
      tell({ kind: 'replied', turn: done, reply });
    } else {
      const { failure } = outcome;
      const done: Turn = { ...turn, outcome: { kind: 'failed', failure } };
      state.change({ turns: replaced(done) });
      tell({ kind: 'failed', turn: done, failure });
    }
  }

  function find(id: number): Turn | undefined {
    return turns().find((turn) => turn.id === id);
  }

  function replaced(by: Turn): readonly Turn[] {
    return turns().map((turn) => (turn.id === by.id ? by : turn));
  }

  function empty(): void {
    state.change({ turns: [], conversationId: undefined, unread: 0 });
    tell({ kind: 'emptied' });
  }

  async function forget(conversationId: string): Promise<void> {
    state.change({ toForget: [...state.current().toForget, conversationId] });
    await catchUp();
  }

  async function catchUp(): Promise<void> {
    for (const id of state.current().toForget) {
      const outcome = await api.forget(id);
      // A server that refuses an id has nothing under it.
      if (!outcome.ok && outcome.failure.why !== 'refused' && outcome.failure.why !== 'expired') continue;
      state.change({ toForget: state.current().toForget.filter((other) => other !== id) });
    }
  }
}

/** Characters as the server counts them: an emoji is one. */
export function lengthOf(text: string): number {
  return [...text].length;
}
