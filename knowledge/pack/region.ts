import type { Passage, Region } from './pack.ts';

/** Whether a passage holds in a region. Ireland follows EU rules, so it reads EU passages too. */
export function holdsIn(passage: Pick<Passage, 'regions'>, region: Region): boolean {
  return passage.regions.some((tag) => tag === 'all' || tag === region || (region === 'IE' && tag === 'EU'));
}
