import type { Clock } from '../../clock.ts';
import type { TeamsActivity } from './activity.ts';
import { createRecent } from './recent.ts';

/**
 * Which of the bot's conversations a person in a Teams conversation is in, and which replies were sent there. In a
 * channel each thread is a conversation of its own. Kept in memory for as long as the bot remembers: after a restart
 * a follow-up question begins anew.
 */
export interface Conversations {
  /** The bot's conversation with whom sent this. */
  current(activity: TeamsActivity): string | undefined;
  /** Notes a reply; `messageId` is what Teams calls the message that it was sent as. */
  replied(
    activity: TeamsActivity,
    reply: { readonly id: string; readonly conversationId: string },
    messageId: string | undefined,
  ): void;
  /** The reply that a message was, or, where none is named, the last one to whom sent this. */
  replyId(activity: TeamsActivity): string | undefined;
  /** Takes out whom sent this, and returns the bot's conversations with them here. */
  leave(activity: TeamsActivity): string[];
}

export function createConversations({ clock }: { clock: Clock }): Conversations {
  const conversations = createRecent<string>({ clock });
  const byMessage = createRecent<string>({ clock });
  const lastReply = createRecent<string>({ clock });
  return {
    current: (activity) => conversations.get(personKey(activity)),
    replied(activity, { id, conversationId }, messageId) {
      conversations.set(personKey(activity), conversationId);
      lastReply.set(personKey(activity), id);
      if (messageId) byMessage.set(messageKey(activity, messageId), id);
    },
    replyId(activity) {
      const { replyToId } = activity;
      if (replyToId === undefined) return lastReply.get(personKey(activity));
      return byMessage.get(messageKey(activity, replyToId));
    },
    leave(activity) {
      const key = personKey(activity);
      const conversation = conversations.get(key);
      conversations.delete(key);
      lastReply.delete(key);
      return conversation === undefined ? [] : [conversation];
    },
  };
}

function personKey({ conversation, from }: TeamsActivity): string {
  return JSON.stringify([conversation.id, from.id]);
}

/** An invoke from a channel may or may not name the thread, which the message's own id makes up for. */
function messageKey({ conversation }: TeamsActivity, messageId: string): string {
  return JSON.stringify([conversation.id.split(';')[0], messageId]);
}
