import { createHash } from 'node:crypto';
import { dot, type Embedder } from './embedder.ts';

/**
 * A linear map learned on a pack's own questions, which turns a general sentence vector into one that tells the
 * passages of one subject apart: in a pack where every sentence is about the same medicine, most of what a general
 * vector says is the same for all.
 */
export interface Projection {
  /** Subtracted first: the middle of the pack's questions. */
  readonly mean: Float32Array;
  /** Ordered by how far the vectors of the pack spread along them. `dimension` rows of `mean.length` numbers: a row gives one number of the result. */
  readonly matrix: Float32Array;
  readonly dimension: number;
}

/** The projected vector, at unit length. */
export function project({ mean, matrix, dimension }: Projection, vector: Float32Array): Float32Array {
  const width = mean.length;
  const centered = new Float32Array(width);
  for (let i = 0; i < width; i++) centered[i] = (vector[i] ?? 0) - (mean[i] ?? 0);
  const result = new Float32Array(dimension);
  let squares = 0;
  for (let row = 0; row < dimension; row++) {
    const sum = dot(matrix, centered, row * width);
    result[row] = sum;
    squares += sum * sum;
  }
  const norm = Math.sqrt(squares) || 1;
  for (let row = 0; row < dimension; row++) result[row] = (result[row] ?? 0) / norm;
  return result;
}

/** An embedder that projects what another gives. Throws `RangeError` when the projection is for another width. */
export function createProjectedEmbedder(embedder: Embedder, projection: Projection): Embedder {
  if (projection.mean.length !== embedder.dimension) {
    throw new RangeError(
      `projection: made for vectors of ${projection.mean.length} numbers, the model gives ${embedder.dimension}; run "npm run fit"`,
    );
  }
  return {
    dimension: projection.dimension,
    tokenWidth: embedder.tokenWidth,
    leading: Math.min(LEADING, projection.dimension),
    modelHash: createHash('sha256').update(embedder.modelHash).update(encodeProjection(projection)).digest('hex'),
    embed: async (text) => project(projection, await embedder.embed(text)),
    async embedWithTokens(text) {
      const { vector, tokens } = await embedder.embedWithTokens(text);
      return { vector: project(projection, vector), tokens };
    },
    async embedAll(texts, onProgress) {
      const vectors = await embedder.embedAll(texts, onProgress);
      return vectors.map((vector) => project(projection, vector));
    },
    close: () => embedder.close(),
  };
}

/** Fitting orders the rows by spread (`bot/fitting/order-by-spread.ts`); this many hold five sixths of it. */
const LEADING = 96;

/** As bytes: width and dimension as 32-bit integers, then mean and matrix as 32-bit floats, little-endian. */
export function encodeProjection({ mean, matrix, dimension }: Projection): Buffer {
  const bytes = Buffer.alloc(8 + 4 * (mean.length + matrix.length));
  bytes.writeUInt32LE(mean.length, 0);
  bytes.writeUInt32LE(dimension, 4);
  for (const [i, value] of [...mean, ...matrix].entries()) bytes.writeFloatLE(value, 8 + 4 * i);
  return bytes;
}

/** Throws `RangeError` when the bytes are not a projection. */
export function decodeProjection(bytes: Buffer): Projection {
  const width = bytes.length >= 8 ? bytes.readUInt32LE(0) : 0;
  const dimension = bytes.length >= 8 ? bytes.readUInt32LE(4) : 0;
  if (width === 0 || bytes.length !== 8 + 4 * (width + width * dimension)) {
    throw new RangeError('projection: the file is damaged; restore it from version control, or run "npm run fit"');
  }
  const floats = new Float32Array(new Uint8Array(bytes.subarray(8)).buffer);
  return { mean: floats.slice(0, width), matrix: floats.slice(width), dimension };
}
