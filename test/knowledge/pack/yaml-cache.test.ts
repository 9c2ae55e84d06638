import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openYamlCache } from '../../../knowledge/pack/yaml-cache.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SAYS = { questions: ['Does acne come back?'] };

async function filled() {
  const file = path.join(temporaryFolder(), 'cache/yaml.json');
  const cache = await openYamlCache(file);
  cache.set('questions: [..]', SAYS);
  await cache.save();
  return file;
}

describe('openYamlCache', () => {
  it('knows, when opened again, what a text said', async () => {
    const cache = await openYamlCache(await filled());
    expect(cache.get('questions: [..]')).toEqual(SAYS);
    expect(cache.get('questions: [...]')).toBeUndefined();
  });

  it('forgets what nobody asked for any more', async () => {
    const file = await filled();
    const later = await openYamlCache(file);
    later.set('another', 1);
    await later.save();
    const last = await openYamlCache(file);
    expect(last.get('questions: [..]')).toBeUndefined();
    expect(last.get('another')).toBe(1);
  });

  it('leaves the file alone when nothing new was met', async () => {
    const file = await filled();
    const before = readFileSync(file, 'utf8');
    const cache = await openYamlCache(file);
    cache.get('something else');
    await cache.save();
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('knows nothing when any byte of its file is another, or the file is cut', async () => {
    const file = await filled();
    const whole = readFileSync(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), fc.boolean(), async (at, bit, cut) => {
        const damaged = Buffer.from(cut ? whole.subarray(0, at) : whole);
        if (!cut) damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        writeFileSync(file, damaged);
        expect((await openYamlCache(file)).get('questions: [..]')).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});
