import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface HostPage {
  readonly url: string;
  /** What it serves from now on, whatever the path. */
  show(html: string, headers?: Record<string, string>): void;
}

/** A clinic's own site, on a port of its own: another origin than the bot's. */
export async function serveHostPage(): Promise<HostPage> {
  let page = { html: '', headers: {} as Record<string, string> };
  const server = createServer((_req, res) => {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers });
    res.end(page.html);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show(html, headers = {}) {
      page = { html, headers };
    },
  };
}
