import { expect, it } from 'vitest';
import { createForgivingStore } from '../../../bot/store/forgiving-store.ts';
import { createMemoryStore } from '../../../bot/store/memory-store.ts';
import type { Store } from '../../../bot/store/store.ts';
import { describeStore } from './store.contract.ts';

describeStore('that forgives', async (times) =>
  createForgivingStore({ store: createMemoryStore(times), onFailure: (error) => expect.fail(String(error)) }),
);

const FULL = new Error('the disk is full');
const fails = () => Promise.reject(FULL);

/** A store of which nothing works. */
const broken: Store = {
  conversation: fails,
  saveConversation: fails,
  saveReply: fails,
  saveFeedback: fails,
  forget: fails,
  feedback: fails,
  questions: fails,
  purge: fails,
  close: fails,
};

it('goes on without a memory while a store fails, and says so', async () => {
  const failures: unknown[] = [];
  const store = createForgivingStore({ store: broken, onFailure: (error) => failures.push(error) });
  expect(await store.conversation('c1')).toBeUndefined();
  await store.saveConversation({ id: 'c1', urgent: [] });
  await store.saveReply({ id: 'r1', conversationId: 'c1', kind: 'unanswered', passages: [] });
  expect(failures).toEqual([FULL, FULL, FULL]);
});

it('says that it could not keep or forget what it was asked to', async () => {
  const store = createForgivingStore({ store: broken, onFailure: () => {} });
  await expect(store.saveFeedback({ replyId: 'r1', rating: 'up' })).rejects.toBe(FULL);
  await expect(store.forget('c1')).rejects.toBe(FULL);
});
