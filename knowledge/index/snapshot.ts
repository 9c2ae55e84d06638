import type { Embedder } from '../embedding/embedder.ts';
import type { Pack } from '../pack/pack.ts';
import { type Chunk, chunkPack } from './chunks.ts';
import { createHnswlibIndex } from './hnswlib-index.ts';
import { readSnapshotFile, type StoredVectors, type Unusable, writeSnapshotFile } from './snapshot-file.ts';
import { createSubjectTest, type NamedSubjects } from './subject.ts';
import type { Hit, VectorIndex } from './vector-index.ts';
import { createWordIndex, type WordIndex } from './word-index.ts';

/** A pack made searchable. Never changed: a new version of the pack is a new snapshot. */
export interface Snapshot {
  readonly pack: Pack;
  readonly chunks: readonly Chunk[];
  /** `vectors[i]` belongs to `chunks[i]`. */
  readonly vectors: readonly Float32Array[];
  /** Places in `chunks` of each passage's chunks. */
  readonly byPassage: readonly (readonly number[])[];
  /** Over what is searched: a hit's id is a place in `chunks`. */
  readonly nearest: VectorIndex;
  readonly byWords: WordIndex;
  readonly subjects: (canonicalText: string) => NamedSubjects;
  /** Vectors of the examples, in the order given. */
  readonly examples: readonly Float32Array[];
}

export interface OpenedSnapshot {
  readonly snapshot: Snapshot;
  /** How many vectors were computed now; the rest came from the folder. */
  readonly embedded: number;
  /** Set when what was on disk was there but could not be used. */
  readonly warning: string | undefined;
}

/**
 * The snapshot of a pack: from the folder when what is there is whole and was made of the same chunks by the same
 * model, else built, embedding only texts that have no vector yet, and saved.
 *
 * @param onProgress hears how many of the new texts are embedded
 */
export async function openSnapshot({
  folder,
  pack,
  examples = [],
  embedder,
  onProgress,
}: {
  folder: string;
  pack: Pack;
  /** Texts that are compared with messages but never searched: their vectors are kept in `snapshot.examples`. */
  examples?: readonly string[];
  embedder: Embedder;
  onProgress?: (done: number, total: number) => void;
}): Promise<OpenedSnapshot> {
  const chunks = chunkPack(pack, examples);
  const stored = await readSnapshotFile(folder);
  const usable = usableVectors(stored, embedder);
  const known = new Map<string, Float32Array>();
  if ('vectors' in usable)
    for (const [i, key] of usable.manifest.keys.entries()) known.set(key, usable.vectors[i] ?? new Float32Array());

  const missing = new Map(chunks.filter((chunk) => !known.has(chunk.key)).map((chunk) => [chunk.key, chunk.text]));
  const fresh = await embedder.embedAll([...missing.values()], onProgress);
  for (const [i, key] of [...missing.keys()].entries()) known.set(key, fresh[i] ?? new Float32Array());

  const keys = [...new Set(chunks.map((chunk) => chunk.key))];
  const changed = !('vectors' in usable) || missing.size > 0 || usable.manifest.packHash !== pack.hash;
  if (changed) {
    await writeSnapshotFile(folder, {
      packHash: pack.hash,
      modelHash: embedder.modelHash,
      dimension: embedder.dimension,
      counts: { passages: pack.passages.length, chunks: chunks.length, vectors: keys.length },
      keys,
      vectors: keys.map((key) => known.get(key) ?? new Float32Array()),
    });
  }
  const vectors = chunks.map((chunk) => known.get(chunk.key) ?? new Float32Array());
  return {
    snapshot: assembleSnapshot({ pack, chunks, vectors }),
    embedded: missing.size,
    warning: 'reason' in usable && usable.reason !== 'absent' ? `index: ${usable.detail}; building it anew` : undefined,
  };
}

/** Vectors of another model are as good as none: similarities across models mean nothing. */
function usableVectors(stored: StoredVectors | Unusable, embedder: Embedder): StoredVectors | Unusable {
  if ('reason' in stored) return stored;
  const { modelHash, dimension } = stored.manifest;
  if (modelHash === embedder.modelHash && dimension === embedder.dimension) return stored;
  return { reason: 'foreign', detail: 'the snapshot was made with another model' };
}

/** A snapshot from vectors at hand: `vectors[i]` belongs to `chunks[i]`, in the order of `chunkPack`. */
export function assembleSnapshot({
  pack,
  chunks,
  vectors,
}: {
  pack: Pack;
  chunks: readonly Chunk[];
  vectors: readonly Float32Array[];
}): Snapshot {
  // Examples stand last: leaving them out keeps a hit's id a place in `chunks`.
  const examplesFrom = chunks.findIndex((chunk) => chunk.kind === 'example');
  const searched = examplesFrom < 0 ? vectors.length : examplesFrom;
  return {
    pack,
    chunks,
    vectors,
    byPassage: groupByPassage(chunks, pack.passages.length),
    nearest: rememberSearches(createHnswlibIndex(vectors.slice(0, searched), vectors[0]?.length ?? 0)),
    byWords: createWordIndex(pack),
    subjects: createSubjectTest(pack),
    examples: vectors.slice(searched),
  };
}

function groupByPassage(chunks: readonly Chunk[], passages: number): number[][] {
  const groups: number[][] = Array.from({ length: passages }, () => []);
  for (const [place, { passage }] of chunks.entries()) groups[passage]?.push(place);
  return groups;
}

/** Triage and retrieval look for the same vectors: each is searched for once, as long as somebody holds it. */
function rememberSearches(index: VectorIndex): VectorIndex {
  const known = new WeakMap<Float32Array, { k: number; hits: Hit[] }>();
  return {
    size: index.size,
    search(vector, k) {
      const last = known.get(vector);
      if (last?.k === k) return last.hits;
      const hits = index.search(vector, k);
      known.set(vector, { k, hits });
      return hits;
    },
  };
}
