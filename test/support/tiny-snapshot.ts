import { chunkPack } from '../../knowledge/index/chunks.ts';
import { assembleSnapshot, type Snapshot } from '../../knowledge/index/snapshot.ts';
import type { Pack } from '../../knowledge/pack/pack.ts';
import { createCountingEmbedder } from './counting-embedder.ts';

/** A pack made searchable in memory, with vectors that tell words apart; see `createCountingEmbedder`. */
export async function tinySnapshot(pack: Pack): Promise<Snapshot> {
  const chunks = chunkPack(pack, []);
  const vectors = await createCountingEmbedder({ dimension: 64 }).embedAll(chunks.map(({ text }) => text));
  return assembleSnapshot({ pack, chunks, vectors });
}

/** The vector of a text in such a snapshot. */
export function tinyVector(text: string): Promise<Float32Array> {
  return createCountingEmbedder({ dimension: 64 }).embed(text);
}
