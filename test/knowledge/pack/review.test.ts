import { describe, expect, test } from 'vitest';
import { parsePassage } from '../../../knowledge/pack/parse-passage.ts';
import { reviewState, signatureIsVoid } from '../../../knowledge/pack/review.ts';
import { passageFile } from '../../support/temporary-pack.ts';

function passage(review: string, body = '# T\nLips dry out.[^S1]') {
  const raw = passageFile({ questions: ['dry lips'], review, body });
  const parsed = parsePassage({ packId: 'small', file: 'passages/skin/lips.md', raw }).passage;
  if (!parsed) throw new Error('not a passage');
  return parsed;
}

const { contentHash } = passage('{ status: unreviewed }');
const SIGNED = `{ status: reviewed, by: Pharmacist, on: 2026-01-10, due: 2027-01-10, hash: ${contentHash} }`;

describe('reviewState', () => {
  test('is unreviewed where nobody signed', () => {
    expect(reviewState(passage('{ status: unreviewed }'), '2026-06-01')).toEqual({ status: 'unreviewed' });
  });

  test('is reviewed up to and on the day it is due', () => {
    const expected = { status: 'reviewed', by: 'Pharmacist', on: '2026-01-10', due: '2027-01-10' };
    expect(reviewState(passage(SIGNED), '2026-06-01')).toEqual(expected);
    expect(reviewState(passage(SIGNED), '2027-01-10')).toEqual(expected);
  });

  test('is overdue from the day after, and still says who signed', () => {
    expect(reviewState(passage(SIGNED), '2027-01-11')).toMatchObject({ status: 'overdue', by: 'Pharmacist' });
  });

  test.each([
    ['text', '# T\nLips dry out a lot.[^S1]'],
    ['title', '# Lips\nLips dry out.[^S1]'],
    ['sources', '# T\nLips dry out.[^S2]'],
  ])('is unreviewed, without a name, once the %s changed', (_, body) => {
    expect(reviewState(passage(SIGNED, body), '2026-06-01')).toEqual({ status: 'unreviewed' });
  });
});

describe('signatureIsVoid', () => {
  test('only for what was signed and then changed', () => {
    expect(signatureIsVoid(passage('{ status: unreviewed }'))).toBe(false);
    expect(signatureIsVoid(passage(SIGNED))).toBe(false);
    expect(signatureIsVoid(passage(SIGNED, '# T\nLips crack.[^S1]'))).toBe(true);
  });
});
