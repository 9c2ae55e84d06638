import { describe, expect, it } from 'vitest';
import { type ServedWeb, serveWeb } from '../../../support/serve-web.ts';

const TWO = { RATE_LIMIT_PER_MINUTE: '2' };
const statuses = async (web: ServedWeb, addresses: readonly string[]) => {
  const seen: number[] = [];
  for (const address of addresses) seen.push((await web.ask({ question: 'a' }, { 'x-forwarded-for': address })).status);
  return seen;
};

describe('the limit on questions', () => {
  it('answers 429 with Retry-After and the emergency contacts once a client has asked too many', async () => {
    const web = await serveWeb({ env: TWO });
    await statuses(web, ['', '']);
    const response = await web.ask({ question: 'danger', region: 'UK' });
    expect(response.status).toBe(429);
    const seconds = Number(response.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(await response.json()).toMatchObject({ code: 'too_many_requests', contacts: [{ phone: '911' }, {}] });
    expect(web.bot.heard).toHaveLength(2);
  });

  it('counts questions that were refused, too', async () => {
    const web = await serveWeb({ env: TWO });
    await web.ask({});
    await web.ask('', { 'content-type': 'text/plain' });
    expect((await web.ask({ question: 'a' })).status).toBe(429);
  });

  it('leaves everything but questions alone', async () => {
    const web = await serveWeb({ env: TWO });
    await statuses(web, ['', '', '']);
    for (const path of ['/', '/api/starters', '/api/passages/tiny/side-effects/dry-lips', '/healthz']) {
      expect((await fetch(web.url + path)).status, path).toBe(200);
    }
  });

  it('takes no client’s word for its address', async () => {
    const web = await serveWeb({ env: TWO });
    expect(await statuses(web, ['192.0.2.1', '192.0.2.2', '192.0.2.3'])).toEqual([200, 200, 429]);
  });

  it('tells clients apart by what a trusted proxy says', async () => {
    const web = await serveWeb({ env: { ...TWO, TRUST_PROXY: '1' } });
    const same = '192.0.2.1';
    expect(await statuses(web, [same, same, same, '192.0.2.2'])).toEqual([200, 200, 429, 200]);
  });

  it('believes the nearest proxy only, not what a client wrote before it', async () => {
    const web = await serveWeb({ env: { ...TWO, TRUST_PROXY: 'loopback' } });
    const made = ['198.51.100.1, 192.0.2.1', '198.51.100.2, 192.0.2.1', '198.51.100.3, 192.0.2.1'];
    expect(await statuses(web, made)).toEqual([200, 200, 429]);
  });

  it('takes all addresses of an IPv6 network for one client', async () => {
    const web = await serveWeb({ env: { ...TWO, TRUST_PROXY: '1' } });
    const network = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::', '2001:0db8:1:2:a:b:c:d'];
    expect(await statuses(web, [...network, '2001:db8:1:3::1'])).toEqual([200, 200, 429, 200]);
  });
});
