import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bot } from '../../bot/bot.ts';
import { composeBot } from '../../bot/compose.ts';
import { composeOptions } from '../../bot/compose-options.ts';
import { readConfig } from '../../bot/config.ts';
import type { Reply } from '../../bot/reply.ts';
import { addDocuments } from '../../knowledge/ingest/add-documents.ts';
import { newPack } from '../../knowledge/ingest/new-pack.ts';
import { projectRoot } from '../../knowledge/project-root.ts';
import { LEAFLET } from '../support/documents/leaflet.ts';
import { makePdf } from '../support/documents/make-pdf.ts';
import { lastingFolder } from '../support/temporary-folder.ts';

const ECZEMA = `# Creams for eczema

## How often to use the cream

Eczema cream goes on twice a day, in the morning and after the evening bath. A thin layer is enough for dry skin.

## Itching at night

Cool cotton gloves help against scratching eczema at night. Short nails do less harm to the skin.
`;
const OWN_DANGER = `category: other
rules:
  - id: eczema-blue
    says: Eczema turns blue
    phrases: [eczema turned blue]
    strength: sure
`;

let bot: Bot;

beforeAll(async () => {
  const root = lastingFolder(afterAll);
  const packs = ['warts', 'eczema'].map((name) => path.join(root, name));
  for (const folder of packs) newPack({ folder });
  const [warts = '', eczema = ''] = packs;
  writeFileSync(path.join(root, 'leaflet.pdf'), await makePdf(LEAFLET));
  writeFileSync(path.join(root, 'eczema.md'), ECZEMA);
  await addDocuments({ folder: warts, files: [path.join(root, 'leaflet.pdf')], today: '2026-11-23' });
  await addDocuments({ folder: eczema, files: [path.join(root, 'eczema.md')], today: '2026-11-23' });
  mkdirSync(path.join(eczema, 'safety/urgent'), { recursive: true });
  writeFileSync(path.join(eczema, 'safety/urgent/other.yaml'), OWN_DANGER);
  const config = readConfig({ PACKS: packs.join(','), DATA_DIR: path.join(root, 'data') });
  bot = await composeBot({ ...composeOptions(config), modelCache: path.join(projectRoot(), 'data/models') });
});
afterAll(() => bot?.close());

const ask = async (text: string) => (await bot.respond({ text })).reply;

describe('two packs that were drafted from documents', () => {
  test.each([
    [
      'How often does eczema cream go on?',
      'eczema/how-often-to-use-the-cream/how-often-to-use-the-cream',
      'twice a day',
    ],
    [
      'How long does a wart on the foot take to heal?',
      'warts/how-long-healing-takes/how-long-healing-takes',
      'three weeks',
    ],
  ])('answer “%s” from the right one', async (question, id, words) => {
    const { kind, quotes } = await ask(question);
    expect([kind, quotes[0]?.passage.id]).toEqual(['answer', id]);
    expect(quotes[0]?.text).toContain(words);
  });

  test('come with a disclaimer, and greet with both of their subjects', async () => {
    expect((await ask('How often does eczema cream go on?')).disclaimers.map(({ id }) => id)).toEqual(['general']);
    expect(bot.starters('US', 'en').greeting).toContain('warts and eczema');
    expect(bot.starters('US', 'en').questions.length).toBeGreaterThan(0);
  });

  test('leave the common core in place, and add to it', async () => {
    expect(await ask('I want to kill myself')).toMatchObject({ kind: 'urgent', category: 'self_harm' });
    expect(await ask('my eczema turned blue today')).toMatchObject({ kind: 'urgent', category: 'other' });
  });
});

describe('the built-in pack and one that was drafted', () => {
  let both: Bot;

  beforeAll(async () => {
    const root = lastingFolder(afterAll);
    const builtIn = path.join(projectRoot(), 'knowledge/isotretinoin');
    const [some, drafted] = [path.join(root, 'some'), path.join(root, 'methotrexate')];
    // Of the built-in pack some topics, since all would be minutes of embedding.
    const kept = ['passages', 'passages/alcohol', 'passages/monitoring', 'passages/pregnancy'];
    const isKept = (file: string) => {
      const inside = path.relative(builtIn, file);
      return (
        !inside.startsWith('passages') || kept.some((folder) => folder === inside || folder === path.dirname(inside))
      );
    };
    cpSync(builtIn, some, { recursive: true, filter: isKept });
    newPack({ folder: drafted });
    const leaflet = path.join(projectRoot(), 'test/knowledge/ingest/leaflets/methotrexate.md');
    await addDocuments({ folder: drafted, files: [leaflet], today: '2026-11-23' });
    const config = readConfig({ PACKS: `${some},${drafted}`, DATA_DIR: path.join(root, 'data') });
    both = await composeBot({ ...composeOptions(config), modelCache: path.join(projectRoot(), 'data/models') });
  });
  afterAll(() => both?.close());

  const asked = async (text: string) => (await both.respond({ text })).reply;
  const packOf = (reply: Reply) => reply.quotes[0]?.passage.id.split('/')[0];

  test.each([
    ['How often do I take methotrexate?', 'methotrexate'],
    ['Can you drink alcohol while taking isotretinoin?', 'isotretinoin'],
  ])('answer “%s” from the one that it names', async (question, pack) => {
    const reply = await asked(question);
    expect([reply.kind, packOf(reply)]).toEqual(['answer', pack]);
  });

  test('ask which is meant where both would answer, in questions that can be asked as they stand', async () => {
    const reply = await asked('how often will my blood be tested');
    if (reply.kind !== 'clarify') throw new Error(`no question back, but ${reply.kind} from ${packOf(reply)}`);
    const answers = await Promise.all(reply.options.map(({ question }) => asked(question)));
    expect(answers.map((answer) => [answer.kind, packOf(answer)]).sort()).toEqual([
      ['answer', 'isotretinoin'],
      ['answer', 'methotrexate'],
    ]);
  });
});
