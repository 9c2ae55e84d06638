import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hit, VectorIndex } from '../../../knowledge/index/vector-index.ts';

/** What every vector index promises, whatever it is made of. */
export function describeVectorIndex(
  name: string,
  build: (vectors: readonly Float32Array[], dimension: number) => VectorIndex,
): void {
  const east = Float32Array.of(1, 0);
  const north = Float32Array.of(0, 1);
  const northEast = Float32Array.of(Math.SQRT1_2, Math.SQRT1_2);

  describe(`${name}: a vector index`, () => {
    it('finds the nearest first, each by its place in the list and its cosine', () => {
      expect(build([north, northEast, east], 2).search(east, 3)).toEqual([
        { id: 2, score: expect.closeTo(1, 5) },
        { id: 1, score: expect.closeTo(Math.SQRT1_2, 5) },
        { id: 0, score: expect.closeTo(0, 5) },
      ]);
    });

    it('finds the one that lies opposite last, with a cosine of -1', () => {
      const west = Float32Array.of(-1, 0);
      expect(build([west, north], 2).search(east, 2)[1]).toEqual({ id: 0, score: expect.closeTo(-1, 5) });
    });

    it('finds as many as are wanted, and all there are when more are wanted', () => {
      const index = build([north, northEast, east], 2);
      expect(index.size).toBe(3);
      expect(index.search(east, 2)).toHaveLength(2);
      expect(index.search(east, 99)).toHaveLength(3);
    });

    it.each([0, -1])('finds nothing when %s are wanted', (k) => {
      expect(build([north], 2).search(north, k)).toEqual([]);
    });

    it('finds nothing when it holds nothing', () => {
      const index = build([], 2);
      expect(index.size).toBe(0);
      expect(index.search(east, 5)).toEqual([]);
    });

    it('puts equals in the order of the list', () => {
      const ids = build([north, east, east, east], 2)
        .search(east, 3)
        .map(({ id }) => id);
      expect(ids).toEqual([1, 2, 3]);
    });

    it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s, in what it holds and in what is asked', (value) => {
      const broken = Float32Array.of(1, value);
      expect(() => build([east, broken], 2)).toThrow(/vector 1 holds a value that is no number/);
      expect(() => build([east], 2).search(broken, 1)).toThrow(/query holds a value that is no number/);
    });

    it('refuses a vector of another width, with what to do', () => {
      const wide = Float32Array.of(1, 0, 0);
      expect(() => build([east, wide], 2)).toThrow(/vector 1 has 3 numbers, the index 2; rebuild/);
      expect(() => build([east], 2).search(wide, 1)).toThrow(/query has 3 numbers, the index 2/);
    });

    it('finds what comparing with each finds', () => {
      fc.assert(
        fc.property(unitVectors(4), unitVectors(1), fc.integer({ min: 1, max: 12 }), (vectors, [query], k) => {
          if (!query) return;
          const found = build(vectors, query.length).search(query, k);
          const expected = compareWithEach(vectors, query, k);
          expect(found.map(({ score }) => score)).toEqual(expected.map(({ score }) => expect.closeTo(score, 4)));
          for (const { id, score } of found) expect(score).toBeCloseTo(cosine(vectors[id] ?? query, query), 4);
          expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
        }),
      );
    });
  });
}

/** Exactly, one after the other. */
export function compareWithEach(vectors: readonly Float32Array[], query: Float32Array, k: number): Hit[] {
  return vectors
    .map((vector, id) => ({ id, score: cosine(vector, query) }))
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, k);
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

function unitVectors(minLength: number) {
  const vector = fc
    .array(fc.float({ noNaN: true, min: -1, max: 1 }), { minLength: 6, maxLength: 6 })
    .filter((values) => Math.hypot(...values) > 0.1)
    .map((values) => Float32Array.from(values, (value) => value / Math.hypot(...values)));
  return fc.array(vector, { minLength, maxLength: 40 });
}
