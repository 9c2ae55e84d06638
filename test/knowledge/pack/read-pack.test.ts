import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { PackError } from '../../../knowledge/pack/finding.ts';
import { loadPack, readPack } from '../../../knowledge/pack/read-pack.ts';
import { LIPS, temporaryPack } from '../../support/temporary-pack.ts';

describe('loadPack', () => {
  test('reads everything that the folder holds', () => {
    const pack = loadPack(temporaryPack().folder);
    expect(pack).toMatchObject({
      id: 'small',
      title: 'Small',
      audience: 'Testers',
      starters: ['what about dry lips?'],
    });
    expect(pack.passages.map((passage) => passage.id)).toEqual(['small/skin/dry-lips', 'small/tests/blood-tests']);
    expect([...pack.sources.keys()]).toEqual(['S1', 'S2']);
    expect(pack.lexicon.map((entry) => entry.term)).toEqual(['dry lips', 'blood test']);
    expect(pack.disclaimers.map((disclaimer) => disclaimer.id)).toEqual(['general']);
    expect(pack.messages.answer).toEqual({ en: 'This is what we have.', es: 'Esto es lo que tenemos.' });
  });

  test('gives a pack that nobody can change', () => {
    const pack = loadPack(temporaryPack().folder);
    const [passage] = pack.passages;
    expect(Object.isFrozen(pack) && Object.isFrozen(passage) && Object.isFrozen(passage?.sentences[0])).toBe(true);
  });

  test('takes messages and disclaimers that a pack does not bring from the defaults, and names its subject', () => {
    const { folder } = temporaryPack({
      'pack/pack.yaml': 'id: small\ntitle: Small\nsubject: warts\naudience: Testers\n',
    });
    for (const file of ['messages.yaml', 'lexicon.yaml', 'safety'])
      rmSync(path.join(folder, file), { recursive: true });
    const pack = loadPack(folder);
    expect(pack.messages.greeting?.en).toMatch(/questions about warts/);
    expect(pack.disclaimers.map(({ id }) => id)).toEqual(['general', 'emergency']);
    expect(pack.starters).toEqual(['what about dry lips', 'what about blood tests']);
  });

  test('leaves out files that are no passages', () => {
    const { folder } = temporaryPack({
      'pack/passages/skin/notes.txt': 'a note',
      'pack/passages/skin/x.md.tmp': 'half',
    });
    expect(loadPack(folder).passages).toHaveLength(2);
  });

  test('refuses a pack with one unreadable passage, and names it with its line', () => {
    const { folder } = temporaryPack({ [LIPS]: '# Dry lips\nNo front matter.' });
    expect(() => loadPack(folder)).toThrow(PackError);
    expect(() => loadPack(folder)).toThrow(/passages\/skin\/dry-lips\.md:1 {2}unreadable/);
  });

  test('has the same hash for the same files, and another when any of them changes', () => {
    const pack = temporaryPack();
    const before = loadPack(pack.folder).hash;
    expect(loadPack(temporaryPack().folder).hash).toBe(before);
    pack.write('pack/safety/out-of-scope.yaml', 'questions: [is it raining?]\n');
    expect(loadPack(pack.folder).hash).not.toBe(before);
  });
});

describe('readPack', () => {
  const found = (folder: string) => readPack(folder).findings.map(({ file, line, code }) => `${file}:${line} ${code}`);

  test('finds nothing wrong with a sound pack', () => {
    expect(found(temporaryPack().folder)).toEqual([]);
  });

  test('goes on past an unreadable passage', () => {
    const { pack } = readPack(temporaryPack({ [LIPS]: 'nothing' }).folder);
    expect(pack?.passages.map((passage) => passage.id)).toEqual(['small/tests/blood-tests']);
  });

  test('reports every missing file at once, and gives no pack', () => {
    const { folder } = temporaryPack();
    rmSync(path.join(folder, 'pack.yaml'));
    rmSync(path.join(folder, 'passages'), { recursive: true });
    expect(found(folder)).toEqual(['pack.yaml:1 unreadable', 'passages:1 unreadable']);
    expect(readPack(folder).pack).toBeUndefined();
  });

  test.each([
    ['broken YAML', 'pack/lexicon.yaml', 'terms:\n  - term: a\n   also: []\n', 'lexicon.yaml:3 unreadable'],
    [
      'a missing key',
      'pack/lexicon.yaml',
      'terms:\n  - term: a\n    also: []\n  - term: b\n',
      'lexicon.yaml:4 unreadable',
    ],
    [
      'a source with a date that is none',
      'pack/sources.yaml',
      'sources:\n  - id: S1\n    title: A\n    organisation: B\n    date: May 2024\n    read: full\n',
      'sources.yaml:5 bad-date',
    ],
    [
      'a message without Spanish',
      'pack/messages.yaml',
      'messages:\n  answer: { en: A, es: B }\n  hello: { en: Hi }\n',
      'messages.yaml:3 unreadable',
    ],
  ])('says on which line there is %s', (_, file, content, expected) => {
    expect(found(temporaryPack({ [file]: content }).folder)).toEqual([expected]);
  });
});
