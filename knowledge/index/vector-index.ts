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
