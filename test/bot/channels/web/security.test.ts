import { describe, expect, it } from 'vitest';
import { serveWeb } from '../../../support/serve-web.ts';

const CLINIC = 'https://clinic.example';
const ALLOW = { ALLOWED_ORIGINS: CLINIC };
const preflight = (url: string, origin: string) =>
  fetch(`${url}/api/ask`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
  });

describe('headers', () => {
  it('let the page run its own files and nothing else', async () => {
    const { url } = await serveWeb();
    const policy = (await fetch(url)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('are on every answer, errors too', async () => {
    const { url } = await serveWeb();
    for (const path of ['/', '/api/ask', '/nowhere', '/healthz', '/page/page.js']) {
      const { headers } = await fetch(url + path);
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('referrer-policy'), path).toBe('no-referrer');
      expect(headers.get('x-powered-by'), path).toBeNull();
    }
  });

  it('ask for HTTPS only where the clinic serves it', async () => {
    const strict = async (env: Record<string, string>) =>
      (await fetch((await serveWeb({ env })).url)).headers.get('strict-transport-security');
    expect(await strict({})).toBeNull();
    expect(await strict({ PUBLIC_URL: 'https://bot.example' })).toMatch(/^max-age=\d+$/);
  });
});

describe('origins', () => {
  it('let requests without one pass, as those of servers', async () => {
    const { ask } = await serveWeb();
    const response = await ask({ question: 'a' });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, null]);
  });

  it('let the page itself pass', async () => {
    const { ask, url } = await serveWeb();
    expect((await ask({ question: 'a' }, { origin: url })).status).toBe(200);
  });

  it('let the page itself pass behind a proxy, by PUBLIC_URL or by the word of the browser', async () => {
    const { ask } = await serveWeb({ env: { PUBLIC_URL: 'https://bot.example/faq' } });
    expect((await ask({ question: 'a' }, { origin: 'https://bot.example' })).status).toBe(200);
    expect((await ask({ question: 'a' }, { origin: CLINIC, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it.each([CLINIC, 'null', 'https://127.0.0.1', 'not an origin', 'https://clinic.example.evil.example'])(
    'refuse %s unless it is allowed, with the emergency contacts',
    async (origin) => {
      const { ask, bot } = await serveWeb();
      const response = await ask({ question: 'a' }, { origin });
      expect(response.status).toBe(403);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(await response.json()).toMatchObject({ code: 'origin_not_allowed', contacts: [{}, {}] });
      expect(bot.heard).toEqual([]);
    },
  );

  it('let an allowed site ask, and read the reply', async () => {
    const { ask } = await serveWeb({ env: ALLOW });
    const response = await ask({ question: 'a' }, { origin: CLINIC });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe(CLINIC);
    expect(response.headers.get('vary')).toContain('Origin');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('let an allowed site read problems as well, for the contacts in them', async () => {
    const { ask } = await serveWeb({ env: { ...ALLOW, RATE_LIMIT_PER_MINUTE: '1' } });
    await ask({ question: 'a' }, { origin: CLINIC });
    const response = await ask({ question: 'a' }, { origin: CLINIC });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([429, CLINIC]);
    expect(response.headers.get('access-control-expose-headers')).toContain('Retry-After');
  });

  it('answer the preflight of an allowed site, without counting it as a question', async () => {
    const { url, ask } = await serveWeb({ env: { ...ALLOW, RATE_LIMIT_PER_MINUTE: '1' } });
    for (const _ of [1, 2]) {
      const response = await preflight(url, CLINIC);
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe(CLINIC);
      expect(response.headers.get('access-control-allow-methods')).toContain('POST');
      expect(response.headers.get('access-control-allow-headers')).toBe('Content-Type');
    }
    expect((await ask({ question: 'a' }, { origin: CLINIC })).status).toBe(200);
  });

  it('refuse the preflight of any other site', async () => {
    const { url } = await serveWeb({ env: ALLOW });
    const response = await preflight(url, 'https://other.example');
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });
});
