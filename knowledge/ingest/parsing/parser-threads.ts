import { Piscina } from 'piscina';
import { builtFile } from '../../built-file.ts';
import type { SourceDocument } from '../document/source-document.ts';
import { IngestError } from '../ingest-error.ts';
import type { Limits } from '../limits.ts';
import type { ParserOutcome, ParserTask } from './parser-worker.ts';

/** Reads documents where a hostile one does no harm: in a thread with limits on time and memory. */
export interface ParserThreads {
  /** Throws `IngestError`. A thread that had to be ended is replaced. */
  read(name: string, bytes: Uint8Array): Promise<SourceDocument>;
  close(): Promise<void>;
}

/** @param threads how many documents are read at once */
export function startParserThreads({ limits, threads = 1 }: { limits: Limits; threads?: number }): ParserThreads {
  const filename = builtFile(import.meta.url, 'parser-worker');
  if (!filename)
    throw new IngestError('NOT_BUILT', 'the worker that reads documents is not built; run "npm run build"');
  const pool = new Piscina<ParserTask, ParserOutcome>({
    filename,
    minThreads: 0,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    idleTimeout: 10_000,
    // A parser has no business with settings of this process.
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: limits.megabytes, stackSizeMb: STACK_MB },
  });
  // What fails reaches whoever waits for the document.
  pool.on('error', () => {});

  return {
    async read(name, bytes) {
      const signal = AbortSignal.timeout(limits.milliseconds);
      const outcome = await pool.run({ name, bytes, limits }, { signal }).catch((cause) => {
        throw asIngestError(cause, limits);
      });
      if (outcome.kind === 'document') return outcome.document;
      throw new IngestError(outcome.code, outcome.message);
    },
    close: () => pool.close({ force: true }),
  };
}

const STACK_MB = 4;

function asIngestError(cause: unknown, limits: Limits): Error {
  const { name = '', code = '', message = '' } = cause as { name?: string; code?: string; message?: string };
  if (name === 'AbortError' || name === 'TimeoutError') {
    const seconds = Math.round(limits.milliseconds / 1000);
    return new IngestError('TOO_SLOW', `reading it takes more than ${seconds} s; split it into smaller files`, {
      cause,
    });
  }
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new IngestError(
      'TOO_MUCH_MEMORY',
      `reading it takes more than ${limits.megabytes} MB of memory; split it into smaller files`,
      { cause },
    );
  }
  const why = message.split('\n')[0]?.slice(0, 160);
  return new IngestError('DAMAGED', `it can't be read (${why}); open it, save it anew and add that`, { cause });
}
