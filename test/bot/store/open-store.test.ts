import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../../bot/config.ts';
import { openStore, storeFile } from '../../../bot/store/open-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const clock = { now: () => 0 };

it('opens quotewell.sqlite in DATA_DIR', async () => {
  const folder = temporaryFolder();
  const config = readConfig({ DATA_DIR: folder });
  const store = await openStore({ config, clock });
  onTestFinished(() => store.close());
  expect(storeFile(config)).toBe(path.join(folder, 'quotewell.sqlite'));
  await store.saveConversation({ id: 'c1', urgent: [] });
  expect(await store.conversation('c1')).toBeDefined();
});

it('refuses DATABASE_URL rather than pass it over', async () => {
  const config = readConfig({ DATA_DIR: temporaryFolder(), DATABASE_URL: 'postgres://u:secret@db/q' });
  await expect(openStore({ config, clock })).rejects.toMatchObject({
    code: 'STORE_UNSUPPORTED',
    message: expect.stringMatching(/^store: DATABASE_URL(?!.*secret)/),
  });
});
