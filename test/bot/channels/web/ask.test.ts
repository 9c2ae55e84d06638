import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../../bot/channels/web/problem.ts';
import type { Reply } from '../../../../bot/reply.ts';
import { bodyOf, serveWeb } from '../../../support/serve-web.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

describe('POST /api/ask', () => {
  it('answers a question with the reply of the bot', async () => {
    const { ask } = await serveWeb();
    const response = await ask({ question: 'Does acne come back?' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toMatchObject({ kind: 'answer', region: 'US', quotes: [{ start: 0 }, { start: 0 }] });
  });

  it('hands the question over as it was typed, with region, language and conversation', async () => {
    const { ask, bot } = await serveWeb();
    const question = '  ¿Does ACNE come back?\n\u0000🙂  ';
    await ask({ question, region: 'UK', language: 'es', conversationId: 'c-1' });
    expect(bot.heard).toEqual([{ text: question, region: 'UK', language: 'es', conversationId: 'c-1' }]);
  });

  it('keeps a conversation going under its id', async () => {
    const { ask } = await serveWeb();
    const first = await bodyOf<Reply>(ask({ question: 'one' }));
    const second = await bodyOf<Reply>(ask({ question: 'two', conversationId: first.conversationId }));
    expect(second.conversationId).toBe(first.conversationId);
  });

  it('begins a new conversation where the id is unknown', async () => {
    const { ask } = await serveWeb();
    const response = await ask({ question: 'one', conversationId: 'long gone' });
    expect(response.status).toBe(200);
    expect((await bodyOf<Reply>(response)).conversationId).not.toBe('long gone');
  });

  it('ignores what it does not know', async () => {
    const { ask, bot } = await serveWeb();
    const response = await ask({ question: 'one', user: 'Ann', __proto__: { region: 'UK' }, constructor: 1 });
    expect(response.status).toBe(200);
    expect(bot.heard).toEqual([{ text: 'one' }]);
  });

  it('must not be stored on the way', async () => {
    const { ask } = await serveWeb();
    expect((await ask({ question: 'one' })).headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    'application/json',
    'Application/JSON',
    'application/json;charset=UTF-8',
    'application/json; charset="utf-8"',
  ])('takes %s', async (type) => {
    const { ask } = await serveWeb();
    expect((await ask({ question: 'one' }, { 'content-type': type })).status).toBe(200);
  });

  it('takes a gzipped body', async () => {
    const { url } = await serveWeb();
    const body = gzipSync(JSON.stringify({ question: 'one' }));
    const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
    expect((await fetch(`${url}/api/ask`, { method: 'POST', headers, body })).status).toBe(200);
  });
});

describe('POST /api/ask with a question that the bot can not take', () => {
  const cases: [string, unknown, RegExp][] = [
    ['no question', {}, /question is missing/],
    ['an empty question', { question: '' }, /question is empty/],
    ['a question of white space', { question: ' \n\t\u00a0\u3000 ' }, /question is empty/],
    ['a question that is a number', { question: 7 }, /question must be a string/],
    ['a question that is null', { question: null }, /question must be a string/],
    ['a question that is a list', { question: ['a'] }, /question must be a string/],
    ['a question that is too long', { question: 'a'.repeat(2001) }, /question must not be longer than 2000 characters/],
    ['an unknown region', { question: 'a', region: 'FR' }, /region must be one of US, UK, EU, IE, AU, NZ/],
    ['a region in lower case', { question: 'a', region: 'us' }, /region must be one of US, UK, EU, IE, AU, NZ/],
    ['an unknown language', { question: 'a', language: 'de' }, /language must be one of en, es/],
    ['a conversation id that is a number', { question: 'a', conversationId: 7 }, /conversationId must be a string/],
    ['a conversation id that is null', { question: 'a', conversationId: null }, /conversationId must be a string/],
    ['an endless conversation id', { question: 'a', conversationId: 'x'.repeat(101) }, /longer than 100 characters/],
    ['a list', [{ question: 'a' }], /The body must be a JSON object/],
    ['a string', 'Does acne come back?', /The body must be a JSON object/],
    ['null', null, /The body must be a JSON object/],
  ];

  it.each(cases)('refuses %s, says why, and shows the emergency contacts', async (_, body, says) => {
    const { ask, bot } = await serveWeb();
    const response = await ask(body);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await response.json()).toMatchObject({
      type: 'urn:quotewell:problem:invalid_request',
      status: 400,
      code: 'invalid_request',
      detail: expect.stringMatching(says),
      contacts: [{ phone: '911' }, {}],
    });
    expect(bot.heard).toEqual([]);
  });

  it('names every field that is wrong, not only the first', async () => {
    const { ask } = await serveWeb();
    const problem = await bodyOf<Problem>(ask({ question: 5, region: 'X', language: 'X', conversationId: 5 }));
    expect(problem.errors?.map(({ field }) => field)).toEqual(['question', 'conversationId', 'region', 'language']);
  });

  it('shows the contacts of the region and language that were asked for, where those are right', async () => {
    const { ask } = await serveWeb();
    const problem = await bodyOf<Problem>(ask({ question: '', region: 'UK', language: 'es' }));
    expect(problem.contacts?.[0]).toEqual({ label: 'Emergencias', phone: '999' });
    const halfRight = await bodyOf<Problem>(ask({ question: 'a', region: 'Mars', language: 'es' }));
    expect(halfRight.contacts?.[0]).toEqual({ label: 'Emergencias', phone: '911' });
  });

  it('never repeats what was typed', async () => {
    const { ask } = await serveWeb();
    const marker = 'xyzzy';
    for (const body of [
      { question: marker.repeat(500) },
      { question: 'a', region: marker },
      [marker],
      { [marker]: 1 },
    ]) {
      expect(await (await ask(body)).text()).not.toContain(marker);
    }
  });

  it('counts characters, not bytes or halves of pairs', async () => {
    const { ask } = await serveWeb();
    expect((await ask({ question: '🙂'.repeat(2000) })).status).toBe(200);
    expect((await ask({ question: 'a'.repeat(2000) })).status).toBe(200);
    expect((await ask({ question: 'ä'.repeat(2001) })).status).toBe(400);
  });

  it('mends halves of surrogate pairs before the bot sees them', async () => {
    const { url, bot } = await serveWeb();
    const body = '{"question":"a \\ud83d b \\ude42"}';
    expect((await fetch(`${url}/api/ask`, { method: 'POST', headers: JSON_TYPE, body })).status).toBe(200);
    expect(bot.heard[0]?.text).toBe('a \ufffd b \ufffd');
  });

  it('answers any JSON with a reply or a 400, never with a 500', async () => {
    const { ask } = await serveWeb({ env: { RATE_LIMIT_PER_MINUTE: '1000000' } });
    const body = fc.oneof(fc.jsonValue(), fc.record({ question: fc.string({ unit: 'binary', maxLength: 50 }) }));
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        expect([200, 400]).toContain((await ask(value)).status);
      }),
      { numRuns: 100 },
    );
  });
});

describe('POST /api/ask with a body that is no JSON', () => {
  const post = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = JSON_TYPE) => {
    const { url } = await serveWeb();
    const response = await fetch(`${url}/api/ask`, { method: 'POST', headers, body });
    return { status: response.status, problem: await response.json() };
  };

  it.each([
    '{"question": "a"',
    'question=a',
    '{"question": "a",}',
    "{'question': 'a'}",
    '\u0000',
    '{"question": "a"} x',
  ])('says that %j does not parse', async (body) => {
    expect(await post(body)).toMatchObject({ status: 400, problem: { code: 'invalid_json', contacts: [{}, {}] } });
  });

  it('says that an empty body is no question', async () => {
    expect(await post('')).toMatchObject({ status: 400, problem: { code: 'invalid_request' } });
  });

  it('refuses bytes that are not UTF-8', async () => {
    const body = new Uint8Array([...Buffer.from('{"question":"'), 0xff, 0xfe, ...Buffer.from('"}')]);
    expect(await post(body)).toMatchObject({ status: 400, problem: { code: 'invalid_json' } });
  });

  it('refuses a body that says gzip and is not', async () => {
    const refused = await post('{"question":"a"}', { ...JSON_TYPE, 'content-encoding': 'gzip' });
    expect(refused).toMatchObject({ status: 400, problem: { contacts: [{}, {}] } });
  });

  it.each([
    {},
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'multipart/form-data; boundary=x' },
    { 'content-type': 'application/json-patch+json' },
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-type': 'application/json; charset=latin1' },
    { 'content-type': 'application/json', 'content-encoding': 'zstd' },
  ])('refuses the media type of %j', async (headers) => {
    const refused = await post('{"question":"a"}', headers);
    expect(refused).toMatchObject({ status: 415, problem: { code: 'unsupported_media_type', contacts: [{}, {}] } });
  });

  it('takes 8192 bytes and refuses one more', async () => {
    const padded = (bytes: number) => {
      const start = '{"question":"a","more":"';
      return `${start}${'x'.repeat(bytes - start.length - 2)}"}`;
    };
    expect((await post(padded(8192))).status).toBe(200);
    expect(await post(padded(8193))).toMatchObject({
      status: 413,
      problem: {
        code: 'body_too_large',
        detail: expect.stringContaining('8192 bytes'),
        contacts: [{ phone: '911' }, {}],
      },
    });
  });

  it('refuses a large body, whether its length is told or not, and one that grows when unpacked', async () => {
    const megabyte = JSON.stringify({ question: 'a'.repeat(1_000_000) });
    expect((await post(megabyte)).status).toBe(413);
    expect((await post(gzipSync(megabyte), { ...JSON_TYPE, 'content-encoding': 'gzip' })).status).toBe(413);
    const { url } = await serveWeb();
    expect(await postChunked(`${url}/api/ask`, megabyte)).toBe(413);
  });
});

describe('POST /api/ask when the bot fails', () => {
  it('answers 500 with the emergency contacts, and says nothing of what went wrong inside', async () => {
    const { ask } = await serveWeb();
    const response = await ask({ question: 'please break', region: 'UK' });
    expect(response.status).toBe(500);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({ code: 'internal', contacts: [{ phone: '999' }, {}] });
    expect(body).not.toMatch(/break|TINY_BROKEN|at /);
  });

  it('goes on answering others', async () => {
    const { ask } = await serveWeb();
    await ask({ question: 'please break' });
    expect((await ask({ question: 'come back' })).status).toBe(200);
  });
});

/** Sends a body in pieces, without saying how long it is. */
function postChunked(url: string, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers: JSON_TYPE }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sending.on('error', reject);
    for (let at = 0; at < body.length; at += 65_536) sending.write(body.slice(at, at + 65_536));
    sending.end();
  });
}
