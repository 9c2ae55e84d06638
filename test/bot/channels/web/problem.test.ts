import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../../bot/channels/web/problem.ts';
import { bodyOf, serveWeb } from '../../../support/serve-web.ts';

describe('problem documents', () => {
  it('have type, title, status and detail', async () => {
    const { url } = await serveWeb();
    const response = await fetch(`${url}/nowhere`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await response.json()).toEqual({
      type: 'urn:quotewell:problem:not_found',
      title: 'There is nothing here',
      status: 404,
      detail: expect.any(String),
      instance: `urn:uuid:${response.headers.get('x-request-id')}`,
      code: 'not_found',
    });
  });

  it.each(['/api', '/api/', '/api/nothing', '/index.html', '/page', '/../package.json', '/API/ask/more'])(
    'answer %s with 404',
    async (path) => {
      const { url } = await serveWeb();
      expect((await fetch(url + path)).status).toBe(404);
    },
  );

  it.each([
    ['GET', '/api/ask', 'POST'],
    ['HEAD', '/api/ask', 'POST'],
    ['DELETE', '/api/ask', 'POST'],
    ['PUT', '/API/Ask/', 'POST'],
    ['POST', '/api/starters', 'GET, HEAD'],
    ['POST', '/api/passages/tiny/side-effects/dry-lips', 'GET, HEAD'],
    ['PATCH', '/healthz', 'GET, HEAD'],
    ['POST', '/', 'GET, HEAD'],
    ['DELETE', '/openapi.json', 'GET, HEAD'],
    ['PROPFIND', '/metrics', 'GET, HEAD'],
  ])('answer %s %s with 405 and the methods that work', async (method, path, allow) => {
    const { url } = await serveWeb();
    const response = await fetch(url + path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
  });

  it('carry the emergency contacts wherever a question went wrong, however the address is spelled', async () => {
    const { url } = await serveWeb();
    for (const path of ['/api/ask', '/api/ask/', '/API/ASK', '/api/ask?a=b']) {
      expect(await (await fetch(url + path)).json(), path).toMatchObject({ contacts: [{ phone: '911' }, {}] });
    }
  });

  it('say which methods an address has when asked by OPTIONS', async () => {
    const { url } = await serveWeb();
    const response = await fetch(`${url}/api/ask`, { method: 'OPTIONS' });
    expect([response.status, response.headers.get('allow')]).toEqual([204, 'POST']);
  });

  it('tell a broken address from an unknown one', async () => {
    const { url } = await serveWeb();
    const response = await fetch(`${url}/api/passages/%E0%A4%A`);
    expect(response.status).toBe(400);
    expect((await bodyOf<Problem>(response)).code).toBe('invalid_request');
  });
});
