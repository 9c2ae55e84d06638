import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { UnknownPassageError } from '../../../knowledge/pack/find-passage.ts';
import { PackError } from '../../../knowledge/pack/finding.ts';
import { loadPack } from '../../../knowledge/pack/read-pack.ts';
import { reviewState, signatureIsVoid } from '../../../knowledge/pack/review.ts';
import { SignError, signPassage, unsignPassage } from '../../../knowledge/pack/sign.ts';
import { BLOOD, LIPS, temporaryPack } from '../../support/temporary-pack.ts';

const ID = 'small/skin/dry-lips';
const ROLE = 'Lead pharmacist';
const ON = '2026-11-23';
const DUE = '2027-11-23';

const lips = (folder: string) => {
  const found = loadPack(folder).passages.find((passage) => passage.id === ID);
  if (!found) throw new Error('no such passage');
  return found;
};

describe('signPassage', () => {
  test('makes the passage reviewed, by whom and until when', () => {
    const { folder } = temporaryPack();
    signPassage({ folder, id: ID, by: ROLE, due: DUE, on: ON });
    expect(reviewState(lips(folder), ON)).toEqual({ status: 'reviewed', by: ROLE, on: ON, due: DUE });
  });

  test('gives back the passage as signed', () => {
    const { folder } = temporaryPack();
    expect(signPassage({ folder, id: ID, by: ROLE, due: DUE, on: ON })).toEqual(lips(folder));
  });

  test('is void once a word changes, and holds again when the word is put back', () => {
    const pack = temporaryPack();
    signPassage({ folder: pack.folder, id: ID, by: ROLE, due: DUE, on: ON });
    const signed = pack.read(LIPS);
    pack.write(LIPS, signed.replace('are common', 'are rare'));
    expect(signatureIsVoid(lips(pack.folder))).toBe(true);
    pack.write(LIPS, signed);
    expect(signatureIsVoid(lips(pack.folder))).toBe(false);
  });

  test('holds when only the questions change', () => {
    const pack = temporaryPack();
    signPassage({ folder: pack.folder, id: ID, by: ROLE, due: DUE, on: ON });
    pack.write(LIPS, pack.read(LIPS).replace('worried by dry lips', 'scared of dry lips'));
    expect(signatureIsVoid(lips(pack.folder))).toBe(false);
  });

  test('replaces an older signature', () => {
    const { folder } = temporaryPack();
    signPassage({ folder, id: ID, by: 'Somebody else', due: DUE, on: ON });
    signPassage({ folder, id: ID, by: ROLE, due: '2028-01-01', on: '2027-01-01' });
    expect(reviewState(lips(folder), '2027-06-01')).toMatchObject({ by: ROLE, on: '2027-01-01', due: '2028-01-01' });
  });

  test.each(['Dr. Jane O’Neill, "JO"', "Pharmacist's deputy: team #2", '{ role }', 'yes', '12', '- lead'])(
    'takes %s as a role',
    (by) => {
      const { folder } = temporaryPack();
      signPassage({ folder, id: ID, by, due: DUE, on: ON });
      expect(reviewState(lips(folder), ON).by).toBe(by);
    },
  );

  test('brings a role of several lines into one', () => {
    const { folder } = temporaryPack();
    expect(signPassage({ folder, id: ID, by: '  Lead\n pharmacist ', due: DUE, on: ON }).review).toMatchObject({
      by: ROLE,
    });
  });

  test('changes no byte outside the value of review, and no other file', () => {
    const pack = temporaryPack();
    const [before, other] = [pack.read(LIPS), pack.read(BLOOD)];
    signPassage({ folder: pack.folder, id: ID, by: ROLE, due: DUE, on: ON });
    const value = /(?<=^review: )\{.*\}$/m;
    expect(pack.read(LIPS).replace(value, '')).toBe(before.replace(value, ''));
    expect(pack.read(BLOOD)).toBe(other);
  });

  test.each([
    ['a comment behind the value', 'review: { status: unreviewed } # for Ann', 'review: X # for Ann'],
    ['comments around it', '# before\nreview: { status: unreviewed }\n# after', '# before\nreview: X\n# after'],
    ['a value of several lines', 'review:\n  status: unreviewed', 'review:\n  X'],
    [
      'a comment inside the value',
      'review:\n  status: unreviewed # for Ann\n# after',
      'review:\n  X # for Ann\n# after',
    ],
    ['a value before others', 'review: { status: unreviewed }\nnotes:   "x"', 'review: X\nnotes:   "x"'],
  ])('keeps %s', (_, from, to) => {
    const pack = temporaryPack();
    const before = pack.read(LIPS).replace('review: { status: unreviewed }', from);
    pack.write(LIPS, before);
    signPassage({ folder: pack.folder, id: ID, by: ROLE, due: DUE, on: ON });
    const after = pack.read(LIPS).replace(/\{ status: reviewed, .*\}/, 'X');
    expect(after).toBe(before.replace(from, to));
  });

  test('keeps CRLF and a byte order mark', () => {
    const pack = temporaryPack();
    const before = `\uFEFF${pack.read(LIPS).replaceAll('\n', '\r\n')}`;
    pack.write(LIPS, before);
    signPassage({ folder: pack.folder, id: ID, by: ROLE, due: DUE, on: ON });
    expect(pack.read(LIPS).replace(/\{ status: reviewed, .*\}/, '{ status: unreviewed }')).toBe(before);
    expect(reviewState(lips(pack.folder), ON).status).toBe('reviewed');
  });

  test('keeps the permissions of the file, and leaves no other file behind', () => {
    const { folder } = temporaryPack();
    const file = path.join(folder, 'passages/skin/dry-lips.md');
    chmodSync(file, 0o640);
    signPassage({ folder, id: ID, by: ROLE, due: DUE, on: ON });
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(path.dirname(file))).toEqual(['dry-lips.md']);
  });
});

describe('signPassage refuses', () => {
  const refusal = (change: Partial<Parameters<typeof signPassage>[0]>) => {
    const pack = temporaryPack();
    const before = pack.read(LIPS);
    try {
      signPassage({ folder: pack.folder, id: ID, by: ROLE, due: DUE, on: ON, ...change });
    } catch (error) {
      expect(pack.read(LIPS)).toBe(before);
      if (error instanceof SignError || error instanceof UnknownPassageError) return `${error.code}: ${error.message}`;
      throw error;
    }
    return 'nothing refused';
  };

  test.each([
    ['an empty role', { by: '  ' }, /^EMPTY_ROLE: .*--by/],
    ['a date of another form', { due: '23.11.2027' }, /^BAD_DATE: "23\.11\.2027" is no date/],
    ['a day there is not', { due: '2027-02-30' }, /^BAD_DATE/],
    ['no date', { due: '' }, /^BAD_DATE/],
    ['a bad date of signing', { on: 'today' }, /^BAD_DATE/],
    ['a review due on the day of signing', { due: ON }, /^BAD_DATE: the next review .* has to come after/],
    ['a review due before it', { due: '2025-01-01' }, /^BAD_DATE/],
    [
      'an unknown id, with the nearest',
      { id: 'small/skin/dry-lip' },
      /^UNKNOWN_PASSAGE: [\s\S]*\n {2}small\/skin\/dry-lips\n/,
    ],
    [
      'a name without its topic, with the whole id',
      { id: 'dry-lips' },
      /^UNKNOWN_PASSAGE: [\s\S]*\n {2}small\/skin\/dry-lips\n/,
    ],
  ])('%s', (_, change, expected) => {
    expect(refusal(change)).toMatch(expected);
  });

  test('a folder that is no pack', () => {
    const { folder } = temporaryPack();
    rmSync(path.join(folder, 'pack.yaml'));
    expect(() => signPassage({ folder, id: ID, by: ROLE, due: DUE, on: ON })).toThrow(PackError);
  });
});

describe('unsignPassage', () => {
  test('gives the file back as it was before it was signed', () => {
    const pack = temporaryPack();
    const before = pack.read(LIPS);
    signPassage({ folder: pack.folder, id: ID, by: ROLE, due: DUE, on: ON });
    expect(unsignPassage({ folder: pack.folder, id: ID }).review).toEqual({ status: 'unreviewed' });
    expect(pack.read(LIPS)).toBe(before);
  });

  test('leaves a passage that nobody signed as it is', () => {
    const pack = temporaryPack();
    const before = pack.read(LIPS);
    unsignPassage({ folder: pack.folder, id: ID });
    expect(pack.read(LIPS)).toBe(before);
  });

  test('refuses an unknown id', () => {
    expect(() => unsignPassage({ folder: temporaryPack().folder, id: 'x' })).toThrow(UnknownPassageError);
  });
});
