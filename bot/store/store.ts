import type { ReplyKind, UrgentCategory } from '../reply.ts';

/**
 * What is kept between two requests, and for how long: conversations with their replies for 30 minutes after the last
 * turn, feedback and questions for `RETENTION_DAYS`. What has expired is never returned, and gone for good at the
 * next `purge`. Every adapter runs `test/bot/store/store.contract.ts`.
 *
 * Texts may hold any Unicode but NUL and halves of surrogate pairs, which not every database takes.
 */
export interface Store {
  conversation(id: string): Promise<StoredConversation | undefined>;
  /** A turn: its 30 minutes begin again, those of its replies too. */
  saveConversation(conversation: StoredConversation): Promise<void>;
  /**
   * So that feedback can refer to it. Nothing is saved where the conversation is gone. The question of an unanswered
   * reply is kept from then on.
   */
  saveReply(reply: StoredReply): Promise<void>;
  /** Takes the place of earlier feedback on the same reply. The question of a disliked reply is kept from then on. */
  saveFeedback(feedback: Feedback): Promise<FeedbackOutcome>;
  /** Removes all of a conversation, whatever its age: what was saved of it above, without a trace in any file. */
  forget(conversationId: string): Promise<void>;
  /** Oldest first. */
  feedback(): Promise<readonly KeptFeedback[]>;
  /** Oldest first. */
  questions(): Promise<readonly KeptQuestion[]>;
  /** Removes what has expired. */
  purge(): Promise<void>;
  close(): Promise<void>;
}

/** Of a conversation. Nothing in it was typed by anybody. */
export interface StoredConversation {
  readonly id: string;
  /** Id of the passage last quoted. */
  readonly passage?: string | undefined;
  readonly urgent: readonly UrgentCategory[];
}

export interface StoredReply {
  readonly id: string;
  readonly conversationId: string;
  readonly kind: ReplyKind;
  /** Ids of the passages that it quoted. */
  readonly passages: readonly string[];
  /** What was asked, redacted; only where the clinic keeps questions. */
  readonly question?: string | undefined;
}

export interface Feedback {
  readonly replyId: string;
  readonly rating: 'up' | 'down';
  /** A word of the channel's own list, never prose. */
  readonly reason?: string | undefined;
  /** Redacted. */
  readonly comment?: string | undefined;
}

export type FeedbackOutcome = 'saved' | 'unknown_reply';

/** Feedback with what it is about: the reply itself is gone after 30 minutes. */
export interface KeptFeedback extends Feedback {
  readonly kind: ReplyKind;
  readonly passages: readonly string[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface KeptQuestion {
  readonly replyId: string;
  readonly why: 'unanswered' | 'disliked';
  /** Redacted. */
  readonly question: string;
  /** Ids of the passages that were quoted to it. */
  readonly passages: readonly string[];
  /** Milliseconds since 1970. */
  readonly at: number;
}
