import type { Logger } from 'pino';
import type { Bot } from '../../bot.ts';
import type { Clock } from '../../clock.ts';
import type { Config } from '../../config.ts';
import type { Route } from '../web/route.ts';
import { createSigningKeys } from './auth/signing-keys.ts';
import { createTokenVerifier } from './auth/token.ts';
import { createTeamsChannel } from './channel.ts';
import { createRunTurn, type OutboundToken } from './connector/adapter.ts';
import { createDelivery, type DeliveryParts } from './connector/deliver.ts';
import { createOutboundToken } from './connector/outbound-token.ts';
import { type Admission, messagesRoute } from './messages-route.ts';

export interface TeamsParts {
  readonly bot: Bot;
  readonly config: Pick<Config, 'teams' | 'publicUrl' | 'rateLimitPerMinute'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where the keys of the Bot Framework are published, and who issues its tokens; absent: Microsoft's own. */
  readonly metadataUrl?: string;
  readonly issuer?: string;
  /** Absent: from Microsoft Entra, by the configured credential. */
  readonly outboundToken?: OutboundToken;
  readonly delivery?: Omit<DeliveryParts, 'clock'>;
}

export interface ComposedTeams {
  readonly route: Route;
  /** What an operator has to know at start, in plain words. */
  readonly warnings: readonly string[];
}

/**
 * The Teams channel, where the configuration has one: with an app id, by token; with `TEAMS_ANONYMOUS`, for this
 * machine only; otherwise none. Throws `CredentialsError`.
 */
export function composeTeams(parts: TeamsParts): ComposedTeams | undefined {
  const { bot, config, clock, logger, metadataUrl, issuer } = parts;
  const { appId, anonymous } = config.teams;
  if (appId === undefined && !anonymous) return undefined;

  const tenants = tenantsOf(config.teams);
  const admission: Admission =
    appId === undefined
      ? { kind: 'anonymous' }
      : {
          kind: 'token',
          verify: createTokenVerifier({
            appId,
            keys: createSigningKeys({ clock, ...(metadataUrl !== undefined && { metadataUrl }) }),
            clock,
            ...(issuer !== undefined && { issuer }),
          }),
          tenants,
        };
  const token =
    appId === undefined ? async () => undefined : (parts.outboundToken ?? createOutboundToken(config.teams));
  const runTurn = createRunTurn({ appId, token, delivery: createDelivery({ clock, ...parts.delivery }) });
  const channel = createTeamsChannel({ bot, clock, logger, publicUrl: config.publicUrl, runTurn });
  return {
    route: messagesRoute({ channel, admission, clock, perMinute: config.rateLimitPerMinute }),
    warnings: [...warningsOf(config.teams, tenants), ...addressWarning(config.publicUrl)],
  };
}

/** Those that are named, or else the registration's own. */
function tenantsOf({ allowedTenants, tenantId }: Config['teams']): readonly string[] {
  if (allowedTenants.length > 0) return allowedTenants;
  return tenantId === undefined ? [] : [tenantId];
}

function warningsOf({ appId, anonymous }: Config['teams'], tenants: readonly string[]): string[] {
  if (appId === undefined) {
    return [
      'TEAMS_ANONYMOUS is on: /api/messages takes messages WITHOUT PROOF of who sent them, from this machine only. Never put a tunnel or a proxy in front.',
    ];
  }
  return [
    ...(anonymous ? ['TEAMS_ANONYMOUS has no effect beside TEAMS_APP_ID: every message needs a token.'] : []),
    ...(tenants.length === 0
      ? ['Neither TEAMS_TENANT_ID nor TEAMS_ALLOWED_TENANTS is set: /api/messages will refuse everybody.']
      : []),
  ];
}

function addressWarning(publicUrl: string | undefined): string[] {
  if (publicUrl?.startsWith('https://')) return [];
  return [
    'PUBLIC_URL is not an https:// address: answers in Teams can not be shared to a channel; without any address they have no link to the passage either.',
  ];
}
