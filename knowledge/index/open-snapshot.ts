import { createHash } from 'node:crypto';
import { setImmediate as otherWork } from 'node:timers/promises';
import type { Embedder } from '../embedding/embedder.ts';
import type { Pack } from '../pack/pack.ts';
import { createLexicon } from '../text/lexicon.ts';
import { type Chunk, chunkPack, isSearched } from './chunks.ts';
import { growHnswlibIndex, type HnswlibIndex } from './hnswlib-index.ts';
import { openNearest } from './nearest-file.ts';
import { assembleSnapshot, type Snapshot } from './snapshot.ts';
import { readSnapshotFile, type StoredVectors, type Unusable, writeSnapshotFile } from './snapshot-file.ts';

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
  const lexicon = createLexicon(pack.lexicon);
  const chunks = chunkPack(pack, examples, lexicon);
  const stored = await readSnapshotFile(folder);
  const usable = usableVectors(stored, embedder);
  const manifest = 'vectors' in usable ? usable.manifest : undefined;
  const known = new Map<string, Float32Array>();
  if ('vectors' in usable)
    for (const [i, key] of usable.manifest.keys.entries()) known.set(key, usable.vectors[i] ?? new Float32Array());

  const keysSha256 = hashOfKeys(chunks.filter(isSearched));
  const same = manifest?.nearest.keysSha256 === keysSha256 && manifest.nearest.dimension === embedder.leading;
  const opened = same ? await openNearest(folder, manifest.nearest) : undefined;
  const filling = opened ? filled(opened) : fillRough(chunks, embedder.leading);
  await filling.take(known);
  const missing = new Map(chunks.filter((chunk) => !known.has(chunk.key)).map((chunk) => [chunk.key, chunk.text]));
  for await (const fresh of embedInPortions(missing, embedder, onProgress)) {
    for (const [key, vector] of fresh) known.set(key, vector);
    await filling.take(fresh);
  }
  const vectors = chunks.map((chunk) => known.get(chunk.key) ?? new Float32Array());
  const rough = filling.finish();
  if (!opened || missing.size > 0 || manifest?.packHash !== pack.hash) {
    const keys = [...new Set(chunks.map((chunk) => chunk.key))];
    await writeSnapshotFile(folder, {
      packHash: pack.hash,
      modelHash: embedder.modelHash,
      dimension: embedder.dimension,
      counts: { passages: pack.passages.length, chunks: chunks.length, vectors: keys.length },
      keys,
      vectors: keys.map((key) => known.get(key) ?? new Float32Array()),
      index: rough,
      leading: embedder.leading,
      keysSha256,
    });
  }
  const damage =
    'reason' in usable && usable.reason !== 'absent'
      ? usable.detail
      : same && !opened
        ? 'the searchable file does not match its checksum'
        : undefined;
  return {
    snapshot: assembleSnapshot({ pack, chunks, vectors, lexicon, leading: embedder.leading, rough }),
    embedded: missing.size,
    warning: damage && `index: ${damage}; building it anew`,
  };
}

/**
 * Vectors by key, in portions: the next is being embedded, in threads, while whoever takes one works with it here.
 * `onProgress` counts through all of them.
 */
async function* embedInPortions(
  texts: ReadonlyMap<string, string>,
  embedder: Embedder,
  onProgress: (done: number, total: number) => void = () => {},
): AsyncGenerator<ReadonlyMap<string, Float32Array>> {
  const keys = [...texts.keys()];
  const embed = async (from: number) => {
    const portion = keys.slice(from, from + PORTION);
    const vectors = await embedder.embedAll(
      portion.map((key) => texts.get(key) ?? ''),
      (done) => onProgress(from + done, keys.length),
    );
    return new Map(portion.map((key, place) => [key, vectors[place] ?? new Float32Array()]));
  };
  let next = keys.length > 0 ? embed(0) : undefined;
  for (let from = 0; next; from += PORTION) {
    const portion = await next;
    next = from + PORTION < keys.length ? embed(from + PORTION) : undefined;
    // Fails where it is waited for, unless taking this portion fails first.
    next?.catch(() => {});
    yield portion;
  }
}

// Some seconds of embedding: long enough that the threads seldom wait for the next.
const PORTION = 1000;

interface Filling {
  take(vectors: ReadonlyMap<string, Float32Array>): Promise<void>;
  finish(): HnswlibIndex;
}

function filled(index: HnswlibIndex): Filling {
  return { take: async () => {}, finish: () => index };
}

/** The searchable index, filled as vectors become known; between two of them the threads' answers are heard. */
function fillRough(chunks: readonly Chunk[], leading: number): Filling {
  const placesOf = new Map<string, number[]>();
  const searched = chunks.filter(isSearched);
  for (const [place, { key }] of searched.entries()) {
    const places = placesOf.get(key);
    if (places) places.push(place);
    else placesOf.set(key, [place]);
  }
  const growing = growHnswlibIndex(searched.length, leading);
  return {
    async take(vectors) {
      for (const [key, vector] of vectors) {
        for (const place of placesOf.get(key) ?? []) growing.add(place, vector.subarray(0, leading));
        await otherWork();
      }
    },
    finish: () => growing.finish(),
  };
}

function hashOfKeys(chunks: readonly Chunk[]): string {
  const hash = createHash('sha256');
  for (const { key } of chunks) hash.update(key);
  return hash.digest('hex');
}

/** Vectors of another model are as good as none: similarities across models mean nothing. */
function usableVectors(stored: StoredVectors | Unusable, embedder: Embedder): StoredVectors | Unusable {
  if ('reason' in stored) return stored;
  const { modelHash, dimension } = stored.manifest;
  if (modelHash === embedder.modelHash && dimension === embedder.dimension) return stored;
  return { reason: 'foreign', detail: 'the snapshot was made with another model' };
}
