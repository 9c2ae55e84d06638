import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { type Projection, project } from '../../knowledge/embedding/projection.ts';

/**
 * The same projection turned so that its vectors spread the most along their first number, then along the second, and
 * so on. Turning changes no cosine; but a search can then look at the first numbers alone to see what is far away.
 *
 * @param vectors what will be searched, not projected yet
 */
export function orderBySpread(projection: Projection, vectors: readonly Float32Array[]): Projection {
  const { dimension, mean, matrix } = projection;
  const width = mean.length;
  const products = spread(
    vectors.map((vector) => project(projection, vector)),
    dimension,
  );
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(products, { assumeSymmetric: true });
  const largestFirst = [...realEigenvalues.keys()].sort(
    (a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0),
  );
  const turned = new Float32Array(matrix.length);
  for (const [row, axis] of largestFirst.entries()) {
    for (let k = 0; k < dimension; k++) {
      const share = eigenvectorMatrix.get(k, axis);
      for (let i = 0; i < width; i++) {
        turned[row * width + i] = (turned[row * width + i] ?? 0) + share * (matrix[k * width + i] ?? 0);
      }
    }
  }
  return { mean, matrix: turned, dimension };
}

/** Mean products of the vectors' numbers, about zero: cosines are about zero, too. */
function spread(vectors: readonly Float32Array[], dimension: number): Matrix {
  const products = new Float64Array(dimension * dimension);
  for (const vector of vectors) {
    for (let a = 0; a < dimension; a++) {
      const value = vector[a] ?? 0;
      for (let b = 0; b <= a; b++) {
        products[a * dimension + b] = (products[a * dimension + b] ?? 0) + value * (vector[b] ?? 0);
      }
    }
  }
  const at = (a: number, b: number) => (products[Math.max(a, b) * dimension + Math.min(a, b)] ?? 0) / vectors.length;
  return new Matrix(
    Array.from({ length: dimension }, (_, a) => Array.from({ length: dimension }, (__, b) => at(a, b))),
  );
}
