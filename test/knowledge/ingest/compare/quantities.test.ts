import { expect, test } from 'vitest';
import { disagree, quantitiesIn } from '../../../../knowledge/ingest/compare/quantities.ts';

test.each([
  ['within 16-20 weeks', 'after four to five months', true],
  ['for 14 days', 'for two weeks', false],
  ['in 20 % of people', 'in one in five people', false],
  ['in 20 % of people', 'in 1 in 3 people', true],
  ['1 g a day', '1,000 mg a day', false],
  ['100 mg twice a day', '50 mg twice a day', true],
  ['100 mg once a day', 'for 3 weeks', false],
  ['up to 80-90% improve', '80% improve', false],
  ['0.5 mg/kg', '1 mg/kg', true],
])('“%s” and “%s” contradict each other: %s', (a, b, expected) => {
  expect(disagree(quantitiesIn(a), quantitiesIn(b))).toBe(expected);
});
