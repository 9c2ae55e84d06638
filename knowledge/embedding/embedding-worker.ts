import { workerData } from 'node:worker_threads';

import type { Embedding } from './embedder.ts';

// The pool loads this file with require(), which refuses modules that await at their top, as the tokenizer's do:
// hence import(), once, when the worker starts.
const encoder = import('./sentence-encoder.ts').then((module) =>
  module.createSentenceEncoder(workerData as { folder: string; maxTokens: number }),
);

/** One text at a time: with int8 activations a vector depends a little on what shares its batch. */
export default async function embed(text: string): Promise<Embedding> {
  return (await encoder)(text);
}
