import { describe, expect, it } from 'vitest';
import { wordsOfOtherSubjects } from '../../../bot/conversation/vocabulary.ts';
import { createSpelling } from '../../../knowledge/text/spelling.ts';
import { tinyPack } from '../../support/tiny-pack.ts';
import { tinySnapshot } from '../../support/tiny-snapshot.ts';

describe('wordsOfOtherSubjects', () => {
  it('keeps a word of another subject, one or many, from being taken for a slip', async () => {
    const pack = { ...tinyPack, otherSubjects: ['wart'], outOfScope: ['is fish oil any good'] };
    const others = wordsOfOtherSubjects(await tinySnapshot(pack));
    const mended = createSpelling({ vocabulary: new Map([['wants', 5]]), isWord: (word) => others.has(word) });
    expect(mended.correct('how do i get rid of warts')).toBe('how do i get rid of warts');
    expect(mended.correct('what she wanst')).toBe('what she wants');
    expect(others).toContain('fish');
  });
});
