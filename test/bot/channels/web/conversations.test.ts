import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../../bot/reply.ts';
import { createMemoryStore } from '../../../../bot/store/memory-store.ts';
import { bodyOf, serveWeb } from '../../../support/serve-web.ts';
import { createStoredBot } from '../../../support/stored-bot.ts';

const forget = (url: string, id: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/api/conversations/${id}`, { method: 'DELETE', headers });

async function serveStored(env: Record<string, string> = {}) {
  const clock = { now: () => 0 };
  const bot = createStoredBot({ store: createMemoryStore({ clock, retentionDays: 1 }), clock });
  return serveWeb({ bot, env });
}

describe('DELETE /api/conversations/{id}', () => {
  it('forgets a conversation, so that its id begins a new one', async () => {
    const { url, ask } = await serveStored();
    const { conversationId } = await bodyOf<Reply>(ask({ question: 'does it come back' }));
    const response = await forget(url, conversationId);
    expect([response.status, await response.text()]).toEqual([204, '']);
    const next = await bodyOf<Reply>(ask({ question: 'why', conversationId }));
    expect(next.conversationId).not.toBe(conversationId);
  });

  it('finds a conversation whose id was written in capitals', async () => {
    const { url, ask } = await serveStored();
    const { conversationId } = await bodyOf<Reply>(ask({ question: 'does it come back' }));
    await forget(url, conversationId.toUpperCase());
    const next = await bodyOf<Reply>(ask({ question: 'why', conversationId }));
    expect(next.conversationId).not.toBe(conversationId);
  });

  it('answers 204 where there is none, or no more', async () => {
    const { url } = await serveStored();
    const id = randomUUID();
    expect([(await forget(url, id)).status, (await forget(url, id)).status]).toEqual([204, 204]);
  });

  it.each(['x', '1', 'all', '*', '%25', "';--", randomUUID().slice(1), `${randomUUID()}0`])(
    'refuses %s, which is no id',
    async (id) => {
      const { url } = await serveStored();
      const response = await forget(url, id);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'invalid_request', errors: [{ field: 'id' }] });
    },
  );

  it('offers nothing else: conversations can not be read or listed', async () => {
    const { url } = await serveStored();
    const response = await fetch(`${url}/api/conversations/${randomUUID()}`);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'DELETE']);
    expect((await fetch(`${url}/api/conversations`)).status).toBe(404);
  });

  it('is limited like questions', async () => {
    const { url } = await serveStored({ RATE_LIMIT_PER_MINUTE: '1' });
    expect([(await forget(url, randomUUID())).status, (await forget(url, randomUUID())).status]).toEqual([204, 429]);
  });

  it('lets allowed sites ask for it, and no others', async () => {
    const { url } = await serveStored({ ALLOWED_ORIGINS: 'https://clinic.example' });
    const status = async (origin: string) => (await forget(url, randomUUID(), { origin })).status;
    expect([await status('https://clinic.example'), await status('https://other.example')]).toEqual([204, 403]);
  });
});
