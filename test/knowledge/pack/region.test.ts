import { expect, test } from 'vitest';
import { REGIONS } from '../../../knowledge/pack/pack.ts';
import { holdsIn } from '../../../knowledge/pack/region.ts';

test.each(REGIONS)('what holds for all holds in %s', (region) => {
  expect(holdsIn({ regions: ['all'] }, region)).toBe(true);
});

test('what holds in one region holds in no other', () => {
  expect(REGIONS.filter((region) => holdsIn({ regions: ['UK'] }, region))).toEqual(['UK']);
});

test('what holds in several regions holds in each', () => {
  expect(REGIONS.filter((region) => holdsIn({ regions: ['AU', 'NZ'] }, region))).toEqual(['AU', 'NZ']);
});

test('Ireland reads what holds in the EU, and not the other way round', () => {
  expect(REGIONS.filter((region) => holdsIn({ regions: ['EU'] }, region))).toEqual(['EU', 'IE']);
  expect(REGIONS.filter((region) => holdsIn({ regions: ['IE'] }, region))).toEqual(['IE']);
});
