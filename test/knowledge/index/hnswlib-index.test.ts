import { describe, expect, it } from 'vitest';
import { createHnswlibIndex, growHnswlibIndex } from '../../../knowledge/index/hnswlib-index.ts';
import { compareWithEach, describeVectorIndex } from './vector-index.contract.ts';

describeVectorIndex('hnswlib, exact', (vectors, dimension) => createHnswlibIndex(vectors, dimension));
describeVectorIndex('hnswlib, by a graph', (vectors, dimension) =>
  createHnswlibIndex(vectors, dimension, { exactUpTo: 0 }),
);

describe('the graph of hnswlib', () => {
  it('finds at least 99 % of the ten nearest among thousands', () => {
    const random = randomNumbers(1);
    const vectors = Array.from({ length: 3_000 }, () => unitVector(random, 32));
    const graph = createHnswlibIndex(vectors, 32, { exactUpTo: 0 });
    let found = 0;
    for (let i = 0; i < 100; i++) {
      const query = unitVector(random, 32);
      const nearest = new Set(compareWithEach(vectors, query, 10).map(({ id }) => id));
      found += graph.search(query, 10).filter(({ id }) => nearest.has(id)).length;
    }
    expect(found / 1_000).toBeGreaterThanOrEqual(0.99);
  });
});

describe('an index that grows', () => {
  it('finds the same whatever order its vectors came in', () => {
    const random = randomNumbers(2);
    const vectors = Array.from({ length: 200 }, () => unitVector(random, 16));
    const growing = growHnswlibIndex(vectors.length, 16);
    for (const [id, vector] of [...vectors.entries()].reverse()) growing.add(id, vector);
    const query = unitVector(random, 16);
    expect(growing.finish().search(query, 20)).toEqual(createHnswlibIndex(vectors, 16).search(query, 20));
  });

  it('is not finished while a vector is missing', () => {
    const growing = growHnswlibIndex(2, 16);
    growing.add(1, unitVector(randomNumbers(3), 16));
    expect(() => growing.finish()).toThrow(/1 of 2/);
  });
});

function unitVector(random: () => number, dimension: number): Float32Array {
  const values = Array.from({ length: dimension }, () => random() - 0.5);
  const norm = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / norm);
}

/** The same numbers in each run: a linear congruential generator with the constants of Numerical Recipes. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
