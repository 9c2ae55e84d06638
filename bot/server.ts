import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWebApp, type WebAppParts } from './channels/web/app.ts';
import type { Config } from './config.ts';
import { loggableError } from './loggable-error.ts';

/** A server that couldn't listen. */
export class ServerError extends Error {
  readonly code: 'PORT_TAKEN' | 'PORT_FORBIDDEN' | 'HOST_UNKNOWN';

  constructor(code: ServerError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ServerError';
    this.code = code;
  }
}

export interface RunningServer {
  /** Where it listens, such as `http://127.0.0.1:3978`. */
  readonly url: string;
  /** Takes no more requests, finishes those under way (for at most 10 s), then closes the bot. */
  close(): Promise<void>;
  /** Resolves once closed, by `close` or by a signal. */
  readonly closed: Promise<void>;
}

export interface ServerParts extends WebAppParts {
  readonly config: WebAppParts['config'] & Pick<Config, 'port' | 'host'>;
  /** Where SIGTERM and SIGINT come from; absent: nobody listens for them. */
  readonly signals?: Pick<NodeJS.EventEmitter, 'once' | 'off'> | undefined;
}

/** Listens, and is ready as soon as the bot is. Throws `ServerError` when the address can't be had. */
export async function startServer({ signals, ...parts }: ServerParts): Promise<RunningServer> {
  const { bot, config, logger, ready = () => true } = parts;
  let stopping: Promise<void> | undefined;
  const app = createWebApp({ ...parts, ready: () => !stopping && ready() });
  const server = await listen(() => app.listen(config.port, config.host), config);
  // The longest question is 8 KB: a client that takes longer to send it holds a connection for nothing.
  server.requestTimeout = 30_000;
  // Kept-alive connections that fall idle while stopping would hold the process.
  server.on('request', (_req, res) =>
    res.once('close', () => stopping && setImmediate(() => server.closeIdleConnections())),
  );

  let whenClosed = () => {};
  const closed = new Promise<void>((resolve) => {
    whenClosed = resolve;
  });
  const close = () => {
    stopping ??= stop(server)
      .then(() => bot.close())
      .finally(whenClosed);
    return stopping;
  };
  const onSignal = (signal: string) => {
    logger.info({ signal }, 'stopping');
    close().catch((error: unknown) => logger.error({ error: loggableError(error) }, 'stopping failed'));
  };
  for (const signal of SIGNALS) signals?.once(signal, onSignal);
  closed.finally(() => {
    for (const signal of SIGNALS) signals?.off(signal, onSignal);
  });

  const url = addressOf(server, config.host);
  logger.info({ url }, 'listening');
  return { url, close, closed };
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
const GRACE_MS = 10_000;

function listen(start: () => Server, { port, host }: Pick<Config, 'port' | 'host'>): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = start();
    server.once('listening', () => resolve(server));
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const failures: Record<string, ServerError | undefined> = {
        EADDRINUSE: new ServerError(
          'PORT_TAKEN',
          `server: port ${port} on ${host} is taken by another program; stop it, or set PORT to another port`,
          { cause },
        ),
        EACCES: new ServerError(
          'PORT_FORBIDDEN',
          `server: this user may not listen on port ${port}; set PORT to one above 1023`,
          { cause },
        ),
        EADDRNOTAVAIL: hostUnknown(host, cause),
        ENOTFOUND: hostUnknown(host, cause),
        EAI_AGAIN: hostUnknown(host, cause),
      };
      reject(failures[cause.code ?? ''] ?? cause);
    });
  });
}

function hostUnknown(host: string, cause: unknown): ServerError {
  const message = `server: this machine has no address "${host}"; set HOST to 127.0.0.1, or to 0.0.0.0 for all`;
  return new ServerError('HOST_UNKNOWN', message, { cause });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    cutOff.unref();
    server.close((error) => {
      clearTimeout(cutOff);
      if (error) reject(error);
      else resolve();
    });
  });
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
