import { z } from 'zod';
import { isLoopbackName } from '../web/this-machine.ts';

/*
 * What Quotewell reads of an activity, as Teams sends it. Everything else of it is left behind here, so that no field
 * nobody has thought of reaches the code below.
 */

const text = (most: number) => z.string().max(most);
const name = text(1000).min(1);
/** It becomes one step of an address, and must not lead to another one: `..` does, encoded or not. */
const step = name.regex(/^(?!(?:\.|%2e){1,2}$)[^/\\?#\p{Cc}\p{Cs}]+$/iu, 'must be fit to be part of an address');

/** Teams leaves a field out, or sends `null`; an empty text says no more than that. */
function maybe<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => (value === null || value === '' ? undefined : value));
}

const ACCOUNT = z.object({ id: name, name: maybe(text(1000)), aadObjectId: maybe(text(1000)) });

export const ACTIVITY = z.object({
  type: name,
  /** Without one, a message that comes twice can't be told from two. */
  id: step,
  channelId: name,
  /** Replies are sent below it, with a token. */
  serviceUrl: text(1000).refine(isBaseAddress, 'must be an https:// address without name, query and fragment'),
  timestamp: maybe(text(100)),
  locale: maybe(text(100)),
  from: ACCOUNT,
  recipient: ACCOUNT,
  conversation: z.object({
    id: step,
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

/** Without encryption only to this machine. */
function isBaseAddress(address: string): boolean {
  if (!URL.canParse(address) || /[?#]/.test(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  const isPrivate = protocol === 'https:' || (protocol === 'http:' && isLoopbackName(hostname));
  return isPrivate && username === '' && password === '';
}

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
