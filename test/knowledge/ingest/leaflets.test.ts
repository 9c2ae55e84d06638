import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { composeBot } from '../../../bot/compose.ts';
import type { Reply } from '../../../bot/reply.ts';
import { addDocuments } from '../../../knowledge/ingest/add-documents.ts';
import { newPack } from '../../../knowledge/ingest/new-pack.ts';
import { projectRoot } from '../../../knowledge/project-root.ts';
import { lastingFolder } from '../../support/temporary-folder.ts';

// Leaflets and questions written for this test, on subjects that nothing was fitted on. Where there is no `must`, the
// leaflet does not say. The figures are what packs that nobody mended reach, and far from good: see the README.
const LEAFLETS = [
  { file: 'doxycycline.txt', subject: 'doxycycline' },
  { file: 'laser.html', subject: 'laser' },
  { file: 'methotrexate.md', subject: 'methotrexate' },
];
const folder = path.join(projectRoot(), 'test/knowledge/ingest/leaflets');

interface Question {
  readonly q: string;
  /** A regular expression that a quote which answers matches. */
  readonly must?: string;
}

const replies: { readonly question: Question; readonly reply: Reply }[] = [];

beforeAll(async () => {
  for (const { file, subject } of LEAFLETS) {
    const root = lastingFolder(afterAll);
    const pack = path.join(root, subject);
    newPack({ folder: pack });
    await addDocuments({ folder: pack, files: [path.join(folder, file)], today: '2026-11-23' });
    mkdirSync(path.join(root, 'data'));
    const bot = await composeBot({
      packFolders: [pack],
      dataFolder: path.join(root, 'data'),
      modelCache: path.join(projectRoot(), 'data/models'),
      workers: 1,
      region: 'US',
      clinic: { name: undefined, phone: undefined, url: undefined },
      serveUnreviewed: true,
      publicUrl: '',
    });
    const lines = readFileSync(path.join(folder, `${subject}.jsonl`), 'utf8')
      .trim()
      .split('\n');
    for (const question of lines.map((line) => JSON.parse(line) as Question)) {
      replies.push({ question, reply: (await bot.respond({ text: question.q })).reply });
    }
    await bot.close();
  }
});

const answers = ({ question: { must }, reply: { quotes } }: (typeof replies)[number]) =>
  must !== undefined && new RegExp(must, 'i').test(quotes.map(({ text }) => text).join(' ¶ '));
const answered = () => replies.filter(({ reply }) => reply.kind === 'answer');

test('of what a leaflet can answer, more than half is answered right', () => {
  const answerable = replies.filter(({ question: { must } }) => must !== undefined);
  const right = answered().filter(answers);
  console.info(`${right.length} of ${answerable.length} answered right`);
  expect(right.length / answerable.length).toBeGreaterThan(0.55);
});

test('of all that a leaflet is asked, a third of it beside the matter, at most one in five is answered wrongly', () => {
  const wrong = answered().filter((entry) => !answers(entry));
  console.info(`${wrong.length} of ${replies.length} answered wrongly`);
  expect(wrong.length / replies.length).toBeLessThanOrEqual(0.2);
});
