import { Piscina } from 'piscina';
import { builtFile } from '../built-file.ts';
import type { Embedding } from './embedder.ts';
import { ModelError } from './prepare-model.ts';

/** Threads that embed, each one text at a time. */
export interface EmbeddingThreads {
  embed(text: string): Promise<Embedding>;
  /** Resolves when no text is under way or waits. */
  idle(): Promise<void>;
}

/**
 * Starts threads that have loaded a model. Throws `ModelError` when it can't be loaded.
 *
 * The native binding of ONNX Runtime 1.14 keeps one reference for the whole process, and each thread that loads it
 * releases the one before: which corrupts memory where the thread before has ended, or is at work. Ending a thread in
 * the middle of a text aborts the process. So threads start one after the other, and are never ended: idle ones don't
 * keep the process from ending, and go with it.
 *
 * @param maxTokens text beyond is cut off
 */
export async function startEmbeddingThreads(
  count: number,
  model: { folder: string; maxTokens: number },
): Promise<EmbeddingThreads> {
  const threads: Thread[] = [];
  while (threads.length < count) threads.push(await startThread(model));

  return {
    embed: (text) =>
      threads.reduce((least, thread) => (thread.waiting() < least.waiting() ? thread : least)).embed(text),
    async idle() {
      await Promise.all(threads.map((thread) => thread.idle()));
    },
  };
}

interface Thread {
  embed(text: string): Promise<Embedding>;
  /** How many texts it has not finished. */
  waiting(): number;
  idle(): Promise<void>;
}

async function startThread(model: { folder: string; maxTokens: number }): Promise<Thread> {
  const filename = builtFile(import.meta.url, 'embedding-worker');
  if (!filename) throw new ModelError('MODEL_MISSING', 'model: its worker is not built; run "npm run build"');
  const pool = new Piscina<string, Embedding>({
    filename,
    workerData: model,
    minThreads: 1,
    maxThreads: 1,
    // One at a time: the rest wait in the pool's queue, not inside the thread.
    concurrentTasksPerWorker: 1,
    idleTimeout: Number.POSITIVE_INFINITY,
  });
  // What fails reaches whoever waits for a text. Where nobody does, nothing is lost.
  pool.on('error', () => {});
  const underWay = new Set<Promise<Embedding>>();
  const thread: Thread = {
    embed(text) {
      const vector = pool.run(text).finally(() => underWay.delete(vector));
      underWay.add(vector);
      return vector;
    },
    waiting: () => underWay.size,
    async idle() {
      await Promise.allSettled(underWay);
    },
  };
  try {
    await thread.embed('Are you ready?');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.trim() : String(cause);
    const mend = 'copy the folder again, or, if it is the built-in model, delete it to have it made again';
    throw new ModelError('MODEL_DAMAGED', `model: ${model.folder} can't be loaded (${why}); ${mend}`, { cause });
  }
  return thread;
}
