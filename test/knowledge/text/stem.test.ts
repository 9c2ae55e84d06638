import { describe, expect, test } from 'vitest';
import { stem } from '../../../knowledge/text/stem.ts';
import { STOP_WORDS } from '../../../knowledge/text/stop-words.ts';

describe('stem', () => {
  test.each([
    ['relapses', 'relapsing'],
    ['capsule', 'capsules'],
    ['dermatologist', "dermatologist's"],
    ['donate', 'donating'],
  ])('%s and %s meet', (one, other) => {
    expect(stem(one)).toBe(stem(other));
  });

  test.each(['lip', '20mg', 'b12', 'señora'])('%s stays as it is', (word) => {
    expect(stem(word)).toBe(word);
  });

  test('words of different meaning stay apart', () => {
    expect(stem('pregnant')).not.toBe(stem('prescriber'));
  });
});

describe('stop words', () => {
  test.each(['not', 'no', 'after', 'before', 'without', 'again'])('%s changes an answer, so it counts', (word) => {
    expect(STOP_WORDS.has(word)).toBe(false);
  });

  test('every one is lower case and a single word', () => {
    for (const word of STOP_WORDS) expect(word).toMatch(/^[a-z']+$/);
  });
});
