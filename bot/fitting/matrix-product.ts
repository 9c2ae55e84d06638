import onnxRuntime from 'onnxruntime-node';
import { createGraphBuilder } from '../../knowledge/embedding/onnx-graph.ts';

/** Rows of equal length, one after another. */
export interface Rows {
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** `a · b`, either of them transposed first. ONNX Runtime does it some thirty times faster than a loop here. */
export type MatrixProduct = (a: Rows, b: Rows, transposed?: { a?: boolean; b?: boolean }) => Promise<Rows>;

export async function createMatrixProduct(): Promise<MatrixProduct> {
  const { InferenceSession, Tensor } = onnxRuntime;
  const sessions = new Map<string, Awaited<ReturnType<typeof InferenceSession.create>>>();
  for (const transA of [0, 1]) {
    for (const transB of [0, 1]) {
      const graph = createGraphBuilder('matrix-product');
      const value = graph.node('Gemm', ['a', 'b'], { transA, transB });
      const model = graph.finish({
        inputs: [
          { name: 'a', type: 'float', shape: ['m', 'k'] },
          { name: 'b', type: 'float', shape: ['n', 'l'] },
        ],
        outputs: [{ name: 'product', type: 'float', shape: ['rows', 'columns'], value }],
      });
      // One thread, so that sums are always added in the same order and the result is the same every time.
      sessions.set(`${transA}${transB}`, await InferenceSession.create(Buffer.from(model), { intraOpNumThreads: 1 }));
    }
  }
  return async (a, b, transposed = {}) => {
    const session = sessions.get(`${transposed.a ? 1 : 0}${transposed.b ? 1 : 0}`);
    const output = await session?.run({
      a: new Tensor('float32', a.data, [a.rows, a.columns]),
      b: new Tensor('float32', b.data, [b.rows, b.columns]),
    });
    const product = output?.product;
    if (!product) throw new Error('matrix product: ONNX Runtime gave no result');
    const [rows = 0, columns = 0] = product.dims;
    return { data: product.data as Float32Array, rows, columns };
  };
}
