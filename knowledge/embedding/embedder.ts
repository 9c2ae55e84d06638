/** A text as a model reads it. */
export interface Embedding {
  /** Of the whole, at unit length. */
  readonly vector: Float32Array;
  /**
   * The vector of each token, in order, one after another: `tokenWidth` numbers each, of any length. As the tuned layers
   * read it where the model has such; else the ones that `vector` is the mean of.
   */
  readonly tokens: Float32Array;
}

/** Turns text into vectors. The port: one contract suite (`test/knowledge/embedding/embedder.contract.ts`) runs on every adapter. */
export interface Embedder {
  /** Length of every vector. */
  readonly dimension: number;
  /** Length of each token's vector. */
  readonly tokenWidth: number;
  /** How many of a vector's first numbers suffice to see which vectors are far away; `dimension` where none do. */
  readonly leading: number;
  /** SHA-256 of what the vectors depend on: vectors of different models must never be compared. */
  readonly modelHash: string;
  /**
   * The unit-length vector of one text. The same text gives the same vector, whatever else is embedded meanwhile.
   * Text past the model's window (256 tokens) is cut off.
   */
  embed(text: string): Promise<Float32Array>;
  /** The same with its tokens, for what a mean over them hides: half a sentence in a long message. */
  embedWithTokens(text: string): Promise<Embedding>;
  /** Many texts, in order; `onProgress` hears how many are done. */
  embedAll(texts: readonly string[], onProgress?: (done: number, total: number) => void): Promise<Float32Array[]>;
  /** Finishes what is under way and takes no more; then the process can end. */
  close(): Promise<void>;
}

/** Cosine of two unit vectors of the same length. */
export function similarity(a: Float32Array, b: Float32Array): number {
  return dot(a, b);
}

/**
 * The dot product of `b` with as many numbers of `a`, from `start` on. The one loop for all that are large, since the
 * compiler makes the most of a loop that is small and always called with the same types.
 */
export function dot(a: Float32Array, b: Float32Array, start = 0): number {
  let sum = 0;
  for (let i = 0; i < b.length; i++) sum += (a[start + i] ?? 0) * (b[i] ?? 0);
  return sum;
}
