import { z } from 'zod';

/*
 * What Quotewell reads of an activity, as Teams sends it. Everything else of it is left behind here, so that no field
 * nobody has thought of reaches the code below.
 */

const text = (most: number) => z.string().max(most);
const name = text(1000).min(1);

/** Teams leaves a field out, or sends `null`; an empty text says no more than that. */
function maybe<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => (value === null || value === '' ? undefined : value));
}

const ACCOUNT = z.object({ id: name, name: maybe(text(1000)), aadObjectId: maybe(text(1000)) });

export const ACTIVITY = z.object({
  type: name,
  /** Without one, a message that comes twice can't be told from two. */
  id: name,
  channelId: name,
  /** Replies are sent below it. */
  serviceUrl: z.url({ protocol: /^https?$/ }).max(1000),
  timestamp: maybe(text(100)),
  locale: maybe(text(100)),
  from: ACCOUNT,
  recipient: ACCOUNT,
  conversation: z.object({
    // It becomes part of an address.
    id: name.regex(/^[^/\\?#]+$/),
    conversationType: maybe(text(100)),
    tenantId: maybe(text(1000)),
    isGroup: maybe(z.boolean()),
    name: maybe(text(1000)),
  }),
  channelData: maybe(z.object({ tenant: maybe(z.object({ id: maybe(text(1000)) })), eventType: maybe(text(100)) })),
  text: maybe(text(200_000)),
  entities: maybe(z.array(z.unknown())),
  attachments: maybe(z.array(z.object({ contentType: maybe(text(1000)) }))),
  replyToId: maybe(text(1000)),
  name: maybe(text(1000)),
  action: maybe(text(100)),
  value: z.unknown().optional(),
  deliveryMode: maybe(text(100)),
});
export type TeamsActivity = z.infer<typeof ACTIVITY>;

/** One to one with the bot, where every message is meant for it. */
export function isPersonal({ conversation }: TeamsActivity): boolean {
  return conversation.conversationType === undefined
    ? conversation.isGroup !== true
    : conversation.conversationType === 'personal';
}

/** An edit is another message than the one before it; anything else has one time. */
export function identityOf({ type, id, timestamp = '' }: TeamsActivity): string {
  return JSON.stringify([type, id, type === 'messageUpdate' ? timestamp : '']);
}
