import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { onTestFinished } from 'vitest';
import { createWebApp, type WebAppParts } from '../../bot/channels/web/app.ts';
import { readConfig } from '../../bot/config.ts';
import { createLogger } from '../../bot/logger.ts';
import { createTinyBot, type TinyBot } from './tiny-bot.ts';

export interface ServedWeb {
  readonly url: string;
  readonly bot: TinyBot;
  /** Everything logged so far, as one string. */
  readonly log: () => string;
  readonly logged: () => Record<string, unknown>[];
  /** `POST /api/ask` with a JSON body. */
  readonly ask: (body: unknown, headers?: Record<string, string>) => Promise<Response>;
}

/** A JSON body, as what the test takes it for. */
export async function bodyOf<T>(response: Promise<Response> | Response): Promise<T> {
  return (await (await response).json()) as T;
}

/** The web channel over real HTTP on a free port of the loopback, until the test ends. */
export async function serveWeb({
  env = {},
  bot = createTinyBot(),
  ...parts
}: { env?: Record<string, string>; bot?: TinyBot } & Partial<
  Pick<WebAppParts, 'ready' | 'clock'>
> = {}): Promise<ServedWeb> {
  let log = '';
  const write = (line: string) => {
    log += line;
  };
  const app = createWebApp({
    bot,
    config: readConfig({ LOG_LEVEL: 'trace', ...env }),
    logger: createLogger({ level: 'trace', destination: { write } }),
    metrics: new Registry(),
    clock: { now: () => Date.parse('2026-11-23T12:00:00Z') },
    ...parts,
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    bot,
    log: () => log,
    logged: () =>
      log
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    ask: (body, headers = {}) =>
      fetch(`${url}/api/ask`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
  };
}
