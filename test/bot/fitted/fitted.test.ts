import { expect, test } from 'vitest';
import { fittedFor, readDrafted, readFitted, readTunedLayers } from '../../../bot/fitted/fitted.ts';
import { TRIAGE_FROM } from '../../../bot/fitting/fit-triage.ts';
import { SEARCH_FROM } from '../../../bot/fitting/tune-to-pack.ts';
import { decodeTunedLayers } from '../../../knowledge/embedding/tuned-layers.ts';
import { tinyPack } from '../../support/tiny-pack.ts';

test('the built-in pack is served with layers of its own for search, drafted packs with the published ones', () => {
  expect(Object.keys(readTunedLayers('fitted')).sort()).toEqual(['search', 'triage']);
  expect(Object.keys(readTunedLayers('drafted'))).toEqual(['triage']);
  expect(readTunedLayers('published')).toEqual({});
});

test.each([
  ['search', SEARCH_FROM],
  ['triage', TRIAGE_FROM],
] as const)('the layers for %s go from the one that they are fitted from to the last', (task, from) => {
  const { first, weights } = decodeTunedLayers(readTunedLayers('fitted')[task] ?? new Uint8Array());
  const layers = new Set([...weights.keys()].map((name) => Number(/layer\.(\d+)\./.exec(name)?.[1])));
  expect(first).toBe(from);
  expect([...layers].sort()).toEqual([0, 1, 2, 3, 4, 5].slice(from));
});

test('a pack that nobody fitted has numbers of its own, for vectors of its own model', () => {
  const drafted = fittedFor(tinyPack);
  expect(drafted).toMatchObject({ ...readDrafted(), searchesProjected: false });
  expect(drafted.modelHash).not.toBe(readFitted().modelHash);
  const [template] = tinyPack.passages;
  if (!template) throw new RangeError('the tiny pack has no passage');
  const both = { passages: [template, { ...template, id: 'isotretinoin/topic/name' }] };
  expect(fittedFor(both)).toMatchObject({ modelHash: readFitted().modelHash, drafted: readDrafted() });
});
