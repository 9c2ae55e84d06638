import { expect, it } from 'vitest';
import { createMemory } from '../../../bot/conversation/memory.ts';
import { createMemoryStore } from '../../../bot/store/memory-store.ts';

function start({ capacity = 10 }: { capacity?: number } = {}) {
  let now = 0;
  const clock = { now: () => now };
  const store = createMemoryStore({ clock, retentionDays: 1 });
  const subjectOf = (passage: string) => (passage === 'p/a/b' ? 'does it come back' : undefined);
  const open = () => createMemory({ store, clock, subjectOf, capacity });
  return {
    store,
    open,
    wait: (minutes: number) => {
      now += minutes * 60_000;
    },
  };
}

it('recalls a conversation as it was remembered', async () => {
  const memory = start().open();
  const { id } = await memory.recall(undefined);
  const conversation = { id, topic: 'acne relapse', passage: 'p/a/b', urgent: ['liver'] as const };
  await memory.remember(conversation);
  expect(await memory.recall(id)).toEqual(conversation);
});

it('begins a new one, with an id of its own making, for an id that it does not know', async () => {
  const memory = start().open();
  const conversation = await memory.recall('made up');
  expect(conversation).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), urgent: [] });
  expect((await memory.recall('made up')).id).not.toBe(conversation.id);
});

it('forgets after 30 minutes without a turn', async () => {
  const { open, wait } = start();
  const memory = open();
  await memory.remember({ id: 'first', topic: 'acne relapse', urgent: ['liver'] });
  wait(30);
  expect(await memory.recall('first')).toEqual({ id: expect.not.stringContaining('first'), urgent: [] });
});

it('forgets at once when told to', async () => {
  const memory = start().open();
  await memory.remember({ id: 'c1', topic: 'acne relapse', urgent: [] });
  await memory.forget('c1');
  expect((await memory.recall('c1')).topic).toBeUndefined();
});

it('keeps topics, which are a person’s words, out of the store', async () => {
  const { open, store } = start();
  await open().remember({ id: 'c1', topic: 'acne relapse', passage: 'p/a/b', urgent: [] });
  expect(JSON.stringify(await store.conversation('c1'))).not.toContain('relapse');
});

it('takes the subject of the passage last quoted for the topic after a restart', async () => {
  const { open } = start();
  await open().remember({ id: 'c1', topic: 'acne relapse', passage: 'p/a/b', urgent: ['liver'] });
  expect(await open().recall('c1')).toEqual({
    id: 'c1',
    topic: 'does it come back',
    passage: 'p/a/b',
    urgent: ['liver'],
  });
});

it('has no topic after a restart where nothing was quoted, or the passage is gone', async () => {
  const { open } = start();
  await open().remember({ id: 'c1', topic: 'acne relapse', urgent: [] });
  await open().remember({ id: 'c2', topic: 'acne relapse', passage: 'p/gone', urgent: [] });
  expect((await open().recall('c1')).topic).toBeUndefined();
  expect((await open().recall('c2')).topic).toBeUndefined();
});

it('makes up no topic for a conversation that has none', async () => {
  const memory = start().open();
  await memory.remember({ id: 'c1', topic: undefined, passage: 'p/a/b', urgent: ['liver'] });
  expect((await memory.recall('c1')).topic).toBeUndefined();
});

it('lets the oldest topics go when there are too many', async () => {
  const memory = start({ capacity: 1 }).open();
  await memory.remember({ id: 'c1', topic: 'one', urgent: [] });
  await memory.remember({ id: 'c2', topic: 'two', urgent: [] });
  expect([(await memory.recall('c1')).topic, (await memory.recall('c2')).topic]).toEqual([undefined, 'two']);
});
