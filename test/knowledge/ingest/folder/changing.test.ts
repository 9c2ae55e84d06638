import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Added, addDocuments } from '../../../../knowledge/ingest/add-documents.ts';
import { applyChanges, finishChanges } from '../../../../knowledge/ingest/folder/change-set.ts';
import type { Plan } from '../../../../knowledge/ingest/folder/plan-document.ts';
import { newPack } from '../../../../knowledge/ingest/new-pack.ts';
import { placeInDocument } from '../../../../knowledge/ingest/place-in-document.ts';
import { removeDocument } from '../../../../knowledge/ingest/remove-document.ts';
import { checkPack } from '../../../../knowledge/pack/check-pack.ts';
import { severityOf } from '../../../../knowledge/pack/finding.ts';
import type { Passage } from '../../../../knowledge/pack/pack.ts';
import { loadPack } from '../../../../knowledge/pack/read-pack.ts';
import { reviewState } from '../../../../knowledge/pack/review.ts';
import { signPassage } from '../../../../knowledge/pack/sign.ts';
import { projectRoot } from '../../../../knowledge/project-root.ts';
import { filesOf } from '../../../support/files-of.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const TODAY = '2026-11-23';
const STING = 'The skin around a frozen wart stings for a few hours after the treatment.';
const BLISTER = 'A blister forms on the first day and dries within 7 to 10 days.';
const SHOWER = 'Showers are fine from the second day on, as long as the plaster is changed after them.';
const DOCUMENT = `# Freezing warts\n\n## Stinging\n\n${STING}\n\n## The blister\n\n${BLISTER}\n\n## Washing\n\n${SHOWER}\n`;

let root: string;
let folder: string;
beforeEach(() => {
  root = temporaryFolder();
  folder = path.join(root, 'warts');
  newPack({ folder });
});

async function add(text: string, name = 'freezing.md'): Promise<Plan> {
  mkdirSync(path.join(root, 'in'), { recursive: true });
  const file = path.join(root, 'in', name);
  writeFileSync(file, text);
  const [added] = await addDocuments({ folder, files: [file], today: TODAY });
  return planOf(added);
}

function planOf(added: Added | undefined): Plan {
  if (added?.kind !== 'added') throw new Error(`not added: ${JSON.stringify(added)}`);
  return added.plan;
}

const passages = () => loadPack(folder).passages;
const saying = (text: string): Passage => {
  const found = passages().find((passage) => passage.text === text);
  if (!found) throw new Error(`no passage says ${text}`);
  return found;
};
const edit = (passage: Passage, from: string, to: string) => {
  const file = path.join(folder, passage.file);
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
};

describe('a document that is added', () => {
  test('becomes unreviewed passages under its headings, each sentence with its source', async () => {
    await add(DOCUMENT);
    expect(passages().map(({ id, title, review }) => [id, title, review.status])).toEqual([
      ['warts/stinging/stinging', 'Stinging', 'unreviewed'],
      ['warts/the-blister/the-blister', 'The blister', 'unreviewed'],
      ['warts/washing/washing', 'Washing', 'unreviewed'],
    ]);
    expect(passages().every(({ sentences }) => sentences.every(({ sources }) => sources[0] === 'D1'))).toBe(true);
    expect(loadPack(folder).sources.get('D1')).toMatchObject({
      title: 'Freezing warts',
      note: 'Added from freezing.md.',
    });
  });

  test('can be shown around each of its passages, letter for letter', async () => {
    await add(DOCUMENT);
    const place = placeInDocument(folder, saying(BLISTER));
    expect(place).toMatchObject({ document: 'freezing.md', words: BLISTER, verbatim: true, headings: ['The blister'] });
    expect(place?.before).toContain(STING);
    expect(place?.after).toContain(SHOWER);
  });

  test('passes the check, with remarks on what is left to do', async () => {
    await add(DOCUMENT);
    const findings = checkPack({ folder, safetyFolder: path.join(projectRoot(), 'knowledge/safety'), today: TODAY });
    expect(findings.filter((finding) => severityOf(finding) === 'error')).toEqual([]);
  });

  test('has no question that another passage has', async () => {
    await add(DOCUMENT);
    await add(DOCUMENT.replace('Freezing warts', 'Warts and cold').replaceAll('.', '!'), 'other.md');
    const all = passages().flatMap(({ questions }) => questions.map((question) => question.toLowerCase()));
    expect(new Set(all).size).toBe(all.length);
  });

  test('is refused under another name', async () => {
    await add(DOCUMENT);
    await expect(add(DOCUMENT, 'again.md')).rejects.toThrow(/SAME_CONTENT/);
  });

  test('has what stands in another passage marked, and what contradicts it', async () => {
    await add(DOCUMENT);
    const plan = await add(
      `# News\n\n## Stings\n\n${STING}\n\n## Blisters\n\nA blister forms on the first day and dries within 3 weeks.\n`,
      'news.md',
    );
    expect(plan).toMatchObject({ duplicates: 1, contradictions: 1 });
    const marks = passages().flatMap(({ compare = [] }) => compare);
    expect(marks).toEqual([
      {
        kind: 'contradiction',
        passage: 'warts/the-blister/the-blister',
        here: 'A blister forms on the first day and dries within 3 weeks.',
        there: BLISTER,
      },
      { kind: 'duplicate', passage: 'warts/stinging/stinging' },
    ]);
  });
});

describe('a document that is added again, changed', () => {
  test('keeps signatures and questions of what is unchanged, and moves only its place', async () => {
    await add(DOCUMENT);
    edit(saying(SHOWER), 'questions:', 'questions:\n  - can i wash my hair after wart freezing');
    signPassage({ folder, id: saying(SHOWER).id, by: 'Lead nurse', on: TODAY, due: '2027-11-20' });
    const plan = await add(DOCUMENT.replace('few hours', 'few hours or a whole day'));
    expect(plan).toMatchObject({ added: [], updated: ['warts/stinging/stinging'], removed: [] });
    const kept = saying(SHOWER);
    expect(reviewState(kept, TODAY).status).toBe('reviewed');
    expect(kept.questions[0]).toBe('can i wash my hair after wart freezing');
    expect(placeInDocument(folder, kept)?.words).toBe(SHOWER);
  });

  test('keeps the questions of what is changed, and voids its signature', async () => {
    await add(DOCUMENT);
    const before = saying(STING);
    signPassage({ folder, id: before.id, by: 'Lead nurse', on: TODAY, due: '2027-11-20' });
    await add(DOCUMENT.replace('few hours', 'few hours or a whole day'));
    const after = saying(STING.replace('few hours', 'few hours or a whole day'));
    expect(after.id).toBe(before.id);
    expect(after.questions).toEqual(before.questions);
    expect(reviewState(after, TODAY).status).toBe('unreviewed');
  });

  test('loses what is gone from it', async () => {
    await add(DOCUMENT);
    const plan = await add(DOCUMENT.slice(0, DOCUMENT.indexOf('## Washing')));
    expect(plan.removed).toEqual(['warts/washing/washing']);
    expect(passages()).toHaveLength(2);
  });

  test('never overwrites what somebody edited by hand', async () => {
    await add(DOCUMENT);
    edit(saying(STING), 'a few hours', 'an hour or two');
    const plan = await add(DOCUMENT.replace('few hours', 'few hours or a whole day'));
    expect(plan.contested).toEqual(['warts/stinging/stinging']);
    expect(passages().map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        STING.replace('a few hours', 'an hour or two'),
        STING.replace('few hours', 'few hours or a whole day'),
      ]),
    );
  });

  test('unchanged to the letter, changes nothing', async () => {
    await add(DOCUMENT);
    const before = filesOf(folder);
    await expect(add(DOCUMENT)).rejects.toThrow(/"unchanged"/);
    expect(filesOf(folder)).toEqual(before);
  });
});

test('a document that is removed leaves nothing behind', async () => {
  await add('# Other\n\nSome words on something else stand here.\n', 'other.md');
  const before = filesOf(folder);
  await add(DOCUMENT);
  expect(removeDocument({ folder, name: 'freezing.md' }).removed).toHaveLength(3);
  expect(filesOf(folder)).toEqual(before);
});

test('a document that is not there can not be removed', () => {
  expect(() => removeDocument({ folder, name: '../x' })).toThrow(/no document/);
});

test.each(['../up', 'UPPER', 'a', 'with space', '.hidden'])('%j can not be the name of a pack', (name) => {
  expect(() => newPack({ folder: path.join(root, 'sub', name.replace('/', '%')) })).toThrow(/can't be a pack's name/);
});

describe('changes', () => {
  test('that a crash has interrupted are completed', () => {
    mkdirSync(path.join(folder, '.adding'));
    writeFileSync(path.join(folder, '.adding/0'), 'new words');
    const list = { moves: [{ from: '0', to: 'notes/a.txt' }], remove: ['lexicon.yaml'] };
    writeFileSync(path.join(folder, '.adding/changes.json'), JSON.stringify(list));
    finishChanges(folder);
    expect(Object.keys(filesOf(folder))).toEqual(['notes/a.txt', 'pack.yaml', 'sources.yaml']);
  });

  test('that had not been decided on are cleared away', () => {
    const before = filesOf(folder);
    mkdirSync(path.join(folder, '.adding'));
    writeFileSync(path.join(folder, '.adding/0'), 'new words');
    finishChanges(folder);
    expect(filesOf(folder)).toEqual(before);
  });

  test.each(['../x', '/etc/x', 'a/../../x', 'a//b', 'a\\..\\b', '.git/config', 'C:/x', ''])(
    'never go to %j',
    (file) => {
      const before = filesOf(root);
      expect(() => applyChanges(folder, { write: new Map([[file, 'x']]), remove: [] })).toThrow(RangeError);
      expect(() => applyChanges(folder, { write: new Map(), remove: [file] })).toThrow(RangeError);
      expect(filesOf(root)).toEqual(before);
    },
  );
});
