import { startEmbeddingThreads } from './embedding-threads.ts';
import { prepareBuiltInModel } from './prepare-model.ts';
import { MAX_TOKENS } from './transformer-embedder.ts';

/** What the built-in model's layers below make of a text: the numbers of each token, one token after another. */
export type ReadBelow = (text: string) => Promise<Float32Array>;

/**
 * Opens the layers below `layers` in 8-bit integers, as they run below the tuned ones. For tuning alone.
 * Throws `ModelError` as `prepareBuiltInModel` does.
 */
export async function openLowerLayers({
  cacheFolder,
  layers,
  workers,
}: {
  cacheFolder: string;
  layers: number;
  workers: number;
}): Promise<ReadBelow> {
  const { folder } = await prepareBuiltInModel({ cacheFolder, layers });
  const threads = await startEmbeddingThreads(workers, { folder, maxTokens: MAX_TOKENS });
  return async (text) => (await threads.embed(text)).tokens;
}
