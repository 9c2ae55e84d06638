/** Finds the nearest vectors. The port: `test/knowledge/index/vector-index.contract.ts` runs on every adapter. */
export interface VectorIndex {
  readonly size: number;
  /** The `k` nearest by cosine (fewer when there are fewer), nearest first. `id` is the vector's place in the list given. */
  search(vector: Float32Array, k: number): Hit[];
}

export interface Hit {
  readonly id: number;
  /** Cosine, -1 to 1. */
  readonly score: number;
}

/** Throws `RangeError` for a vector of another length or with a part that is no number, with what to do. */
export function assertVector(vector: Float32Array, dimension: number, name: string): void {
  if (vector.length !== dimension) {
    throw new RangeError(
      `vector index: ${name} has ${vector.length} numbers, the index ${dimension}; rebuild the index with this model`,
    );
  }
  for (const value of vector) {
    if (!Number.isFinite(value)) throw new RangeError(`vector index: ${name} holds a value that is no number`);
  }
}
