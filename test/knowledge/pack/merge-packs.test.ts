import { describe, expect, test } from 'vitest';
import { createSubjectTest } from '../../../knowledge/index/subject.ts';
import { mergePacks } from '../../../knowledge/pack/merge-packs.ts';
import type { Pack } from '../../../knowledge/pack/pack.ts';
import { tinyPack } from '../../support/tiny-pack.ts';

const pack = (id: string, more: Partial<Pack> = {}): Pack => ({
  ...tinyPack,
  id,
  subject: id,
  passages: tinyPack.passages.map((passage) => ({ ...passage, id: passage.id.replace('tiny', id) })),
  starters: [`${id} first`, `${id} second`],
  ...more,
});

describe('several packs', () => {
  test('keep all passages, under the names of their packs', () => {
    const ids = mergePacks([pack('warts'), pack('acne')]).passages.map(({ id }) => id.split('/')[0]);
    expect(ids).toEqual(['warts', 'warts', 'acne', 'acne']);
  });

  test('keep sources apart that go by the same id', () => {
    const { passages, sources } = mergePacks([pack('warts'), pack('acne')]);
    expect([...sources.keys()]).toEqual(['T1', 'T2', 'acne-T1', 'acne-T2']);
    expect(passages.at(-1)?.sentences[0]?.sources).toEqual(['acne-T2']);
    expect(passages[0]?.sentences[0]?.sources).toEqual(['T1', 'T2']);
  });

  test('leave a lay word to the first that claims it', () => {
    const first = pack('warts', { lexicon: [{ term: 'wart', also: ['bump'] }] });
    const second = pack('acne', { lexicon: [{ term: 'pimple', also: ['Bump', 'zit'] }] });
    expect(mergePacks([first, second]).lexicon).toEqual([
      { term: 'wart', also: ['bump'] },
      { term: 'pimple', also: ['zit'] },
    ]);
  });

  test('show a disclaimer of a topic under passages of its own pack only', () => {
    const text = { en: 'Stop.', es: 'Para.' };
    const first = pack('warts', { disclaimers: [{ id: 'pregnancy', topics: ['pregnancy'], text }] });
    expect(mergePacks([first, pack('acne')]).disclaimers[0]?.topics).toEqual(['warts/pregnancy']);
  });

  test('name all of their subjects', () => {
    const { messages } = mergePacks([pack('warts'), pack('acne')]);
    expect(messages.greeting?.en).toContain('questions about warts and acne by');
  });

  test('take turns in the questions to start with', () => {
    const { starters } = mergePacks([pack('warts'), pack('acne')]);
    expect(starters).toEqual(['warts first', 'acne first', 'warts second', 'acne second']);
  });

  test('have nothing out of scope that one of them is about', () => {
    const first = pack('warts', { outOfScope: ['does acne itch', 'is it raining'], otherSubjects: ['acne', 'eczema'] });
    const merged = mergePacks([first, pack('acne')]);
    expect(merged.outOfScope).toEqual(['is it raining']);
    expect(merged.otherSubjects).toEqual(['eczema']);
  });

  test('tell which of them a question names', () => {
    const subjects = createSubjectTest(mergePacks([pack('warts'), pack('acne')]));
    expect(subjects('what helps against acne')).toEqual({ own: true, other: false, packs: new Set(['acne']) });
    expect(subjects('what helps')).toEqual({ own: false, other: false });
  });

  test('can not share an id', () => {
    expect(() => mergePacks([pack('warts'), pack('warts')])).toThrow(/two have the id "warts"/);
  });
});

test('one pack is served as it is', () => {
  const only = pack('warts');
  expect(mergePacks([only])).toBe(only);
});
