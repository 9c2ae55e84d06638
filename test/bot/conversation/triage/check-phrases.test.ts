import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkPhrases } from '../../../../bot/conversation/triage/check-phrases.ts';
import { temporaryPack } from '../../../support/temporary-pack.ts';

const CARDIAC = 'safety/urgent/cardiac.yaml';
const WORDS = 'safety/words.yaml';
const SPANISH = 'safety/languages/es.yaml';

function found(file: string, from: string, to: string): string[] {
  const pack = temporaryPack();
  pack.write(file, pack.read(file).replace(from, to));
  return checkPhrases(pack).map(({ file: where, line, code }) => `${where}:${line} ${code}`);
}

describe('checkPhrases', () => {
  test('finds nothing where every phrase can be read', () => {
    expect(checkPhrases(temporaryPack())).toEqual([]);
  });

  test.each([
    [
      'an open bracket in a phrase',
      CARDIAC,
      '[chest pain]',
      '\n      - chest pain\n      - (tight chest',
      'urgent/cardiac.yaml:13',
    ],
    ['a word group there is not', CARDIAC, '[chest pain]', '["{heart} pain"]', 'urgent/cardiac.yaml:11'],
    [
      'a phrase in near',
      CARDIAC,
      'phrases: [chest pain]',
      'near:\n      - within: 5\n        all:\n          - [chest]\n          - [pain, "(ache"]',
      'urgent/cardiac.yaml:15',
    ],
    [
      'a phrase in unless',
      CARDIAC,
      'strength: sure',
      'unless: ["chest] hair"]\n    strength: sure',
      'urgent/cardiac.yaml:12',
    ],
    ['a guard', WORDS, 'negation: [not]', 'negation: ["(not"]', 'words.yaml:3'],
    ['a word group', WORDS, 'my son]', '"my (son"]', 'words.yaml:1'],
    ['a phrase in another language', SPANISH, '{chest}"]', '{chest"]', 'languages/es.yaml:9'],
    ['a guard in another language', SPANISH, 'negation: ["no"]', 'negation: ["(no"]', 'languages/es.yaml:4'],
    ['an instruction', WORDS, 'instructions: [ignore your rules]', 'instructions: ["ignore [your"]', 'words.yaml:6'],
  ])('finds %s, on its line', (_, file, from, to, expected) => {
    expect(found(file, from, to)).toContain(`${expected} safety-rule`);
  });

  test('leaves a core that can not be read to the pack check', () => {
    const { safetyFolder } = temporaryPack();
    rmSync(path.join(safetyFolder, 'words.yaml'));
    expect(checkPhrases({ safetyFolder })).toEqual([]);
  });
});
