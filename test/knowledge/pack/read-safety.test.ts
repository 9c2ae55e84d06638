import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PackError } from '../../../knowledge/pack/finding.ts';
import { loadSafety, readSafety } from '../../../knowledge/pack/safety.ts';
import { temporaryPack } from '../../support/temporary-pack.ts';

const CARDIAC = 'safety/urgent/cardiac.yaml';

test('the common core is read whole, the worst danger first', () => {
  const pack = temporaryPack();
  pack.write(
    'safety/urgent/a-lesser-one.yaml',
    pack.read(CARDIAC).replace('cardiac', 'vision').replace('rank: 1', 'rank: 2'),
  );
  expect(loadSafety(pack.safetyFolder).urgent.map((rules) => rules.category)).toEqual(['cardiac', 'vision']);
});

test('every set of rules is known by its file', () => {
  const { safety, fileOf } = readSafety(temporaryPack().safetyFolder);
  expect([...(safety?.urgent ?? []), ...(safety?.referral ?? []), ...(safety?.languages ?? [])].map(fileOf)).toEqual([
    'urgent/cardiac.yaml',
    'referral/personal_dosing.yaml',
    'languages/es.yaml',
  ]);
});

test('a rule of an unknown strength is refused, with its line', () => {
  const pack = temporaryPack();
  pack.write(CARDIAC, pack.read(CARDIAC).replace('strength: sure', 'strength: maybe'));
  expect(() => loadSafety(pack.safetyFolder)).toThrow(PackError);
  expect(() => loadSafety(pack.safetyFolder)).toThrow(/urgent\/cardiac\.yaml:12 {2}unreadable/);
});

test('a core without one of its folders is refused, never served half', () => {
  const { safetyFolder } = temporaryPack();
  rmSync(path.join(safetyFolder, 'urgent'), { recursive: true });
  expect(() => loadSafety(safetyFolder)).toThrow(/there is no folder urgent/);
});

test('a core without contacts is refused', () => {
  const { safetyFolder } = temporaryPack();
  rmSync(path.join(safetyFolder, 'contacts.yaml'));
  expect(() => loadSafety(safetyFolder)).toThrow(/contacts\.yaml:1 {2}unreadable/);
});
