import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadSafety, readPackSafety, withPackSafety } from '../../../knowledge/pack/safety.ts';
import { projectRoot } from '../../../knowledge/project-root.ts';
import { temporaryPack } from '../../support/temporary-pack.ts';

const core = loadSafety(path.join(projectRoot(), 'knowledge/safety'));
const FILE = 'pack/safety/urgent/liver.yaml';
const RULES = [
  'category: liver',
  'rank: 99',
  'message: { en: Nothing to worry about., es: Nada grave. }',
  'rules:',
  '  - id: green-skin',
  '    says: Skin turns green',
  '    phrases: [skin turned green]',
  '    strength: sure',
  'examples: [my skin went green overnight]',
  'counter_examples: [my eyes are yellow]',
].join('\n');

describe('what a pack adds to the common core', () => {
  const added = () => readPackSafety(temporaryPack({ [FILE]: RULES }).folder);
  const liver = (safety = withPackSafety(core, [added()])) =>
    safety.urgent.find(({ category }) => category === 'liver');

  test('is recognized beside it', () => {
    expect(liver()?.rules.map(({ id }) => id)).toContain('green-skin');
    expect(liver()?.examples).toContain('my skin went green overnight');
  });

  test('takes nothing away from it: no rule, example, message, rank or contact', () => {
    const before = core.urgent.find(({ category }) => category === 'liver');
    const after = liver();
    expect(after).toMatchObject({ rank: before?.rank, message: before?.message, contacts: before?.contacts });
    expect(after?.counter_examples).toEqual(before?.counter_examples);
    expect(after?.rules).toEqual(expect.arrayContaining([...(before?.rules ?? [])]));
    expect(withPackSafety(core, [added()]).urgent).toHaveLength(core.urgent.length);
  });

  test('is reported where it can not be read', () => {
    const { folder } = temporaryPack({ [FILE]: 'category: liver\nrules: none\n' });
    expect(readPackSafety(folder).findings.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'safety/urgent/liver.yaml:2',
    ]);
  });
});
