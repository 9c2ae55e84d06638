import { describe, expect, it } from 'vitest';
import { createHnswlibIndex } from '../../../knowledge/index/hnswlib-index.ts';
import { createRoughFirstIndex } from '../../../knowledge/index/rough-first-index.ts';
import { describeVectorIndex } from './vector-index.contract.ts';

describeVectorIndex('rough first', (vectors, dimension) => roughFirst(vectors, Math.ceil(dimension / 2), dimension));

describe('createRoughFirstIndex', () => {
  it('tells apart what looks the same in the first numbers', () => {
    const vectors = [Float32Array.of(0.6, 0.8, 0), Float32Array.of(0.6, 0, 0.8), Float32Array.of(0.6, -0.8, 0)];
    const [first] = roughFirst(vectors, 1, 3).search(Float32Array.of(0.6, 0, 0.8), 1);
    expect(first).toEqual({ id: 1, score: expect.closeTo(1, 5) });
  });
});

function roughFirst(vectors: readonly Float32Array[], leading: number, dimension: number) {
  const rough = createHnswlibIndex(
    vectors.map((vector) => vector.subarray(0, leading)),
    leading,
  );
  return createRoughFirstIndex({ rough, vectors, leading, dimension });
}
