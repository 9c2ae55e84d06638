import { setTimeout as sleep } from 'node:timers/promises';
import { Activity } from '@microsoft/agents-activity';
import { CloudAdapter, ConnectorClient, type HttpRequestConfig, TurnContext } from '@microsoft/agents-hosting';
import type { TeamsActivity } from '../activity.ts';
import { CredentialsError } from './credentials-error.ts';
import type { Delivery } from './deliver.ts';

/** A token for the connector; undefined where none is needed, which is offline only. */
export type OutboundToken = () => Promise<string | undefined>;

export interface TurnResult {
  readonly status: number;
  /** What an invoke is answered with. */
  readonly body?: unknown;
}

/** Runs a turn: from an activity that was let in to what its HTTP request is answered with. */
export type RunTurn = (activity: TeamsActivity, logic: (context: TurnContext) => Promise<void>) => Promise<TurnResult>;

/**
 * Turns on `CloudAdapter`, which knows how activities are addressed, sent and answered. Three things are done otherwise
 * than it does: a token is fetched when something is sent, not for every message that comes in; sending has a time
 * limit, and is repeated only where that is safe; and an error is the caller's to handle, not told to the person.
 */
export function createRunTurn({
  appId = 'anonymous',
  token,
  delivery,
}: {
  appId?: string | undefined;
  token: OutboundToken;
  delivery: Delivery;
}): RunTurn {
  const adapter = new TurnAdapter({ clientId: appId });
  adapter.onTurnError = async (_context, error) => {
    throw error;
  };
  return (activity, logic) => adapter.run(activity, connectorFor(activity.serviceUrl), logic);

  function connectorFor(serviceUrl: string): ConnectorClient {
    const connector = ConnectorClient.createClientWithToken(serviceUrl, '');
    const { httpClient } = connector;
    const send = httpClient.request.bind(httpClient);
    httpClient.request = async <T>(config: HttpRequestConfig) => {
      const bearer = await Promise.race([token(), tooLate()]);
      const headers = { ...config.headers, ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) };
      return delivery.deliver((signal) => send<T>({ ...config, headers, signal }), isTyping(config) ? 1 : undefined);
    };
    return connector;
  }
}

/** Teams gives a turn some 15 seconds; one that waits for its own token must end, too. */
const TOKEN_MS = 8000;

async function tooLate(): Promise<never> {
  await sleep(TOKEN_MS, undefined, { ref: false });
  throw new CredentialsError(`no token for the connector came within ${TOKEN_MS / 1000} seconds`);
}

/** Worth nothing once the answer is there, so never sent late. */
function isTyping({ data }: HttpRequestConfig): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'typing';
}

/** What `CloudAdapter` shows to its heirs only. */
class TurnAdapter extends CloudAdapter {
  async run(
    activity: TeamsActivity,
    connector: ConnectorClient,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<TurnResult> {
    const context = new TurnContext(this, Activity.fromObject(addressOf(activity)));
    this.setConnectorClient(context, connector);
    await this.runMiddleware(context, logic);
    const { status = 200, body } = this.processTurnResults(context) ?? {};
    return { status, body };
  }
}

/** All that the library needs to answer an activity. Of the rest it asks for a form that Teams is not held to. */
function addressOf(activity: TeamsActivity) {
  const { type, id, channelId, serviceUrl, from, recipient, conversation, locale, deliveryMode } = activity;
  return { type, id, channelId, serviceUrl, from, recipient, conversation, locale, deliveryMode };
}
