import { availableParallelism } from 'node:os';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { builtFile } from '../../knowledge/built-file.ts';
import type { Classifier, Ensemble } from '../conversation/triage/classifier.ts';
import type { JudgedMessage } from './train-classifier.ts';
import type { MemberTraining, Progress } from './training-worker.ts';

/**
 * Learns classifiers that differ by their seed alone, side by side on as many threads as there are processors. The
 * same messages and seeds give the same ensemble.
 */
export async function trainEnsemble({
  messages,
  labels,
  tokenWidth,
  seeds,
  onStep,
}: {
  messages: readonly JudgedMessage[];
  labels: readonly string[];
  tokenWidth: number;
  seeds: readonly number[];
  onStep: (text: string) => void;
}): Promise<Ensemble> {
  const filename = builtFile(import.meta.url, 'training-worker');
  if (!filename) throw new Error('fit: the training worker is not built; run "npm run build"');
  const shared = messages.map(share);
  const pool = new Piscina<MemberTraining, Classifier>({
    filename,
    maxThreads: Math.min(seeds.length, availableParallelism()),
    concurrentTasksPerWorker: 1,
  });
  try {
    return await Promise.all(
      seeds.map(async (seed) => {
        const { port1, port2 } = new MessageChannel();
        const tell = ({ epoch, loss }: Progress) =>
          onStep(`classifier ${seed}: epoch ${epoch}, loss ${loss.toFixed(3)}`);
        port1.on('message', tell);
        try {
          const task = { messages: shared, labels, tokenWidth, seed, progress: port2 };
          return await pool.run(task, { transferList: [port2] });
        } finally {
          // What the result has overtaken.
          for (let late = receiveMessageOnPort(port1); late; late = receiveMessageOnPort(port1)) tell(late.message);
          port1.close();
        }
      }),
    );
  } finally {
    await pool.close();
  }
}

/** In memory that threads share: tens of thousands of messages, each with its tokens, are more than a gigabyte. */
function share(message: JudgedMessage): JudgedMessage {
  const { vector, tokens } = message.embedding;
  return { ...message, embedding: { vector: toShared(vector), tokens: toShared(tokens) } };
}

function toShared(numbers: Float32Array): Float32Array {
  const copy = new Float32Array(new SharedArrayBuffer(numbers.byteLength));
  copy.set(numbers);
  return copy;
}
