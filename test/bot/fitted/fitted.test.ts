import { expect, test } from 'vitest';
import { fittedFor, readDrafted, readFitted, readTunedLayers } from '../../../bot/fitted/fitted.ts';
import { decodeTunedLayers } from '../../../knowledge/embedding/tuned-layers.ts';
import { tinyPack } from '../../support/tiny-pack.ts';

test('the built-in pack is served with layers of its own for search, drafted packs with the published ones', () => {
  expect(Object.keys(readTunedLayers('fitted')).sort()).toEqual(['search', 'triage']);
  expect(Object.keys(readTunedLayers('drafted'))).toEqual(['triage']);
  expect(readTunedLayers('published')).toEqual({});
});

test('both begin at the same layer, so that what is below is computed once', () => {
  const { search = new Uint8Array(), triage = new Uint8Array() } = readTunedLayers('fitted');
  expect(decodeTunedLayers(search).first).toBe(decodeTunedLayers(triage).first);
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
