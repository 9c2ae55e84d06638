import path from 'node:path';
import { AutoTokenizer, env } from '@xenova/transformers';
import onnxRuntime, { type Tensor as OnnxTensor } from 'onnxruntime-node';
import type { Embedding } from './embedder.ts';
import { ONNX_FILE } from './prepare-model.ts';

// A CommonJS package: its names come through the default export.
const { InferenceSession, Tensor } = onnxRuntime;

/** Runs the model on the calling thread: which it blocks, so it is called in a worker. */
export type SentenceEncoder = (text: string) => Promise<Embedding>;

/** @param maxTokens text beyond is cut off */
export async function createSentenceEncoder({
  folder,
  maxTokens,
}: {
  folder: string;
  maxTokens: number;
}): Promise<SentenceEncoder> {
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(folder);
  const tokenizer = await AutoTokenizer.from_pretrained(path.basename(folder), { local_files_only: true });
  const session = await InferenceSession.create(path.join(folder, ONNX_FILE), {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });

  return async (text) => {
    const encoded = tokenizer(text, { truncation: true, max_length: maxTokens }) as Record<string, TokenTensor>;
    const ids = encoded.input_ids;
    if (!ids) throw new Error('model: the tokenizer gives no input_ids');
    const feeds: Record<string, OnnxTensor> = {};
    for (const name of session.inputNames) {
      // Some tokenizers leave out the token types: all of one sentence, so all zero.
      const data = encoded[name]?.data ?? new BigInt64Array(ids.data.length);
      feeds[name] = new Tensor('int64', data, [...ids.dims]);
    }
    const outputs = await session.run(feeds);
    const output = outputs[OUTPUT];
    if (!output) throw new Error(`model: the graph has no output named ${OUTPUT}`);
    const last = output.data as Float32Array;
    const tokens = (outputs[READ_OUTPUT]?.data ?? last) as Float32Array;
    return { vector: meanOfTokens(last, output.dims[2] ?? 0), tokens };
  };
}

const OUTPUT = 'last_hidden_state';
const READ_OUTPUT = 'read_tokens';

interface TokenTensor {
  readonly data: BigInt64Array;
  readonly dims: readonly number[];
}

/** Mean over the tokens, to unit length: the pooling that the sentence-transformers model card prescribes. */
function meanOfTokens(hidden: Float32Array, width: number): Float32Array {
  const mean = new Float32Array(width);
  for (let i = 0; i < hidden.length; i++) mean[i % width] = (mean[i % width] ?? 0) + (hidden[i] ?? 0);
  let squares = 0;
  for (const value of mean) squares += value * value;
  const norm = Math.sqrt(squares) || 1;
  for (let i = 0; i < width; i++) mean[i] = (mean[i] ?? 0) / norm;
  return mean;
}
