import { expect, it } from 'vitest';
import { createMemoryStore } from '../../../bot/store/memory-store.ts';
import { describeStore } from './store.contract.ts';

describeStore('in memory', async (times) => createMemoryStore(times));

it('lets the conversation that was quiet longest go when it is full', async () => {
  const store = createMemoryStore({ clock: { now: () => 0 }, retentionDays: 1, capacity: 2 });
  for (const id of ['c1', 'c2', 'c1', 'c3']) await store.saveConversation({ id, urgent: [] });
  const known = await Promise.all(['c1', 'c2', 'c3'].map((id) => store.conversation(id)));
  expect(known.map((found) => found?.id)).toEqual(['c1', undefined, 'c3']);
});
