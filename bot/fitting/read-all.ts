import type { ReadMessage } from '../conversation/read-message.ts';

/** Every question as it is searched by, its vectors mapped. */
export function readAll(
  read: (message: string) => Promise<ReadMessage>,
  questions: readonly { readonly q: string }[],
  map: (vector: Float32Array) => Float32Array,
): Promise<ReadMessage[]> {
  return Promise.all(
    questions.map(async ({ q }) => {
      const { vectors, ...message } = await read(q);
      return { ...message, vectors: vectors.map(map) };
    }),
  );
}
