import { expect, it } from 'vitest';
import { createKeeper } from '../../../bot/conversation/keep.ts';
import { createMemoryStore } from '../../../bot/store/memory-store.ts';
import { FOUND } from '../../support/stored-bot.ts';
import { createTinyBot } from '../../support/tiny-bot.ts';

/** Keeps the replies to some questions; `searched` says whether the bot looked for an answer. */
async function keep(questions: readonly string[], { keepQuestions = true, searched = true } = {}) {
  const store = createMemoryStore({ clock: { now: () => 1 }, retentionDays: 1 });
  const keeper = createKeeper({ store, keepQuestions });
  const bot = createTinyBot();
  const ids: string[] = [];
  for (const text of questions) {
    const { reply, explanation } = await bot.respond({ text });
    await store.saveConversation({ id: reply.conversationId, urgent: [] });
    await keeper.keepReply({ text }, { reply, explanation: { ...explanation, ranking: searched ? FOUND : [] } });
    ids.push(reply.id);
  }
  return { store, keeper, ids };
}

it('keeps of a reply which kind it was and what it quoted, each passage once', async () => {
  const { store, keeper, ids } = await keep(['does it come back']);
  await keeper.keepFeedback({ replyId: ids[0] ?? '', rating: 'up' });
  expect(await store.feedback()).toMatchObject([
    { kind: 'answer', passages: ['tiny/permanence/does-it-come-back', 'tiny/side-effects/dry-lips'] },
  ]);
});

it('keeps unanswered questions, redacted', async () => {
  const { store } = await keep(['my name is Ann, is it anything else', 'does it come back']);
  expect(await store.questions()).toMatchObject([{ question: 'my name is [name], is it anything else' }]);
});

it('keeps disliked questions, redacted', async () => {
  const { store, keeper, ids } = await keep(['I am a@b.example, does it come back']);
  await keeper.keepFeedback({ replyId: ids[0] ?? '', rating: 'down' });
  expect(await store.questions()).toMatchObject([{ why: 'disliked', question: 'I am [email], does it come back' }]);
});

it('keeps no greeting, which the bot did not search for', async () => {
  const { store, keeper, ids } = await keep(['hello there'], { searched: false });
  await keeper.keepFeedback({ replyId: ids[0] ?? '', rating: 'down' });
  expect(await store.questions()).toEqual([]);
});

it('keeps no question unless the clinic asked for it', async () => {
  const { store, keeper, ids } = await keep(['anything else', 'does it come back'], { keepQuestions: false });
  for (const replyId of ids) await keeper.keepFeedback({ replyId, rating: 'down' });
  expect(await store.questions()).toEqual([]);
});

it('redacts comments, and leaves the rest of feedback as it is', async () => {
  const { store, keeper, ids } = await keep(['does it come back']);
  const replyId = ids[0] ?? '';
  await keeper.keepFeedback({ replyId, rating: 'down', reason: 'wrong', comment: 'call 555-123-4567' });
  expect(await store.feedback()).toMatchObject([
    { replyId, rating: 'down', reason: 'wrong', comment: 'call [number]' },
  ]);
});
