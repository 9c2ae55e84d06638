import { describe, expect, it } from 'vitest';
import { createSubjectTest } from '../../../knowledge/index/subject.ts';
import { createLexicon } from '../../../knowledge/text/lexicon.ts';
import { tinyPack } from '../../support/tiny-pack.ts';

const pack = {
  ...tinyPack,
  lexicon: [{ term: 'isotretinoin', also: ['accutane', 'tane'] }],
  otherSubjects: ['Spironolactone', 'hair loss', 'C++'],
};
const { canonical } = createLexicon(pack.lexicon);
const subjects = (text: string) => createSubjectTest(pack)(canonical(text));

describe('createSubjectTest', () => {
  it.each([
    ['the subject by its name', 'How does isotretinoin work?', { own: true, other: false }],
    ['the subject by a brand', 'Is ACCUTANE strong?', { own: true, other: false }],
    ['another subject', 'is spironolactone safe', { own: false, other: true }],
    ['another subject of two words', 'Can I stop hair  loss?', { own: false, other: true }],
    ['another subject that looks like an expression', 'is c++ hard', { own: false, other: true }],
    ['both', 'accutane with spironolactone', { own: true, other: true }],
    ['neither', 'How long does it last?', { own: false, other: false }],
    ['parts of longer words only', 'octane, spironolactones', { own: false, other: false }],
    ['nothing', '', { own: false, other: false }],
  ])('sees %s', (_, text, expected) => {
    expect(subjects(text)).toEqual(expected);
  });

  it('sees no other subject where the pack names none', () => {
    expect(createSubjectTest({ ...pack, otherSubjects: [] })('spironolactone').other).toBe(false);
  });
});
