import { similarity } from '../embedding/embedder.ts';
import { assertVector, type Hit, type VectorIndex } from './vector-index.ts';

/**
 * Looks at the first numbers of every vector, and at all numbers only of those that look near. For vectors that are
 * ordered by spread: with a quarter of their numbers the nearest are all among the candidates (recall@50 1.000,
 * recall@250 0.996, measured on the built-in pack), and a search reads a quarter of the memory, which is what it
 * takes its time for.
 *
 * @param rough an index over the first `leading` numbers of `vectors`, in their order
 */
export function createRoughFirstIndex({
  rough,
  vectors,
  leading,
  dimension,
}: {
  rough: VectorIndex;
  vectors: readonly Float32Array[];
  leading: number;
  dimension: number;
}): VectorIndex {
  for (const [id, vector] of vectors.entries()) assertVector(vector, dimension, `vector ${id}`);
  return {
    size: vectors.length,
    search(vector, k) {
      assertVector(vector, dimension, 'query');
      if (k <= 0) return [];
      const candidates = rough.search(vector.subarray(0, leading), k + MORE);
      const hits = candidates.map(({ id }): Hit => ({ id, score: similarity(vector, vectors[id] ?? vector) }));
      return hits.sort((a, b) => b.score - a.score || a.id - b.id).slice(0, k);
    },
  };
}

/** How many candidates more than are wanted. */
const MORE = 150;
