import { describe, expect, it, onTestFinished } from 'vitest';
import type { Reply } from '../../../../bot/reply.ts';
import { purgeRegularly } from '../../../../bot/store/purge-regularly.ts';
import { openSqliteStore, SQLITE_FILE } from '../../../../bot/store/sqlite-store.ts';
import { bytesOf } from '../../../support/bytes-of.ts';
import { bodyOf, type ServedWeb, serveWeb } from '../../../support/serve-web.ts';
import { createStoredBot } from '../../../support/stored-bot.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

// What is left in the file of a real SQLite store by what goes over real HTTP.

let now = Date.parse('2026-11-23T12:00:00Z');
const clock = { now: () => now };
const MINUTE = 60_000;

/** A server on the file in a folder, until it is stopped. */
async function serve(folder: string, { keepQuestions = false, retentionDays = 30 } = {}) {
  const store = await openSqliteStore({ file: `${folder}/${SQLITE_FILE}`, clock, retentionDays });
  const purging = purgeRegularly({ store, onFailure: (error) => expect.fail(String(error)) });
  const web = await serveWeb({ bot: createStoredBot({ store, clock, keepQuestions }), clock });
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await purging.stop();
    await store.close();
  };
  onTestFinished(stop);
  return { ...web, store, stop };
}

const asked = (web: ServedWeb, question: string, conversationId?: string) =>
  bodyOf<Reply>(web.ask({ question, ...(conversationId && { conversationId }) }));
const rate = async (web: ServedWeb, body: object) => {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(`${web.url}/api/feedback`, { method: 'POST', headers, body: JSON.stringify(body) })).status;
};
const forget = (web: ServedWeb, id: string) => fetch(`${web.url}/api/conversations/${id}`, { method: 'DELETE' });

describe('a server that restarts', () => {
  it('goes on with a conversation, and takes feedback on what was said before', async () => {
    const folder = temporaryFolder();
    const before = await serve(folder);
    const first = await asked(before, 'does it come back');
    await before.stop();
    const after = await serve(folder);
    expect(await rate(after, { replyId: first.id, rating: 'up' })).toBe(204);
    const second = await asked(after, 'why', first.conversationId);
    expect(second.conversationId).toBe(first.conversationId);
  });

  it('still has the feedback that was given before', async () => {
    const folder = temporaryFolder();
    const before = await serve(folder);
    const { id: replyId } = await asked(before, 'does it come back');
    await rate(before, { replyId, rating: 'down', reason: 'unclear', comment: 'too long' });
    await before.stop();
    const after = await serve(folder);
    expect(await after.store.feedback()).toMatchObject([
      { replyId, rating: 'down', reason: 'unclear', comment: 'too long', kind: 'answer' },
    ]);
  });

  it('does not go on with a conversation that expired meanwhile', async () => {
    const folder = temporaryFolder();
    const before = await serve(folder);
    const first = await asked(before, 'does it come back');
    await before.stop();
    now += 30 * MINUTE;
    const after = await serve(folder);
    expect(await rate(after, { replyId: first.id, rating: 'up' })).toBe(404);
    expect((await asked(after, 'why', first.conversationId)).conversationId).not.toBe(first.conversationId);
    expect(bytesOf(folder)).not.toContain(first.conversationId);
  });
});

describe('the file', () => {
  const QUESTION = 'Zanzibar: does my acne come back after twenty weeks';

  it('never holds a message with the default settings, whatever kind of reply it gets', async () => {
    const folder = temporaryFolder();
    const web = await serve(folder);
    for (const kind of ['', 'danger', 'my dose', 'which one', 'anything else']) {
      const { id: replyId } = await asked(web, `${QUESTION} ${kind}`);
      await rate(web, { replyId, rating: 'down', reason: 'wrong' });
      expect(bytesOf(folder)).toContain(replyId);
    }
    for (const word of ['Zanzibar', 'zanzibar', 'twenty weeks']) expect(bytesOf(folder)).not.toContain(word);
  });

  it('holds unanswered and disliked questions, redacted, where the clinic keeps questions', async () => {
    const folder = temporaryFolder();
    const web = await serve(folder, { keepQuestions: true });
    await asked(web, 'I am ann@mail.example, is Zanzibar sunny');
    const { id: replyId } = await asked(web, 'my name is Xerxes, does it come back');
    await rate(web, { replyId, rating: 'down' });
    expect(await web.store.questions()).toMatchObject([
      { why: 'unanswered', question: 'I am [email], is Zanzibar sunny' },
      { why: 'disliked', question: 'my name is [name], does it come back' },
    ]);
    for (const word of ['ann@', 'Xerxes']) expect(bytesOf(folder)).not.toContain(word);
  });

  it('loses answered questions with their conversation, where the clinic keeps questions', async () => {
    const folder = temporaryFolder();
    const web = await serve(folder, { keepQuestions: true });
    await asked(web, `${QUESTION} come back`);
    now += 30 * MINUTE;
    await web.store.purge();
    expect(bytesOf(folder)).not.toContain('Zanzibar');
  });

  it('holds comments redacted', async () => {
    const folder = temporaryFolder();
    const web = await serve(folder);
    const { id: replyId } = await asked(web, 'does it come back');
    await rate(web, { replyId, rating: 'down', comment: 'Call me: 555-123-4567. Zanzibar!' });
    expect(bytesOf(folder)).toContain('Zanzibar');
    expect(bytesOf(folder)).not.toContain('123-4567');
  });

  it('holds no trace of a conversation that was deleted', async () => {
    const folder = temporaryFolder();
    const web = await serve(folder, { keepQuestions: true });
    const first = await asked(web, 'Zanzibar and anything else');
    const second = await asked(web, 'Quagga danger come back', first.conversationId);
    await rate(web, { replyId: second.id, rating: 'down', reason: 'wombat', comment: 'Okapi' });
    const traces = ['Zanzibar', 'Quagga', 'wombat', 'Okapi', 'self_harm', first.id, second.id, first.conversationId];
    for (const trace of traces) expect(bytesOf(folder), trace).toContain(trace);
    expect((await forget(web, first.conversationId)).status).toBe(204);
    for (const trace of traces) expect(bytesOf(folder), trace).not.toContain(trace);
  });

  it('holds no trace of what was kept once the retention is over', async () => {
    const folder = temporaryFolder();
    const web = await serve(folder, { keepQuestions: true, retentionDays: 1 });
    const { id: replyId } = await asked(web, 'Zanzibar and anything else');
    await rate(web, { replyId, rating: 'down', comment: 'Okapi' });
    await web.stop();
    now += 24 * 60 * MINUTE;
    // The purge at the start is enough.
    await (await serve(folder, { keepQuestions: true, retentionDays: 1 })).stop();
    for (const trace of ['Zanzibar', 'Okapi', replyId]) expect(bytesOf(folder), trace).not.toContain(trace);
  });

  it('holds nothing but states where the retention is 0 days', async () => {
    const folder = temporaryFolder();
    const web = await serve(folder, { keepQuestions: true, retentionDays: 0 });
    const { id: replyId } = await asked(web, 'does it come back');
    expect(await rate(web, { replyId, rating: 'down', comment: 'Okapi' })).toBe(204);
    expect(bytesOf(folder)).not.toContain('Okapi');
  });
});
