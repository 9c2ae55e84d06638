import path from 'node:path';
import { expect, it } from 'vitest';
import type { Bot } from '../../bot/bot.ts';
import { composeBot } from '../../bot/compose.ts';
import { composeOptions } from '../../bot/compose-options.ts';
import { readConfig } from '../../bot/config.ts';
import { openSqliteStore } from '../../bot/store/sqlite-store.ts';
import type { Store } from '../../bot/store/store.ts';
import { projectRoot } from '../../knowledge/project-root.ts';
import { bytesOf } from '../support/bytes-of.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// The real bot, its real pack, a real file; one conversation across a restart.

const clock = { now: () => Date.parse('2026-11-23T12:00:00Z') };
let file: string;
let store: Store;
let bot: Bot;

async function start(): Promise<void> {
  store = await openSqliteStore({ file, clock, retentionDays: 30 });
  bot = await composeBot({
    ...composeOptions(readConfig({ DATA_DIR: path.join(projectRoot(), 'data') })),
    clock,
    store,
  });
}

async function stop(): Promise<void> {
  await bot.close();
  await store.close();
}

it('follows a conversation across a restart, and keeps no word of it', async () => {
  const folder = temporaryFolder();
  file = path.join(folder, 'a.sqlite');
  await start();
  const first = await bot.respond({
    text: 'Zanzibar! Can you drink alcohol while taking isotretinoin? It would be nine beers, does that matter',
  });
  expect(first.reply.kind).not.toBe('unanswered');
  await stop();

  await start();
  const { conversationId } = first.reply;
  expect(await bot.keepFeedback({ replyId: first.reply.id, rating: 'down', comment: 'Okapi' })).toBe('saved');
  const second = await bot.respond({ text: 'why?', conversationId });
  expect(second.reply.conversationId).toBe(conversationId);
  expect(second.reply.quotes[0]?.passage.topic).toBe('alcohol');
  expect(bytesOf(folder)).toContain('Okapi');
  for (const word of ['anzibar', 'nine', 'beer', 'matter']) expect(bytesOf(folder), word).not.toContain(word);

  await bot.forget(conversationId);
  for (const trace of [conversationId, first.reply.id, 'Okapi', 'isotretinoin/alcohol']) {
    expect(bytesOf(folder), trace).not.toContain(trace);
  }
  await stop();
});
