import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Embedder, type Embedding, similarity } from './embedder.ts';
import { type EmbeddingThreads, startEmbeddingThreads } from './embedding-threads.ts';
import { type Model, ModelError } from './prepare-model.ts';

/**
 * Embeds with a local sentence-transformer in worker threads, so that the caller's event loop never waits.
 *
 * Throws `ModelError` when the model can't be loaded, or gives vectors that no sentence-transformer would give.
 */
export async function createTransformerEmbedder(input: TransformerEmbedderInput): Promise<Embedder> {
  const { embedder, ready } = startTransformerEmbedder(input);
  await ready;
  return embedder;
}

export interface TransformerEmbedderInput {
  readonly model: Model;
  readonly workers: number;
}

/**
 * The same at once, while its threads still load the model: a text waits for them, and gets their error where they
 * fail. `ready` settles when they have loaded; whoever serves with the embedder waits for it first.
 */
export function startTransformerEmbedder({ model, workers }: TransformerEmbedderInput): {
  readonly embedder: Embedder;
  readonly ready: Promise<void>;
} {
  const dimension = readDimension(model.folder);
  const loading = loadThreads();
  const ready = loading.then(() => {});
  // Heard by whoever waits for it or for a text; until somebody does, the process goes on.
  ready.catch(() => {});
  let closed = false;

  async function loadThreads() {
    const threads = await startEmbeddingThreads(workers, { folder: model.folder, maxTokens: MAX_TOKENS });
    await verifyKnownSimilarities(threads, dimension);
    return threads;
  }

  async function embedWithTokens(text: string): Promise<Embedding> {
    if (closed) throw new Error('model: the embedder is closed, and takes no more texts');
    return (await loading).embed(text);
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
      const threads = await loading.catch(() => undefined);
      await threads?.idle();
    },
  };
  return { embedder, ready };
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
async function verifyKnownSimilarities(threads: EmbeddingThreads, dimension: number): Promise<void> {
  const embed = async (text: string) => (await threads.embed(text)).vector;
  const [weather, sunny, stadium] = await Promise.all([
    embed('The weather is lovely today.'),
    embed("It's so sunny outside!"),
    embed('He drove to the stadium.'),
  ]);
  if (weather.length !== dimension) {
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
