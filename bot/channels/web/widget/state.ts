import type { Contact, Reply } from '../../../reply.ts';
import { FAILURES, type Failure, type Locale } from './api.ts';
import { isContact, isListOf, isOneOf, isRecord, isReply, isStarters, isText, type Starters } from './shapes.ts';

/** Everything of a tab's chat that outlives a reload. */
export interface State {
  readonly conversationId: string | undefined;
  readonly turns: readonly Turn[];
  /** What stands in the field, not yet sent. */
  readonly draft: string;
  readonly open: boolean;
  /** Replies that came while the chat was closed. */
  readonly unread: number;
  /** Index into the sizes of text. */
  readonly textSize: number;
  readonly starters: (Locale & { readonly says: Starters }) | undefined;
  /** Conversations that the server has yet to be told to delete. */
  readonly toForget: readonly string[];
  /** Of the last turn, in milliseconds since 1970. */
  readonly touched: number;
}

export interface Turn {
  readonly id: number;
  readonly question: string;
  readonly outcome: TurnOutcome;
  readonly rating?: 'up' | 'down';
}
export type TurnOutcome =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'replied'; readonly reply: Reply }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface StateKeeper {
  current(): State;
  change(part: Partial<State>): void;
}

/**
 * Keeps the state in the tab's own storage, so that it ends with the tab, and for as long as the server keeps the
 * conversation. Where a browser allows no storage the state lives as long as the page.
 */
export function createStateKeeper({ key, now }: { key: string; now: () => number }): StateKeeper {
  let state = recall(readStorage(key), now());
  return {
    current: () => state,
    change(part) {
      state = { ...state, ...part };
      writeStorage(key, JSON.stringify(state));
    },
  };
}

/** As long as the server remembers: `FORGET_AFTER_MINUTES` of `bot/store/expiry.ts`. */
const KEEP_MS = 30 * 60_000;

export const EMPTY: State = {
  conversationId: undefined,
  turns: [],
  draft: '',
  open: false,
  unread: 0,
  textSize: 0,
  starters: undefined,
  toForget: [],
  touched: 0,
};

/** Whatever of a stored state is as it should be, and not too old. */
function recall(stored: string | null, now: number): State {
  const value = parse(stored);
  if (!isRecord(value)) return EMPTY;
  const lasting: State = {
    ...EMPTY,
    textSize: isCount(value.textSize) ? value.textSize : 0,
    toForget: isListOf(value.toForget, isText) ? value.toForget : [],
    starters: isKeptStarters(value.starters) ? value.starters : undefined,
  };
  const touched = isCount(value.touched) ? value.touched : 0;
  const fresh = now - touched < KEEP_MS;
  return {
    ...lasting,
    open: value.open === true,
    draft: isText(value.draft) ? value.draft : '',
    ...(fresh && {
      touched,
      conversationId: isText(value.conversationId) ? value.conversationId : undefined,
      turns: isListOf(value.turns, isTurn) ? value.turns.map(interrupted) : [],
      unread: isCount(value.unread) ? value.unread : 0,
    }),
  };
}

/** A reply that was under way when the page was left comes to nobody. */
function interrupted(turn: Turn): Turn {
  if (turn.outcome.kind !== 'waiting') return turn;
  return { ...turn, outcome: { kind: 'failed', failure: { why: 'reloaded', contacts: [] } } };
}

function isTurn(value: unknown): value is Turn {
  return (
    isRecord(value) &&
    isCount(value.id) &&
    isText(value.question) &&
    (value.rating === undefined || isOneOf(value.rating, ['up', 'down'])) &&
    isOutcome(value.outcome)
  );
}

function isOutcome(value: unknown): value is TurnOutcome {
  if (!isRecord(value)) return false;
  if (value.kind === 'replied') return isReply(value.reply);
  return value.kind === 'waiting' || (value.kind === 'failed' && isFailure(value.failure));
}

function isFailure(value: unknown): value is Failure {
  return isRecord(value) && isOneOf(value.why, FAILURES) && isListOf<Contact>(value.contacts, isContact);
}

function isKeptStarters(value: unknown): value is State['starters'] {
  return isRecord(value) && isText(value.language) && isStarters(value.says);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function parse(stored: string | null): unknown {
  try {
    return JSON.parse(stored ?? 'null');
  } catch {
    // Another script wrote under our name: as good as nothing.
    return undefined;
  }
}

function readStorage(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    // Storage is blocked in this page.
    return null;
  }
}

function writeStorage(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Blocked or full: the chat goes on, and only a reload would lose it.
  }
}
