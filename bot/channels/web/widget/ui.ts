import type { Language } from '../../../../knowledge/pack/pack.ts';
import type { Announcer } from './announce.ts';
import type { Conversation } from './conversation.ts';
import type { Say } from './texts.ts';

/** What every part of the view is given. */
export interface Ui {
  readonly say: Say;
  readonly language: Language;
  /** What relative addresses in replies are relative to. */
  readonly base: URL;
  readonly conversation: Conversation;
  readonly announcer: Announcer;
  /** Asks a question that was pressed rather than typed. */
  readonly ask: (question: string) => void;
}

/** Passages, and the questions that come from them, are in the pack's language, whatever that of the interface. */
export const PACK_LANGUAGE = 'en';
