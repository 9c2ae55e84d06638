import { describe, expect, it } from 'vitest';
import { namedRegion } from '../../../bot/conversation/named-region.ts';

describe('namedRegion', () => {
  it.each([
    ['What are the rules in the UK?', 'UK'],
    ['are there two prescribers in england', 'UK'],
    ['what does the NHS say', 'UK'],
    ['is it different in Northern Ireland', 'UK'],
    ['do i need tests in Ireland', 'IE'],
    ['I live in Dublin', 'IE'],
    ['how does iPLEDGE work', 'US'],
    ['What are the rules in the US?', 'US'],
    ['what about the U.S.?', 'US'],
    ['Is it on sale in Australia', 'AU'],
    ['aussie rules for the pill', 'AU'],
    ['can a GP prescribe it in New Zealand', 'NZ'],
    ['is it funded by Pharmac', 'NZ'],
    ['what does the EMA say', 'EU'],
    ['which tests in germany', 'EU'],
  ])('reads "%s" as %s', (message, region) => {
    expect(namedRegion(message)).toBe(region);
  });

  it.each([
    'tell us about it',
    'it makes us tired',
    'USB sticks',
    'thus',
    'my ukulele',
    'europium',
    'does it come back',
    '',
  ])('reads no region in "%s"', (message) => {
    expect(namedRegion(message)).toBeUndefined();
  });
});
