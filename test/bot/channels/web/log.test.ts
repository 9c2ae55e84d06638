import { expect, it, vi } from 'vitest';
import type { Problem } from '../../../../bot/channels/web/problem.ts';
import { bodyOf, type ServedWeb, serveWeb } from '../../../support/serve-web.ts';
import { createTinyBot } from '../../../support/tiny-bot.ts';

const MARKER = 'xyzzy';

/** The log once so many requests are over: a line is written when its connection is done, just after the answer. */
async function lines(web: ServedWeb, count: number) {
  await vi.waitFor(() => expect(web.logged()).toHaveLength(count));
  return web.logged();
}

it('holds nothing of what a person typed, wherever they typed it', async () => {
  const web = await serveWeb();
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${web.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  const requests = [
    () => web.ask({ question: `does it come back ${MARKER}`, conversationId: MARKER }),
    () =>
      web.ask(
        { question: `danger ${MARKER}` },
        { 'user-agent': MARKER, 'x-request-id': MARKER, referer: `https://${MARKER}.example` },
      ),
    () => web.ask({ question: `please break ${MARKER}\n    at ${MARKER} (file:///${MARKER}.ts:1:1)` }),
    () => web.ask({ question: MARKER.repeat(1000), region: MARKER, [MARKER]: MARKER }),
    () => post('/api/ask', `{"question": "${MARKER}`),
    () => post('/api/ask', `{"question": "${MARKER.repeat(2000)}"}`),
    () => post('/api/ask', MARKER, { 'content-type': `text/${MARKER}` }),
    () => post('/api/ask', MARKER, { 'content-type': `application/json; charset=${MARKER}` }),
    () => post('/api/ask', MARKER, { 'content-encoding': MARKER }),
    () => post('/api/ask', `{"question":"a"}`, { origin: `https://${MARKER}.example` }),
    () => fetch(`${web.url}/api/ask?question=${MARKER}`),
    () => fetch(`${web.url}/api/starters?region=${MARKER}`),
    () => fetch(`${web.url}/api/passages/${MARKER}`),
    () => fetch(`${web.url}/api/passages/${MARKER}%E0%A4%A`),
    () => fetch(`${web.url}/page/${MARKER}`),
    () => fetch(`${web.url}/${MARKER}`, { method: 'PUT', body: MARKER }),
    () => fetch(`${web.url}/metrics`, { headers: { authorization: `Bearer ${MARKER}`, 'x-forwarded-for': MARKER } }),
  ];
  for (const request of requests) await (await request()).text();
  await lines(web, requests.length);
  expect(web.log()).not.toContain(MARKER);
});

it('says of each request its kind of reply, status, duration and id', async () => {
  let now = 0;
  const web = await serveWeb({ clock: { now: () => (now += 5) } });
  const response = await web.ask({ question: 'does it come back' });
  await response.text();
  expect(await lines(web, 1)).toEqual([
    {
      level: 'info',
      time: expect.any(String),
      requestId: response.headers.get('x-request-id'),
      method: 'POST',
      route: '/api/ask',
      status: 200,
      ms: 5,
      kind: 'answer',
      msg: 'request',
    },
  ]);
});

it('says of a refusal its code, under the id that the sender was told', async () => {
  const web = await serveWeb();
  const problem = await bodyOf<Problem>(web.ask({ question: '' }));
  const [line] = await lines(web, 1);
  expect(line).toMatchObject({ level: 'warn', status: 400, problem: 'invalid_request' });
  expect(problem.instance).toBe(`urn:uuid:${line?.requestId}`);
});

it('says of an unexpected error its code and where it was thrown', async () => {
  const web = await serveWeb();
  await (await web.ask({ question: 'please break' })).text();
  const [line] = await lines(web, 1);
  expect(line).toMatchObject({
    level: 'error',
    status: 500,
    problem: 'internal',
    error: { name: 'Error', code: 'TINY_BROKEN' },
  });
  expect(JSON.stringify(line?.error)).toMatch(/tiny-bot/);
});

it('says when a client went away before its reply', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });

  const bot = createTinyBot({ before: () => held });
  const web = await serveWeb({ bot });
  const leaving = new AbortController();
  const asked = fetch(`${web.url}/api/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"question":"one"}',
    signal: leaving.signal,
  });
  await vi.waitFor(() => expect(bot.heard).toHaveLength(1));
  leaving.abort();
  await expect(asked).rejects.toThrow();
  const [line] = await lines(web, 1);
  expect(line).toMatchObject({ route: '/api/ask', aborted: true });
  release();
});
