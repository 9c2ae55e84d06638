import type { Language, Pack, Passage, Region } from '../knowledge/pack/pack.ts';
import type { Respond } from './conversation/turn.ts';
import type { Contact } from './reply.ts';
import type { Feedback, FeedbackOutcome } from './store/store.ts';

/** What channels and commands are given: the whole bot, put together by `bot/compose.ts`. */
export interface Bot {
  readonly respond: Respond;
  readonly pack: Pack;
  readonly defaultRegion: Region;
  /** First thing a person sees. */
  starters(
    region: Region,
    language: Language,
  ): { greeting: string; questions: readonly string[]; contacts: readonly Contact[] };
  /** The emergency contacts of a region: what even an error shows. */
  emergencyContacts(region: Region, language: Language): readonly Contact[];
  /** By full id, `pack/topic/passage`. */
  passage(id: string): Passage | undefined;
  /** What a person thinks of a reply, which they can say until its conversation is forgotten. */
  keepFeedback(feedback: Feedback): Promise<FeedbackOutcome>;
  /** Forgets all of a conversation, feedback too. */
  forget(conversationId: string): Promise<void>;
  close(): Promise<void>;
}
