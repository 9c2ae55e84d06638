import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { addDocuments } from '../../../knowledge/ingest/add-documents.ts';
import { newPack } from '../../../knowledge/ingest/new-pack.ts';
import { BUILT_IN, holdsBuiltIn, loadPacks } from '../../../knowledge/pack/load-packs.ts';
import { projectRoot } from '../../../knowledge/project-root.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function packSaying(text: string): Promise<string> {
  const root = temporaryFolder();
  const folder = path.join(root, 'laser');
  newPack({ folder });
  mkdirSync(path.join(root, 'in'));
  const file = path.join(root, 'in/leaflet.md');
  writeFileSync(file, `# Laser\n\n## Before it\n\n${text}\n`);
  await addDocuments({ folder, files: [file], today: '2026-11-23' });
  return folder;
}

test('what the built-in pack sets aside is no other subject to a pack whose own passages speak of it', async () => {
  const { otherSubjects } = loadPacks([await packSaying('Tell us if you take Spironolactone, or have cold sores.')]);
  expect(otherSubjects).not.toContain('spironolactone');
  expect(otherSubjects).toContain('minocycline');
});

test('a longer word that holds the name of a subject does not speak of it', async () => {
  const { otherSubjects } = loadPacks([await packSaying('Antispironolactones and the minocyclin are made up.')]);
  expect(otherSubjects).toEqual(expect.arrayContaining(['spironolactone', 'minocycline']));
});

test('the built-in pack is told by its id, wherever it lies', async () => {
  const own = await packSaying('Cold sores are treated first.');
  expect(holdsBuiltIn(path.join(projectRoot(), 'knowledge', BUILT_IN))).toBe(true);
  expect(holdsBuiltIn(own)).toBe(false);
  const about = path.join(own, 'pack.yaml');
  writeFileSync(about, readFileSync(about, 'utf8').replace(/^id: .*$/m, `id: ${BUILT_IN}`));
  expect(holdsBuiltIn(own)).toBe(true);
  expect(holdsBuiltIn(path.join(own, 'nowhere'))).toBe(false);
});
