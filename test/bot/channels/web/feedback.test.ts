import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../../bot/channels/web/problem.ts';
import type { Reply } from '../../../../bot/reply.ts';
import { bodyOf, type ServedWeb, serveWeb } from '../../../support/serve-web.ts';

const send = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}/api/feedback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const replyOf = async ({ ask }: ServedWeb) => (await bodyOf<Reply>(ask({ question: 'does it come back' }))).id;

describe('POST /api/feedback', () => {
  it('takes a rating', async () => {
    const web = await serveWeb();
    const replyId = await replyOf(web);
    const response = await send(web.url, { replyId, rating: 'up' });
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(web.bot.rated).toEqual([{ replyId, rating: 'up' }]);
  });

  it('takes a reason and a comment, and ignores what it does not know', async () => {
    const web = await serveWeb();
    const replyId = await replyOf(web);
    const given = { replyId, rating: 'down', reason: 'not_my_question', comment: '¿Sí? 🙂\n' };
    expect((await send(web.url, { ...given, user: 'Ann' })).status).toBe(204);
    expect(web.bot.rated).toEqual([given]);
  });

  it('answers 404 for a reply that it does not know', async () => {
    const { url } = await serveWeb();
    const response = await send(url, { replyId: 'none', rating: 'up' });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'unknown_reply', status: 404 });
  });

  const bad: [string, unknown, string][] = [
    ['no rating', { replyId: 'r' }, 'rating must be up or down'],
    ['another rating', { replyId: 'r', rating: 5 }, 'rating must be up or down'],
    ['no reply', { rating: 'up' }, 'replyId is missing'],
    ['an empty reply id', { replyId: '', rating: 'up' }, 'replyId is empty'],
    ['an endless reply id', { replyId: 'x'.repeat(101), rating: 'up' }, 'replyId must not be longer'],
    ['a reply id that is a number', { replyId: 7, rating: 'up' }, 'replyId must be a string'],
    ['a reason that is prose', { replyId: 'r', rating: 'up', reason: 'It was wrong' }, 'reason must be one word'],
    [
      'a comment that is too long',
      { replyId: 'r', rating: 'up', comment: 'x'.repeat(1001) },
      'comment must not be longer than 1000',
    ],
    ['a comment that is null', { replyId: 'r', rating: 'up', comment: null }, 'comment must be a string'],
    ['a list', [], 'The body must be a JSON object'],
  ];
  it.each(bad)('refuses %s, and names the field', async (_, body, says) => {
    const { url, bot } = await serveWeb();
    const response = await send(url, body);
    expect(response.status).toBe(400);
    expect((await bodyOf<Problem>(response)).detail).toContain(says);
    expect(bot.rated).toEqual([]);
  });

  it('counts characters of a comment, not halves of pairs', async () => {
    const web = await serveWeb();
    const replyId = await replyOf(web);
    expect((await send(web.url, { replyId, rating: 'down', comment: '🙂'.repeat(1000) })).status).toBe(204);
    expect((await send(web.url, { replyId, rating: 'down', comment: '🙂'.repeat(1001) })).status).toBe(400);
  });

  it('never repeats a comment', async () => {
    const { url } = await serveWeb();
    const response = await send(url, { replyId: 'r', rating: 'xyzzy', reason: 'xyzzy?', comment: 'xyzzy'.repeat(300) });
    expect(await response.text()).not.toContain('xyzzy');
  });

  it('is limited like questions, but counted apart from them', async () => {
    const web = await serveWeb({ env: { RATE_LIMIT_PER_MINUTE: '2' } });
    const replyId = await replyOf(web);
    const statuses: number[] = [];
    for (const _ of [1, 2, 3]) statuses.push((await send(web.url, { replyId, rating: 'up' })).status);
    expect(statuses).toEqual([204, 204, 429]);
    expect((await web.ask({ question: 'one more' })).status).toBe(200);
  });

  it('lets allowed sites send it, and no others', async () => {
    const web = await serveWeb({ env: { ALLOWED_ORIGINS: 'https://clinic.example' } });
    const replyId = await replyOf(web);
    const status = async (origin: string) => (await send(web.url, { replyId, rating: 'up' }, { origin })).status;
    expect([await status('https://clinic.example'), await status('https://other.example')]).toEqual([204, 403]);
  });
});
