import { EventEmitter } from 'node:events';
import { Registry } from 'prom-client';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readConfig } from '../../bot/config.ts';
import { createLogger } from '../../bot/logger.ts';
import { type RunningServer, type ServerParts, startServer } from '../../bot/server.ts';
import { createTinyBot } from '../support/tiny-bot.ts';

async function start(env: Record<string, string> = {}, parts: Partial<ServerParts> = {}): Promise<RunningServer> {
  const server = await startServer({
    bot: createTinyBot(),
    config: readConfig({ PORT: '0', ...env }),
    logger: createLogger({ level: 'silent' }),
    metrics: new Registry(),
    clock: { now: () => 0 },
    ...parts,
  });
  onTestFinished(() => server.close());
  return server;
}

const ask = (url: string) =>
  fetch(`${url}/api/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"question":"does it come back"}',
  });

/** A bot that keeps questions under way until they are released. */
function heldBot() {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { bot: createTinyBot({ before: () => held }), release: () => release() };
}

describe('the server', () => {
  it('says where it listens, and answers there', async () => {
    const { url } = await start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await ask(url)).status).toBe(200);
  });

  it('finishes a question under way before it stops, and takes no new one', async () => {
    const { bot, release } = heldBot();
    const server = await start({}, { bot });
    const underWay = ask(server.url);
    await vi.waitFor(() => expect(bot.heard).toHaveLength(1));
    const closing = server.close();
    await vi.waitFor(() => expect(ask(server.url)).rejects.toThrow());
    expect(bot.closed()).toBe(false);
    release();
    expect((await underWay).status).toBe(200);
    await closing;
    expect(bot.closed()).toBe(true);
  });

  it.each(['SIGTERM', 'SIGINT'])('stops on %s, once', async (signal) => {
    const signals = new EventEmitter();
    const bot = createTinyBot();
    const server = await start({}, { bot, signals });
    signals.emit(signal, signal);
    await server.closed;
    expect(bot.closed()).toBe(true);
    expect(signals.listenerCount('SIGTERM') + signals.listenerCount('SIGINT')).toBe(0);
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('can be closed more than once', async () => {
    const server = await start();
    await Promise.all([server.close(), server.close()]);
    await server.close();
  });

  it('names the port and the setting when another program has the port', async () => {
    const { url } = await start();
    const { port } = new URL(url);
    await expect(start({ PORT: port })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringMatching(new RegExp(`port ${port}.*taken.*PORT`)),
    });
  });

  it('names the host and the setting when this machine has no such address', async () => {
    await expect(start({ HOST: '192.0.2.1' })).rejects.toMatchObject({
      code: 'HOST_UNKNOWN',
      message: expect.stringMatching(/192\.0\.2\.1.*HOST/),
    });
  });
});
