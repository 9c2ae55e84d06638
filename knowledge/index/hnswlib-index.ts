import hnswlib from 'hnswlib-node';
import { assertVector, type VectorIndex } from './vector-index.ts';

// A CommonJS package: its names come through the default export.
const { BruteforceSearch, HierarchicalNSW } = hnswlib;

/** A vector index that can be written down, so that the next start need not fill it vector by vector. */
export interface HnswlibIndex extends VectorIndex {
  /** Writes a file for `openHnswlibIndex`. The native writer reports success on a full disk: check what it left. */
  write(file: string): Promise<void>;
}

export interface HnswlibOptions {
  /** The most vectors that are searched one by one. */
  readonly exactUpTo?: number;
}

/**
 * The nearest of some unit vectors, exactly up to `exactUpTo` of them, then by an HNSW graph
 * (Malkov & Yashunin 2018; recall@10 ≥ 0.999 at ef 100, measured at 50 000).
 *
 * Throws `RangeError` for a vector of another length or with a part that is no number.
 */
export function createHnswlibIndex(
  vectors: readonly Float32Array[],
  dimension: number,
  options: HnswlibOptions = {},
): HnswlibIndex {
  for (const [id, vector] of vectors.entries()) assertVector(vector, dimension, `vector ${id}`);
  const growing = growHnswlibIndex(vectors.length, dimension, options);
  for (const [id, vector] of vectors.entries()) growing.add(id, vector);
  return growing.finish();
}

/** An index that is filled while its vectors are still coming in. */
export interface GrowingHnswlibIndex {
  /** Each id from 0 to the size once, in any order. Throws `RangeError` for a bad vector. */
  add(id: number, vector: Float32Array): void;
  /** Throws `RangeError` where some are missing. */
  finish(): HnswlibIndex;
}

/** @param size how many vectors there will be */
export function growHnswlibIndex(
  size: number,
  dimension: number,
  { exactUpTo = EXACT_UP_TO }: HnswlibOptions = {},
): GrowingHnswlibIndex {
  const capacity = Math.max(1, size);
  const native = isGraph(size, { exactUpTo }) ? graph(dimension, capacity) : exact(dimension, capacity);
  let added = 0;
  return {
    add(id, vector) {
      assertVector(vector, dimension, `vector ${id}`);
      native.addPoint(Array.from(vector), id);
      added += 1;
    },
    finish() {
      if (added !== size) throw new RangeError(`index: ${added} of ${size} vectors were added; add each once`);
      return over(native, size, dimension);
    },
  };
}

/**
 * An index that `write` wrote. The native reader trusts every byte, and ends the process over a bad one: whoever calls
 * this has compared the file with a checksum first.
 *
 * @param size how many vectors it was made of
 */
export async function openHnswlibIndex(
  file: string,
  { size, dimension, exactUpTo = EXACT_UP_TO }: HnswlibOptions & { readonly size: number; readonly dimension: number },
): Promise<HnswlibIndex> {
  if (!isGraph(size, { exactUpTo })) {
    const native = new BruteforceSearch('ip', dimension);
    await native.readIndex(file);
    return over(native, size, dimension);
  }
  const native = new HierarchicalNSW('ip', dimension);
  await native.readIndex(file);
  // Reading forgets it.
  native.setEf(EF);
  return over(native, size, dimension);
}

/** Whether so many vectors are searched by a graph. */
export function isGraph(size: number, { exactUpTo = EXACT_UP_TO }: HnswlibOptions = {}): boolean {
  return size > exactUpTo;
}

// Below this an exact scan takes about a millisecond, and building a graph takes longer than it saves.
const EXACT_UP_TO = 20_000;
const EF = 100;

type Native = InstanceType<typeof BruteforceSearch> | InstanceType<typeof HierarchicalNSW>;

function over(native: Native, size: number, dimension: number): HnswlibIndex {
  return {
    size,
    search(vector, k) {
      assertVector(vector, dimension, 'query');
      const wanted = Math.min(k, size);
      if (wanted <= 0) return [];
      const { neighbors, distances } = native.searchKnn(Array.from(vector), wanted);
      return neighbors
        .map((id, place) => ({ id, score: 1 - (distances[place] ?? 1) }))
        .sort((a, b) => b.score - a.score || a.id - b.id);
    },
    async write(file) {
      await native.writeIndex(file);
    },
  };
}

function exact(dimension: number, capacity: number) {
  const index = new BruteforceSearch('ip', dimension);
  index.initIndex(capacity);
  return index;
}

function graph(dimension: number, capacity: number) {
  const index = new HierarchicalNSW('ip', dimension);
  index.initIndex({ maxElements: capacity, m: 16, efConstruction: 200, randomSeed: 100 });
  index.setEf(EF);
  return index;
}
