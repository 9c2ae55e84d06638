import { expect, it, vi } from 'vitest';
import { serveWeb } from '../../../support/serve-web.ts';

const FORWARDED = { 'x-forwarded-for': '203.0.113.9' };
const TOKEN = { METRICS_TOKEN: 'open-sesame' };

it('counts replies by kind and requests by route, for Prometheus', async () => {
  const { url, ask } = await serveWeb();
  await (await ask({ question: 'does it come back' })).text();
  await (await ask({ question: 'danger' })).text();
  await (await fetch(`${url}/some/secret/path`)).text();
  await vi.waitFor(async () => {
    const response = await fetch(`${url}/metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain');
    const text = await response.text();
    expect(text).toContain('quotewell_replies_total{kind="answer"} 1');
    expect(text).toContain('quotewell_replies_total{kind="urgent"} 1');
    expect(text).toContain('quotewell_request_duration_seconds_count{route="/api/ask",status="200"} 2');
    expect(text).toContain('quotewell_request_duration_seconds_count{route="none",status="404"} 1');
    expect(text).not.toContain('secret');
  });
});

it('answers the machine itself, token or not', async () => {
  const { url } = await serveWeb({ env: TOKEN });
  expect((await fetch(`${url}/metrics`)).status).toBe(200);
});

it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])(
  'takes a request with %s for one from elsewhere',
  async (name) => {
    const { url } = await serveWeb();
    const response = await fetch(`${url}/metrics`, { headers: { [name]: '127.0.0.1' } });
    expect(response.status).toBe(403);
  },
);

it('answers others with the token only', async () => {
  const { url } = await serveWeb({ env: TOKEN });
  const status = async (authorization?: string) => {
    const headers = { ...FORWARDED, ...(authorization && { authorization }) };
    return (await fetch(`${url}/metrics`, { headers })).status;
  };
  expect(await status('Bearer open-sesame')).toBe(200);
  expect(await status('bearer open-sesame')).toBe(200);
  for (const wrong of [
    undefined,
    'Bearer',
    'Bearer open',
    'Bearer open-sesame-2',
    'Basic open-sesame',
    'open-sesame',
  ]) {
    expect(await status(wrong), wrong).toBe(401);
  }
});

it('asks for the token by its scheme', async () => {
  const { url } = await serveWeb({ env: TOKEN });
  const response = await fetch(`${url}/metrics`, { headers: FORWARDED });
  expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
});
