import type { Language, Region } from '../../knowledge/pack/pack.ts';
import type { Numbers } from '../fitted/fitted.ts';
import type { Reply } from '../reply.ts';
import type { Ranking } from './retrieve.ts';
import type { NearestExample } from './triage/examples.ts';
import type { Triage } from './triage/triage.ts';

/** One message, as a channel hands it over. */
export interface Message {
  readonly text: string;
  /** Unknown or expired: a new conversation begins. */
  readonly conversationId?: string | undefined;
  /** Absent: the clinic's. */
  readonly region?: Region | undefined;
  /** Of the interface; absent: English. */
  readonly language?: Language | undefined;
}

/** What lies behind a reply: for `npm run ask -- --explain` and the evaluation, never for a patient. */
export interface Explanation {
  /** The message as it was searched for: normalized, spelling mended, topic added. */
  readonly searchedFor: readonly string[];
  readonly triage: Triage;
  /** The nearest judged message of each label: worked out when asked for, since only people look at it. */
  readonly nearestExamples: () => ReadonlyMap<string, NearestExample>;
  /** Best first. */
  readonly ranking: readonly Ranking[];
  /** Calibrated probability that the best passage answers. */
  readonly confidence: number;
  /** What that was held against; nothing where nothing was searched for. */
  readonly thresholds: Numbers['decision'] | undefined;
}

/** The heart: from a message to a reply. Never throws for what a person types. */
export type Respond = (message: Message) => Promise<{ readonly reply: Reply; readonly explanation: Explanation }>;
