import { isLoopbackName } from '../../web/this-machine.ts';
import type { TeamsActivity } from '../activity.ts';
import type { Refusal } from './refusal.ts';
import type { Caller } from './token.ts';

/** The tenants whose people may ask; an empty list lets nobody in. */
export type AllowedTenants = readonly string[];

/** Holds a message against the token that it came with. Undefined: it may pass. */
export function refusalOf(
  activity: TeamsActivity,
  { endorsements, serviceUrl }: Caller,
  tenants: AllowedTenants,
): Refusal | undefined {
  // Other channels of a registration (Web Chat is on by default) know no tenant to hold anybody to.
  if (activity.channelId !== 'msteams') return 'wrong_channel';
  if (!endorsements.includes(activity.channelId)) return 'not_endorsed';
  if (!isSameAddress(activity.serviceUrl, serviceUrl)) return 'wrong_service';
  return isOfTenants(activity, tenants) ? undefined : 'wrong_tenant';
}

/** The same for a message without a token: the playground's, whose replies must stay on this machine. */
export function refusalOfAnonymous({ channelId, serviceUrl }: TeamsActivity): Refusal | undefined {
  if (channelId !== 'msteams' && channelId !== 'emulator') return 'wrong_channel';
  return isLoopbackName(new URL(serviceUrl).hostname) ? undefined : 'not_loopback';
}

function isSameAddress(one: string, other: string): boolean {
  return URL.canParse(other) && plain(one) === plain(other);
}

function plain(address: string): string {
  return new URL(address).href.replace(/\/+$/, '');
}

/** Teams names the tenant in two places. What names none is let in nowhere, nor what names two. */
function isOfTenants({ conversation, channelData }: TeamsActivity, tenants: AllowedTenants): boolean {
  const named = [conversation.tenantId, channelData?.tenant?.id].filter((id) => id !== undefined);
  const allowed = new Set(tenants.map((id) => id.toLowerCase()));
  return named.length > 0 && named.every((id) => allowed.has(id.toLowerCase())) && sameOf(named);
}

function sameOf(ids: readonly string[]): boolean {
  return new Set(ids.map((id) => id.toLowerCase())).size === 1;
}
