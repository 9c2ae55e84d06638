import type { Language, Pack, Passage, Region } from '../knowledge/pack/pack.ts';
import type { Respond } from './conversation/turn.ts';
import type { Contact } from './reply.ts';

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
  /** Forgets a conversation. */
  forget(conversationId: string): Promise<void>;
  close(): Promise<void>;
}
