import { describe, expect, test } from 'vitest';
import { addDays, isoDate } from '../../../knowledge/pack/iso-date.ts';
import { loadPack } from '../../../knowledge/pack/read-pack.ts';
import { reviewsDue } from '../../../knowledge/pack/reviews-due.ts';
import { signPassage } from '../../../knowledge/pack/sign.ts';
import { LIPS, temporaryPack } from '../../support/temporary-pack.ts';

describe('reviewsDue', () => {
  const TODAY = '2026-12-01';
  const signed = (due: string) => {
    const pack = temporaryPack();
    signPassage({ folder: pack.folder, id: 'small/skin/dry-lips', by: 'Pharmacist', due, on: '2026-01-01' });
    return pack;
  };
  const dueIn = (folder: string, within = 30) =>
    reviewsDue({ pack: loadPack(folder), today: TODAY, within }).map(({ passage, why }) => `${passage.id} ${why}`);

  test('lists none where nothing is signed', () => {
    expect(dueIn(temporaryPack().folder)).toEqual([]);
  });

  test('lists what is due within the days, the last of them too', () => {
    expect(dueIn(signed('2026-12-31').folder)).toEqual(['small/skin/dry-lips soon']);
    expect(dueIn(signed('2027-01-01').folder)).toEqual([]);
    expect(dueIn(signed('2027-01-01').folder, 60)).toEqual(['small/skin/dry-lips soon']);
  });

  test('tells what is overdue', () => {
    expect(dueIn(signed('2026-11-30').folder)).toEqual(['small/skin/dry-lips overdue']);
  });

  test('lists what was changed since it was signed, whenever it is due, first of all', () => {
    const pack = signed('2030-01-01');
    signPassage({
      folder: pack.folder,
      id: 'small/tests/blood-tests',
      by: 'Pharmacist',
      due: '2026-02-01',
      on: '2026-01-01',
    });
    pack.write(LIPS, pack.read(LIPS).replace('are common', 'are rare'));
    expect(dueIn(pack.folder)).toEqual(['small/skin/dry-lips void', 'small/tests/blood-tests overdue']);
  });
});

test('addDays counts over the ends of months and years', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-11-23', 0)).toBe('2026-11-23');
});

test('isoDate gives the day where this machine stands', () => {
  expect(isoDate(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
});
