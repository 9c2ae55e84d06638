import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { type Embedder, similarity } from './embedder.ts';
import { type Model, ModelError } from './prepare-model.ts';

/**
 * Embeds with a local sentence-transformer in worker threads, so that the caller's event loop never waits.
 *
 * Throws `ModelError` when the model gives vectors that no sentence-transformer would give.
 */
export async function createTransformerEmbedder({
  model,
  workers,
}: {
  model: Model;
  workers: number;
}): Promise<Embedder> {
  const config = JSON.parse(readFileSync(path.join(model.folder, 'config.json'), 'utf8')) as { hidden_size: number };
  const pool = new Piscina<string, Float32Array>({
    filename: workerFile(),
    workerData: { folder: model.folder, maxTokens: MAX_TOKENS },
    minThreads: workers,
    maxThreads: workers,
    // One at a time each: the rest wait in the pool's queue, not inside a worker.
    concurrentTasksPerWorker: 1,
    idleTimeout: Number.POSITIVE_INFINITY,
  });
  const embedder: Embedder = {
    dimension: config.hidden_size,
    modelHash: model.hash,
    embed: (text) => pool.run(text),
    async embedAll(texts, onProgress) {
      let done = 0;
      return Promise.all(
        texts.map(async (text) => {
          const vector = await pool.run(text);
          onProgress?.(++done, texts.length);
          return vector;
        }),
      );
    },
    close: () => pool.destroy(),
  };
  try {
    await verifyKnownSimilarities(embedder);
  } catch (cause) {
    await embedder.close();
    throw cause;
  }
  return embedder;
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

const MAX_TOKENS = 256;

/** Worker threads need JavaScript: from sources (tests), take the built file. */
function workerFile(): string {
  const here = fileURLToPath(import.meta.url);
  const built = here.endsWith('.ts')
    ? path.join(path.dirname(here), '../../dist/knowledge/embedding/embedding-worker.js')
    : path.join(path.dirname(here), 'embedding-worker.js');
  if (!existsSync(built)) throw new ModelError('MODEL_MISSING', `model: ${built} is not built; run "npm run build"`);
  return built;
}
