import type { Finding } from '../finding.ts';
import { REGIONS } from '../pack.ts';
import type { CheckedSafety } from './safety-rules.ts';

const FILE = 'contacts.yaml';

/** The numbers are there for everyone, and somebody has checked them lately. */
export function checkContacts({ safety, today, lines }: CheckedSafety): Finding[] {
  const findings: Finding[] = [];
  const { recheck_by, regions, anywhere } = safety.contacts;
  const find = (code: Finding['code'], at: readonly (string | number)[], message: string, mend: string) =>
    findings.push({ file: FILE, line: lines.ofValue(FILE, at), code, message, mend });

  if (recheck_by < today) {
    find(
      'contacts-overdue',
      ['recheck_by'],
      `the numbers were to be checked again by ${recheck_by}`,
      'check each, then set the next date',
    );
  }
  for (const region of REGIONS) {
    if (regions[region].some((contact) => contact.use === 'emergency')) continue;
    find('contacts', ['regions', region], `${region} has no emergency number`, 'add one, with its source');
  }
  const lists = [
    ...REGIONS.map((region) => ({ at: ['regions', region], list: regions[region] })),
    { at: ['anywhere'], list: anywhere },
  ];
  for (const { at, list } of lists) {
    for (const [index, { id, checked }] of list.entries()) {
      if (checked <= today) continue;
      find(
        'bad-date',
        [...at, index, 'checked'],
        `${id}: checked on ${checked}, which is in the future`,
        'write the day it was checked',
      );
    }
  }
  return findings;
}
