import { createHash } from 'node:crypto';
import type { Embedder } from '../../knowledge/embedding/embedder.ts';
import { words } from '../../knowledge/text/normalize.ts';

/** An embedder that notes what it was given. Its vectors tell words apart, not meanings; the same in every run. */
export interface CountingEmbedder extends Embedder {
  readonly embedded: readonly string[];
}

export function createCountingEmbedder({
  modelHash = 'counting',
  dimension = 24,
}: {
  modelHash?: string;
  dimension?: number;
} = {}): CountingEmbedder {
  const embedded: string[] = [];
  const embed = async (text: string) => {
    embedded.push(text);
    const vector = new Float32Array(dimension);
    for (const word of ['', ...words(text)]) {
      const place = createHash('sha256').update(word).digest().readUInt32LE(0) % dimension;
      vector[place] = (vector[place] ?? 0) + (word === '' ? 0.1 : 1);
    }
    const norm = Math.hypot(...vector);
    return vector.map((value) => value / norm);
  };
  return {
    dimension,
    tokenWidth: dimension,
    leading: dimension,
    modelHash,
    embedded,
    embed,
    async embedWithTokens(text) {
      const vector = await embed(text);
      return { vector, tokens: vector };
    },
    async embedAll(texts, onProgress) {
      const vectors: Float32Array[] = [];
      for (const text of texts) {
        vectors.push(await embed(text));
        onProgress?.(vectors.length, texts.length);
      }
      return vectors;
    },
    async close() {},
  };
}
