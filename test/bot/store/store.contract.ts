import { describe, expect, it, onTestFinished } from 'vitest';
import type { KeepingTimes } from '../../../bot/store/expiry.ts';
import type { Store, StoredConversation, StoredReply } from '../../../bot/store/store.ts';

const DAY = 24 * 60 * 60_000;
const MINUTE = 60_000;
const NOON = Date.parse('2026-11-23T12:00:00Z');

/** What every store promises, whatever it is made of. `open` gives an empty one each time. */
export function describeStore(name: string, open: (times: KeepingTimes) => Promise<Store>): void {
  describe(`${name}: a store`, () => {
    async function start({ retentionDays = 30 }: { retentionDays?: number } = {}) {
      let now = NOON;
      const store = await open({ clock: { now: () => now }, retentionDays });
      onTestFinished(() => store.close());
      const wait = (ms: number) => {
        now += ms;
      };
      return { store, wait };
    }

    describe('of conversations', () => {
      it('knows none that was not saved', async () => {
        const { store } = await start();
        expect(await store.conversation('c1')).toBeUndefined();
      });

      it('returns one as it was saved last', async () => {
        const { store } = await start();
        await store.saveConversation({ id: 'c1', urgent: [] });
        await store.saveConversation({ id: 'c1', passage: 'p/a/b', urgent: ['self_harm', 'overdose'] });
        expect(await store.conversation('c1')).toEqual({
          id: 'c1',
          passage: 'p/a/b',
          urgent: ['self_harm', 'overdose'],
        });
      });

      it('takes back what is no longer so', async () => {
        const { store } = await start();
        await store.saveConversation({ id: 'c1', passage: 'p/a/b', urgent: ['liver'] });
        await store.saveConversation({ id: 'c1', urgent: [] });
        expect(await store.conversation('c1')).toEqual({ id: 'c1', passage: undefined, urgent: [] });
      });

      it('keeps conversations apart', async () => {
        const { store } = await start();
        await store.saveConversation({ id: 'c1', passage: 'p/a/1', urgent: [] });
        await store.saveConversation({ id: 'c2', passage: 'p/a/2', urgent: ['cardiac'] });
        expect(await store.conversation('c1')).toMatchObject({ passage: 'p/a/1', urgent: [] });
      });

      it('forgets one 30 minutes after its last turn, by the clock it was given', async () => {
        const { store, wait } = await start();
        await store.saveConversation({ id: 'c1', urgent: [] });
        wait(20 * MINUTE);
        await store.saveConversation({ id: 'c1', urgent: [] });
        wait(30 * MINUTE - 1);
        expect(await store.conversation('c1')).toBeDefined();
        wait(1);
        expect(await store.conversation('c1')).toBeUndefined();
      });

      it('does not count reading as a turn', async () => {
        const { store, wait } = await start();
        await store.saveConversation({ id: 'c1', urgent: [] });
        wait(20 * MINUTE);
        await store.conversation('c1');
        wait(10 * MINUTE);
        expect(await store.conversation('c1')).toBeUndefined();
      });

      it('brings no reply back with an id that is used again after it expired', async () => {
        const { store, wait } = await start();
        await saveTurn(store, reply('r1'));
        wait(31 * MINUTE);
        await store.saveConversation({ id: 'c1', urgent: [] });
        expect(await store.saveFeedback({ replyId: 'r1', rating: 'up' })).toBe('unknown_reply');
      });
    });

    describe('of feedback', () => {
      it('keeps it with what it is about', async () => {
        const { store, wait } = await start();
        await saveTurn(store, reply('r1', { kind: 'answer', passages: ['p/a/b', 'p/a/c'] }));
        wait(MINUTE);
        const given = { replyId: 'r1', rating: 'down', reason: 'not_my_question', comment: 'I meant another' } as const;
        expect(await store.saveFeedback(given)).toBe('saved');
        expect(await store.feedback()).toEqual([
          { ...given, kind: 'answer', passages: ['p/a/b', 'p/a/c'], at: NOON + MINUTE },
        ]);
      });

      it('keeps a bare rating', async () => {
        const { store } = await start();
        await saveTurn(store, reply('r1'));
        await store.saveFeedback({ replyId: 'r1', rating: 'up' });
        expect(await store.feedback()).toEqual([
          { replyId: 'r1', rating: 'up', kind: 'answer', passages: ['p/a/b'], at: NOON },
        ]);
      });

      it('says so when it does not know the reply', async () => {
        const { store } = await start();
        expect(await store.saveFeedback({ replyId: 'r1', rating: 'up' })).toBe('unknown_reply');
        expect(await store.feedback()).toEqual([]);
      });

      it('knows a reply as long as its conversation, and no longer', async () => {
        const { store, wait } = await start();
        await saveTurn(store, reply('r1'));
        wait(20 * MINUTE);
        await saveTurn(store, reply('r2'));
        wait(20 * MINUTE);
        expect(await store.saveFeedback({ replyId: 'r1', rating: 'up' })).toBe('saved');
        wait(10 * MINUTE);
        expect(await store.saveFeedback({ replyId: 'r2', rating: 'up' })).toBe('unknown_reply');
      });

      it('does not know a reply whose conversation is gone', async () => {
        const { store } = await start();
        await store.saveReply(reply('r1'));
        expect(await store.saveFeedback({ replyId: 'r1', rating: 'up' })).toBe('unknown_reply');
      });

      it('lets a person change their mind, all of it', async () => {
        const { store, wait } = await start();
        await saveTurn(store, reply('r1'));
        await store.saveFeedback({ replyId: 'r1', rating: 'down', reason: 'wrong', comment: 'no' });
        wait(MINUTE);
        await store.saveFeedback({ replyId: 'r1', rating: 'up' });
        expect(await store.feedback()).toEqual([
          { replyId: 'r1', rating: 'up', kind: 'answer', passages: ['p/a/b'], at: NOON + MINUTE },
        ]);
      });

      it('lists it oldest first', async () => {
        const { store, wait } = await start();
        for (const id of ['r3', 'r1', 'r2']) {
          await saveTurn(store, reply(id));
          await store.saveFeedback({ replyId: id, rating: 'up' });
          wait(MINUTE);
        }
        expect((await store.feedback()).map(({ replyId }) => replyId)).toEqual(['r3', 'r1', 'r2']);
      });

      it('outlives its conversation, until the retention is over', async () => {
        const { store, wait } = await start({ retentionDays: 2 });
        await saveTurn(store, reply('r1'));
        await store.saveFeedback({ replyId: 'r1', rating: 'up' });
        wait(2 * DAY - 1);
        await store.purge();
        expect(await store.feedback()).toHaveLength(1);
        wait(1);
        expect(await store.feedback()).toEqual([]);
      });

      it('is taken but not kept where the retention is 0 days', async () => {
        const { store } = await start({ retentionDays: 0 });
        await saveTurn(store, reply('r1'));
        expect(await store.saveFeedback({ replyId: 'r1', rating: 'up' })).toBe('saved');
        expect(await store.saveFeedback({ replyId: 'r2', rating: 'up' })).toBe('unknown_reply');
        expect(await store.feedback()).toEqual([]);
      });
    });

    describe('of questions', () => {
      it('keeps that of an unanswered reply', async () => {
        const { store } = await start();
        await saveTurn(store, reply('r1', { kind: 'unanswered', passages: [], question: 'is [name] ok' }));
        expect(await store.questions()).toEqual([
          { replyId: 'r1', why: 'unanswered', question: 'is [name] ok', passages: [], at: NOON },
        ]);
      });

      it('keeps that of a disliked reply from the moment that it is disliked', async () => {
        const { store, wait } = await start();
        await saveTurn(store, reply('r1', { question: 'how long' }));
        expect(await store.questions()).toEqual([]);
        wait(MINUTE);
        await store.saveFeedback({ replyId: 'r1', rating: 'down' });
        expect(await store.questions()).toEqual([
          { replyId: 'r1', why: 'disliked', question: 'how long', passages: ['p/a/b'], at: NOON + MINUTE },
        ]);
      });

      it('drops that of a reply that is liked after all', async () => {
        const { store } = await start();
        await saveTurn(store, reply('r1', { question: 'how long' }));
        await store.saveFeedback({ replyId: 'r1', rating: 'down' });
        await store.saveFeedback({ replyId: 'r1', rating: 'up' });
        expect(await store.questions()).toEqual([]);
      });

      it('keeps that of an unanswered reply once, liked or not', async () => {
        const { store } = await start();
        await saveTurn(store, reply('r1', { kind: 'unanswered', question: 'how long' }));
        await store.saveFeedback({ replyId: 'r1', rating: 'down' });
        await store.saveFeedback({ replyId: 'r1', rating: 'up' });
        expect(await store.questions()).toMatchObject([{ replyId: 'r1', why: 'unanswered' }]);
      });

      it('keeps none where replies come without one', async () => {
        const { store } = await start();
        await saveTurn(store, reply('r1', { kind: 'unanswered' }));
        await saveTurn(store, reply('r2'));
        await store.saveFeedback({ replyId: 'r2', rating: 'down' });
        expect(await store.questions()).toEqual([]);
      });

      it('keeps none of a reply that has come after its conversation was forgotten', async () => {
        const { store } = await start();
        await saveTurn(store, reply('r1'));
        await store.forget('c1');
        await store.saveReply(reply('r2', { kind: 'unanswered', question: 'how long' }));
        expect(await store.questions()).toEqual([]);
      });

      it('keeps them until the retention is over, and none where it is 0 days', async () => {
        const { store, wait } = await start({ retentionDays: 1 });
        await saveTurn(store, reply('r1', { kind: 'unanswered', question: 'how long' }));
        wait(DAY - 1);
        expect(await store.questions()).toHaveLength(1);
        wait(1);
        expect(await store.questions()).toEqual([]);

        const none = await start({ retentionDays: 0 });
        await saveTurn(none.store, reply('r1', { kind: 'unanswered', question: 'how long' }));
        await saveTurn(none.store, reply('r2', { question: 'how long' }));
        await none.store.saveFeedback({ replyId: 'r2', rating: 'down' });
        expect(await none.store.questions()).toEqual([]);
      });
    });

    describe('that is told to forget', () => {
      it('removes the conversation with its replies, feedback and questions', async () => {
        const { store } = await start();
        await saveTurn(store, reply('r1', { question: 'how long' }));
        await saveTurn(store, reply('r2', { kind: 'unanswered', question: 'why' }));
        await store.saveFeedback({ replyId: 'r1', rating: 'down', comment: 'no' });
        await store.forget('c1');
        expect(await store.conversation('c1')).toBeUndefined();
        expect(await store.feedback()).toEqual([]);
        expect(await store.questions()).toEqual([]);
        expect(await store.saveFeedback({ replyId: 'r1', rating: 'up' })).toBe('unknown_reply');
      });

      it('finds what is left of a conversation that has expired, even after a purge', async () => {
        const { store, wait } = await start();
        await saveTurn(store, reply('r1', { kind: 'unanswered', question: 'how long' }));
        await store.saveFeedback({ replyId: 'r1', rating: 'down' });
        wait(DAY);
        await store.purge();
        await store.forget('c1');
        expect([await store.feedback(), await store.questions()]).toEqual([[], []]);
      });

      it('leaves other conversations alone', async () => {
        const { store } = await start();
        await saveTurn(store, reply('r1'));
        await saveTurn(store, reply('r2', { conversationId: 'c2', kind: 'unanswered', question: 'why' }));
        await store.saveFeedback({ replyId: 'r2', rating: 'down' });
        await store.forget('c1');
        expect(await store.conversation('c2')).toBeDefined();
        expect([await store.feedback(), await store.questions()]).toMatchObject([[{}], [{}]]);
      });

      it('does not mind a conversation that it does not know', async () => {
        const { store } = await start();
        await expect(store.forget('c1')).resolves.toBeUndefined();
      });
    });

    describe('that is purged', () => {
      it('keeps what has not expired', async () => {
        const { store, wait } = await start();
        await saveTurn(store, reply('r1', { kind: 'unanswered', question: 'why' }));
        await store.saveFeedback({ replyId: 'r1', rating: 'down' });
        wait(29 * MINUTE);
        await store.purge();
        expect(await store.conversation('c1')).toBeDefined();
        expect([await store.feedback(), await store.questions()]).toMatchObject([[{}], [{}]]);
        expect(await store.saveFeedback({ replyId: 'r1', rating: 'up' })).toBe('saved');
      });

      it('can be purged when it is empty, and twice', async () => {
        const { store } = await start();
        await store.purge();
        await Promise.all([store.purge(), store.purge()]);
        expect(await store.feedback()).toEqual([]);
      });
    });

    it('returns any Unicode as it was saved', async () => {
      const { store } = await start();
      for (const [i, text] of UNICODE.entries()) {
        await saveTurn(store, reply(`r${i}`, { kind: 'unanswered', question: text, passages: [text] }));
        await store.saveFeedback({ replyId: `r${i}`, rating: 'down', comment: text });
      }
      expect((await store.questions()).map(({ question }) => question)).toEqual(UNICODE);
      expect((await store.feedback()).map(({ comment, passages }) => [comment, ...passages])).toEqual(
        UNICODE.map((text) => [text, text]),
      );
    });

    it('takes texts as texts, whatever they look like', async () => {
      const { store } = await start();
      const text = `'; drop table feedback; -- " \\ $1 ? %s`;
      await saveTurn(store, reply(text, { conversationId: text }));
      await store.saveFeedback({ replyId: text, rating: 'down', comment: text });
      expect(await store.feedback()).toMatchObject([{ replyId: text, comment: text }]);
      await store.forget(text);
      expect(await store.feedback()).toEqual([]);
    });

    it('loses nothing when many write at once', async () => {
      const { store } = await start();
      const ids = Array.from({ length: 60 }, (_, i) => `${i}`);
      await Promise.all(
        ids.map(async (id) => {
          await saveTurn(store, reply(`r${id}`, { conversationId: `c${id}`, kind: 'unanswered', question: id }));
          await store.saveFeedback({ replyId: `r${id}`, rating: 'down', comment: id });
          if (Number(id) % 3 === 0) await store.forget(`c${id}`);
        }),
      );
      const left = ids.filter((id) => Number(id) % 3 !== 0);
      expect((await store.feedback()).map(({ comment }) => comment).sort()).toEqual(left.toSorted());
      expect((await store.questions()).map(({ question }) => question).sort()).toEqual(left.toSorted());
      const known = await Promise.all(ids.map((id) => store.conversation(`c${id}`)));
      expect(known.flatMap((found) => found?.id ?? [])).toEqual(left.map((id) => `c${id}`));
    });
  });
}

const UNICODE = [
  'Ünïcödé, ¿qué? Zażółć gęślą jaźń',
  '🙂👩🏽‍⚕️ emoji with joiners',
  'שלום مرحبا right to left',
  'e\u0301 is not \u00e9',
  '中文 हिन्दी ไทย',
  'line\nbreak\ttab\r\nend ',
];

/** A turn of conversation `c1` that anybody could have had. */
function reply(id: string, parts: Partial<StoredReply> = {}): StoredReply {
  return { id, conversationId: 'c1', kind: 'answer', passages: ['p/a/b'], ...parts };
}

async function saveTurn(store: Store, turn: StoredReply): Promise<void> {
  const conversation: StoredConversation = { id: turn.conversationId, urgent: [] };
  await store.saveConversation(conversation);
  await store.saveReply(turn);
}
