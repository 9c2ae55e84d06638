import { ProblemError } from '../../web/problem.ts';
import type { RequestNotes } from '../../web/request-log.ts';

/**
 * Why a message is not let in. Who sends it is told as much as its own operator needs to mend it; the code goes into
 * the log.
 */
export const REFUSALS = {
  no_token: ['unauthorized', 'A bearer token of the Bot Framework is needed.'],
  malformed_token: ['unauthorized', 'The bearer token is not a signed JSON Web Token.'],
  wrong_algorithm: ['unauthorized', 'The token must be signed with RS256.'],
  unknown_key: ['unauthorized', 'The token names no signing key of the Bot Framework.'],
  wrong_signature: ['unauthorized', "The token's signature does not hold."],
  wrong_issuer: ['unauthorized', 'The token was not issued by the Bot Framework.'],
  wrong_audience: ['unauthorized', 'The token is not for this bot; TEAMS_APP_ID says for which it may be.'],
  expired: ['unauthorized', 'The token has expired.'],
  not_yet_valid: ['unauthorized', 'The token is not valid yet.'],
  wrong_claims: ['unauthorized', 'The token lacks a claim that it must have, or has it in a wrong form.'],
  wrong_service: ['forbidden', 'The token was issued for another serviceUrl.'],
  wrong_channel: ['forbidden', 'Only Microsoft Teams may send messages here.'],
  not_endorsed: ['forbidden', "The token's key is not endorsed for this channel."],
  wrong_tenant: ['forbidden', 'This tenant is not allowed; TEAMS_ALLOWED_TENANTS says which are.'],
  changed_replay: ['forbidden', 'A message with this id has come before, with another content.'],
  not_loopback: ['forbidden', 'Without an app registration the bot speaks to programs of its own machine only.'],
} as const satisfies Record<string, readonly ['unauthorized' | 'forbidden', string]>;
export type Refusal = keyof typeof REFUSALS;

/** The problem document that answers it; notes the code for the log. */
export function refuse(refusal: Refusal, notes: RequestNotes): ProblemError {
  const [code, detail] = REFUSALS[refusal];
  notes.refused = refusal;
  const headers: Record<string, string> = code === 'unauthorized' ? { 'WWW-Authenticate': 'Bearer' } : {};
  return new ProblemError(code, detail, { headers });
}
