import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../../bot/store/sqlite-store.ts';
import type { Store } from '../../../bot/store/store.ts';
import { projectRoot } from '../../../knowledge/project-root.ts';
import { bytesOf } from '../../support/bytes-of.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { describeStore } from './store.contract.ts';

// Another process runs what was built.
const BUILT_STORE = pathToFileURL(path.join(projectRoot(), 'dist/bot/store/sqlite-store.js')).href;
const clock = { now: () => Date.parse('2026-11-23T12:00:00Z') };
const open = (file: string, parts: Partial<Parameters<typeof openSqliteStore>[0]> = {}) =>
  openSqliteStore({ file, clock, retentionDays: 30, ...parts });

describeStore('in SQLite', (times) => openSqliteStore({ file: path.join(temporaryFolder(), 'a.sqlite'), ...times }));

async function rate(store: Store, id: string, comment: string): Promise<void> {
  const conversationId = `c-${id}`;
  await store.saveConversation({ id: conversationId, passage: 'p/a/b', urgent: ['liver'] });
  await store.saveReply({ id, conversationId, kind: 'answer', passages: ['p/a/b'], question: `question ${comment}` });
  await store.saveFeedback({ replyId: id, rating: 'down', comment });
}

describe('a SQLite file', () => {
  it('is made with its folder, for its owner only', async () => {
    const file = path.join(temporaryFolder(), 'deep', 'down', 'a.sqlite');
    const store = await open(file);
    await rate(store, 'r1', 'x');
    for (const name of [file, `${file}-wal`]) expect(statSync(name).mode & 0o777, name).toBe(0o600);
    await store.close();
  });

  it('holds what was saved when it is opened again', async () => {
    const file = path.join(temporaryFolder(), 'a.sqlite');
    const before = await open(file);
    await rate(before, 'r1', 'x');
    await before.close();
    const after = await open(file);
    onTestFinished(() => after.close());
    expect(await after.conversation('c-r1')).toEqual({ id: 'c-r1', passage: 'p/a/b', urgent: ['liver'] });
    expect(await after.feedback()).toMatchObject([{ replyId: 'r1', comment: 'x' }]);
    expect(await after.saveFeedback({ replyId: 'r1', rating: 'up' })).toBe('saved');
  });

  it('holds what was saved before a crash', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a.sqlite');
    const crashed = await open(file);
    onTestFinished(() => crashed.close());
    await rate(crashed, 'r1', 'x');
    // What a process that is killed leaves behind: a file and its log, with nobody to put them together.
    const copy = path.join(temporaryFolder(), 'a.sqlite');
    for (const end of ['', '-wal']) writeFileSync(copy + end, readFileSync(file + end));
    const after = await open(copy);
    onTestFinished(() => after.close());
    expect(await after.feedback()).toHaveLength(1);
  });

  it('leaves no log behind when it is closed', async () => {
    const file = path.join(temporaryFolder(), 'a.sqlite');
    const store = await open(file);
    await rate(store, 'r1', 'x');
    await store.close();
    expect([existsSync(`${file}-wal`), existsSync(`${file}-shm`)]).toEqual([false, false]);
  });

  it('takes writes of two processes at once', async () => {
    const file = path.join(temporaryFolder(), 'a.sqlite');
    const store = await open(file);
    onTestFinished(() => store.close());
    const rateMany = `
      const { openSqliteStore } = await import(${JSON.stringify(BUILT_STORE)});
      const store = await openSqliteStore({ file: process.argv[1], clock: { now: () => ${clock.now()} }, retentionDays: 30 });
      for (let i = 0; i < 40; i++) {
        const id = process.pid + '-' + i;
        await store.saveConversation({ id, urgent: [] });
        await store.saveReply({ id, conversationId: id, kind: 'answer', passages: [] });
        await store.saveFeedback({ replyId: id, rating: 'up' });
        if (i % 8 === 0) await store.forget(id);
      }
      await store.close();`;
    const run = promisify(execFile);
    const node = () => run(process.execPath, ['--input-type=module', '-e', rateMany, file]);
    await Promise.all([node(), node()]);
    expect(await store.feedback()).toHaveLength(70);
  });

  it('obeys a retention that has become shorter', async () => {
    const file = path.join(temporaryFolder(), 'a.sqlite');
    const before = await open(file);
    await rate(before, 'r1', 'x');
    await before.close();
    const later = { now: () => clock.now() + 3 * 24 * 60 * 60_000 };
    const after = await open(file, { retentionDays: 2, clock: later });
    onTestFinished(() => after.close());
    expect(await after.feedback()).toEqual([]);
  });
});

describe('what was deleted from a SQLite file', () => {
  it('leaves no trace in any of its files when a conversation is forgotten', async () => {
    const folder = temporaryFolder();
    const store = await open(path.join(folder, 'a.sqlite'));
    onTestFinished(() => store.close());
    await rate(store, 'r1', 'Xyzzy comment');
    expect(bytesOf(folder)).toContain('Xyzzy');
    await store.forget('c-r1');
    for (const trace of ['Xyzzy', 'r1', 'p/a/b', 'liver']) expect(bytesOf(folder), trace).not.toContain(trace);
  });

  // Rows move when pages fill up, and blanking a row where it lies misses the copies that this leaves.
  it('leaves no trace among many rows that come, change and go', async () => {
    const folder = temporaryFolder();
    const store = await open(path.join(folder, 'a.sqlite'));
    onTestFinished(() => store.close());
    const gone: string[] = [];
    const here: string[] = [];
    for (let i = 0; i < 150; i++) {
      const mark = `<${i}>`;
      await rate(store, `reply${mark}`, mark.repeat(1 + ((i * 37) % 200)));
      if (i % 7 < 3) await store.saveFeedback({ replyId: `reply${mark}`, rating: 'up', comment: `changed${mark}` });
      (i % 3 === 0 ? here : gone).push(mark);
    }
    for (const mark of gone) await store.forget(`c-reply${mark}`);
    const bytes = bytesOf(folder);
    expect(gone.filter((mark) => bytes.includes(mark))).toEqual([]);
    expect(here.filter((mark) => !bytes.includes(mark))).toEqual([]);
  });

  it('leaves no trace when it has expired and is purged', async () => {
    const folder = temporaryFolder();
    let now = 0;
    const store = await open(path.join(folder, 'a.sqlite'), { clock: { now: () => now }, retentionDays: 1 });
    onTestFinished(() => store.close());
    await rate(store, 'r1', 'Xyzzy comment');
    now += 30 * 60_000;
    await store.purge();
    expect(bytesOf(folder)).not.toContain('liver');
    expect(bytesOf(folder)).toContain('Xyzzy');
    now += 24 * 60 * 60_000;
    await store.purge();
    for (const trace of ['Xyzzy', 'r1', 'p/a/b']) expect(bytesOf(folder), trace).not.toContain(trace);
  });

  it('goes at the next purge where somebody was reading the file', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a.sqlite');
    const store = await open(file);
    onTestFinished(() => store.close());
    await rate(store, 'r1', 'Xyzzy comment');
    const reader = new Database(file, { readonly: true });
    reader.exec('begin');
    reader.prepare('select * from feedback').all();
    await store.forget('c-r1');
    expect(await store.feedback()).toEqual([]);
    reader.close();
    await store.purge();
    expect(bytesOf(folder)).not.toContain('Xyzzy');
  });
});

describe('a SQLite file that can not be used', () => {
  async function refusal(file: string): Promise<{ code: string; message: string }> {
    const error: unknown = await open(file).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: 'StoreError' });
    return error as { code: string; message: string };
  }

  async function closedFile(): Promise<string> {
    const file = path.join(temporaryFolder(), 'a.sqlite');
    const store = await open(file);
    for (let i = 0; i < 30; i++) await rate(store, `r${i}`, 'x'.repeat(500));
    await store.close();
    return file;
  }

  it('names a file of a newer version and the remedy, and leaves it as it was', async () => {
    const file = await closedFile();
    const database = new Database(file);
    database.exec("insert into kysely_migration values ('999-from-the-future', '2030-01-01')");
    database.close();
    const before = readFileSync(file);
    const { code, message } = await refusal(file);
    expect(code).toBe('STORE_NEWER');
    expect(message).toContain(file);
    expect(message).toMatch(/999-from-the-future.*update Quotewell/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  const damages: [string, (bytes: Buffer) => Buffer][] = [
    ['that is not a database', () => Buffer.from('This is a text, and a long one at that.'.repeat(50))],
    ['that was cut short', (bytes) => bytes.subarray(0, bytes.length - 5000)],
    [
      'with a page overwritten',
      (bytes) => Buffer.concat([bytes.subarray(0, 8192), Buffer.alloc(4096, 0x5a), bytes.subarray(12288)]),
    ],
  ];
  it.each(damages)('names a file %s and the remedy, and leaves it as it was', async (_, damage) => {
    const file = await closedFile();
    const damaged = damage(readFileSync(file));
    writeFileSync(file, damaged);
    const { code, message } = await refusal(file);
    expect(code).toBe('STORE_DAMAGED');
    expect(message).toContain(file);
    expect(message).toMatch(/move it .*backup/);
    expect(readFileSync(file).equals(damaged)).toBe(true);
  });

  it('does not write into the database of another program', async () => {
    const file = path.join(temporaryFolder(), 'a.sqlite');
    const database = new Database(file);
    database.exec('create table recipes(name text)');
    database.close();
    const before = readFileSync(file);
    expect(await refusal(file)).toMatchObject({
      code: 'STORE_FOREIGN',
      message: expect.stringMatching(/another program.*DATA_DIR/),
    });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('names what it can not open', async () => {
    const folder = path.join(temporaryFolder(), 'a.sqlite');
    mkdirSync(folder);
    expect(await refusal(folder)).toMatchObject({
      code: 'STORE_UNREACHABLE',
      message: expect.stringContaining(folder),
    });
    const below = path.join(await closedFile(), 'b.sqlite');
    expect(await refusal(below)).toMatchObject({ code: 'STORE_UNREACHABLE', message: expect.stringContaining(below) });
  });
});
