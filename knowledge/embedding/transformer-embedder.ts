import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Embedder, type Embedding, similarity } from './embedder.ts';
import { startEmbeddingThreads } from './embedding-threads.ts';
import { type Model, ModelError } from './prepare-model.ts';

/**
 * Embeds with a local sentence-transformer in worker threads, so that the caller's event loop never waits.
 *
 * Throws `ModelError` when the model can't be loaded, or gives vectors that no sentence-transformer would give.
 */
export async function createTransformerEmbedder({
  model,
  workers,
}: {
  model: Model;
  workers: number;
}): Promise<Embedder> {
  const dimension = readDimension(model.folder);
  const threads = await startEmbeddingThreads(workers, { folder: model.folder, maxTokens: MAX_TOKENS });
  let closed = false;

  async function embedWithTokens(text: string): Promise<Embedding> {
    if (closed) throw new Error('model: the embedder is closed, and takes no more texts');
    return threads.embed(text);
  }

  async function embed(text: string): Promise<Float32Array> {
    return (await embedWithTokens(text)).vector;
  }

  const embedder: Embedder = {
    dimension,
    tokenWidth: dimension,
    leading: dimension,
    modelHash: model.hash,
    embed,
    embedWithTokens,
    async embedAll(texts, onProgress) {
      let done = 0;
      return Promise.all(
        texts.map(async (text) => {
          const vector = await embed(text);
          onProgress?.(++done, texts.length);
          return vector;
        }),
      );
    },
    async close() {
      closed = true;
      await threads.idle();
    },
  };
  await verifyKnownSimilarities(embedder);
  return embedder;
}

/** Length of the model's vectors, by its configuration. */
function readDimension(folder: string): number {
  const file = path.join(folder, 'config.json');
  try {
    const { hidden_size } = JSON.parse(readFileSync(file, 'utf8')) as { hidden_size?: unknown };
    if (typeof hidden_size === 'number') return hidden_size;
  } catch (cause) {
    throw new ModelError('MODEL_DAMAGED', `model: ${file} can't be read; copy the model's folder again`, { cause });
  }
  throw new ModelError('MODEL_WRONG', `model: ${file} gives no hidden_size; take a sentence-transformer`);
}

/**
 * Sentences whose similarity is known, so that weights that load but are wrong are found before anyone is answered.
 * From the model's documentation (https://sbert.net/docs/quickstart.html): 0.666, 0.105, 0.141 for all-MiniLM-L6-v2 in
 * full precision; int8 moves each by less than 0.03. Another model must at least keep their order.
 */
async function verifyKnownSimilarities(embedder: Embedder): Promise<void> {
  const [weather, sunny, stadium] = await embedder.embedAll([
    'The weather is lovely today.',
    "It's so sunny outside!",
    'He drove to the stadium.',
  ]);
  if (!weather || !sunny || !stadium || weather.length !== embedder.dimension) {
    throw new ModelError(
      'MODEL_WRONG',
      'model: gives no vectors of the width that its config.json says; take another model',
    );
  }
  const near = similarity(weather, sunny);
  const far = Math.max(similarity(weather, stadium), similarity(sunny, stadium));
  if (!(near > far + 0.2)) {
    const seen = `${near.toFixed(3)} for two sentences about weather, ${far.toFixed(3)} for weather and a stadium`;
    throw new ModelError(
      'MODEL_WRONG',
      `model: similarities make no sense (${seen}); delete the model folder to have it made again`,
    );
  }
}

/** Text beyond is cut off. */
export const MAX_TOKENS = 256;
