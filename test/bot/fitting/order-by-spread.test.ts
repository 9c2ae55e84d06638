import { describe, expect, it } from 'vitest';
import { orderBySpread } from '../../../bot/fitting/order-by-spread.ts';
import { createRandom } from '../../../bot/fitting/random.ts';
import { similarity } from '../../../knowledge/embedding/embedder.ts';
import { type Projection, project } from '../../../knowledge/embedding/projection.ts';

const random = createRandom(1);
const numbers = (length: number, scale = (_: number) => 1) =>
  Float32Array.from({ length }, (_, i) => (random() - 0.5) * scale(i));
const projection: Projection = { mean: numbers(6), matrix: numbers(36), dimension: 6 };
// Spread the most along the last.
const vectors = Array.from({ length: 200 }, () => numbers(6, (i) => 1 + i));
const ordered = orderBySpread(projection, vectors);

describe('orderBySpread', () => {
  it('changes no cosine', () => {
    for (const [i, vector] of vectors.slice(0, 20).entries()) {
      const other = vectors[i + 20] ?? vector;
      const before = similarity(project(projection, vector), project(projection, other));
      expect(similarity(project(ordered, vector), project(ordered, other))).toBeCloseTo(before, 4);
    }
  });

  it('puts the number along which the vectors spread the most first', () => {
    const spread = Array.from({ length: 6 }, (_, i) =>
      vectors.reduce((sum, vector) => sum + (project(ordered, vector)[i] ?? 0) ** 2, 0),
    );
    expect(spread).toEqual(spread.toSorted((a, b) => b - a));
  });
});
