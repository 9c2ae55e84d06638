import { createServer } from 'node:http';
import { Registry } from 'prom-client';
import { onTestFinished } from 'vitest';
import { composeTeams, type TeamsParts } from '../../../bot/channels/teams/compose-teams.ts';
import { createWebApp } from '../../../bot/channels/web/app.ts';
import { readConfig } from '../../../bot/config.ts';
import { createLogger } from '../../../bot/logger.ts';
import { createTinyBot, type TinyBot } from '../tiny-bot.ts';
import { type Connector, startConnector } from './connector.ts';
import { listening } from './listening.ts';
import { APP_ID, type Signer, startSigner, type TokenClaims } from './signer.ts';

export const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
export const BOT = { id: `28:${APP_ID}`, name: 'Quotewell' };
export const ANN = { id: '29:ann', name: 'Ann', aadObjectId: 'bbbbbbbb-0000-4000-8000-000000000001' };

export type ActivityFields = Record<string, unknown>;

export interface ServedTeams {
  readonly url: string;
  readonly bot: TinyBot;
  readonly signer: Signer;
  readonly connector: Connector;
  readonly warnings: readonly string[];
  readonly log: () => string;
  /** Pauses that the bot made between tries, in milliseconds. */
  readonly pauses: number[];
  /** Sets the clock on. */
  pass(ms: number): void;
  /** An activity as Teams sends it, with another id each time. */
  activity(fields?: ActivityFields): ActivityFields;
  /** `POST /api/messages` with a valid token, or with another header; null: without one. */
  post(activity: unknown, authorization?: string | null): Promise<Response>;
  /** A message of a personal chat, or with other fields, sent in the right way. */
  say(text: string, fields?: ActivityFields): Promise<Response>;
  invoke(name: string, value: unknown, fields?: ActivityFields): Promise<Response>;
  token(claims?: TokenClaims): Promise<string>;
}

/** The bot's server with the Teams channel, and in Microsoft's place a connector and an identity service, all on loopback. */
export async function serveTeams({
  env = {},
  bot = createTinyBot(),
  endorsements,
  ...parts
}: {
  env?: Record<string, string>;
  bot?: TinyBot;
  endorsements?: readonly string[];
} & Partial<Pick<TeamsParts, 'delivery' | 'outboundToken'>> = {}): Promise<ServedTeams> {
  let now = Date.parse('2026-11-23T12:00:00Z');
  const clock = { now: () => now };
  const pauses: number[] = [];
  const connector = await startConnector();
  const signer = await startSigner({ ...clock, ...(endorsements && { endorsements }) });
  let log = '';
  const logger = createLogger({
    level: 'trace',
    destination: {
      write: (line) => {
        log += line;
      },
    },
  });
  const anonymous = env.TEAMS_ANONYMOUS !== undefined;
  const config = readConfig({
    LOG_LEVEL: 'trace',
    PUBLIC_URL: 'https://bot.clinic.example',
    ...(!anonymous && { TEAMS_APP_ID: APP_ID, TEAMS_APP_PASSWORD: 'secret', TEAMS_TENANT_ID: TENANT }),
    ...env,
  });
  const teams = composeTeams({
    bot,
    config,
    clock,
    logger,
    metadataUrl: signer.metadataUrl,
    outboundToken: async () => 'outbound-token',
    ...parts,
    delivery: {
      sleep: async (ms) => {
        pauses.push(ms);
      },
      ...parts.delivery,
    },
  });
  const app = createWebApp({ bot, config, logger, metrics: new Registry(), clock, more: teams && [teams.route] });
  const server = createServer(app);
  const url = await listening(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });

  let count = 0;
  const activity = (fields: ActivityFields = {}): ActivityFields => ({
    type: 'message',
    id: `1700000000${String(++count).padStart(3, '0')}`,
    timestamp: new Date(now).toISOString(),
    channelId: 'msteams',
    serviceUrl: connector.serviceUrl,
    from: ANN,
    recipient: BOT,
    conversation: { conversationType: 'personal', tenantId: TENANT, id: 'a:ann' },
    channelData: { tenant: { id: TENANT } },
    locale: 'en-US',
    ...fields,
  });
  const token = (claims: TokenClaims = {}) => signer.token({ serviceurl: connector.serviceUrl, ...claims });
  const post = async (body: unknown, authorization?: string | null) => {
    const header = authorization === undefined && !anonymous ? `Bearer ${await token()}` : authorization;
    return fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(header && { authorization: header }) },
      body: JSON.stringify(body),
    });
  };
  return {
    url,
    bot,
    signer,
    connector,
    warnings: teams?.warnings ?? [],
    log: () => log,
    pauses,
    pass: (ms) => {
      now += ms;
    },
    activity,
    post,
    say: (text, fields = {}) => post(activity({ text, textFormat: 'plain', ...fields })),
    invoke: (name, value, fields = {}) =>
      post(activity({ type: 'invoke', name, value, id: `f:${++count}`, ...fields })),
    token,
  };
}

/** In a channel of a team: the thread's id is part of the conversation's. */
export const CHANNEL = {
  conversation: {
    conversationType: 'channel',
    isGroup: true,
    tenantId: TENANT,
    id: '19:channel@thread.tacv2;messageid=1699999999999',
  },
  channelData: {
    tenant: { id: TENANT },
    team: { id: '19:team@thread.tacv2' },
    channel: { id: '19:channel@thread.tacv2' },
  },
};

/** The text and entity by which the bot is mentioned. */
export function mentioning(text: string): ActivityFields {
  return {
    text: `<at>Quotewell</at> ${text}`,
    entities: [
      { type: 'mention', mentioned: BOT, text: '<at>Quotewell</at>' },
      { type: 'clientInfo', locale: 'en-US' },
    ],
  };
}
