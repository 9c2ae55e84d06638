import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Passage } from '../pack/pack.ts';
import { createPassageComparer } from './compare/compare-passages.ts';
import { openPackFolder } from './folder/pack-folder.ts';
import { type Plan, planDocument } from './folder/plan-document.ts';
import { formatOf } from './formats/format.ts';
import { IngestError } from './ingest-error.ts';
import { DEFAULT_LIMITS, inMegabytes, type Limits } from './limits.ts';
import { startParserThreads } from './parsing/parser-threads.ts';
import { questionKey } from './passages/propose-questions.ts';

/** What became of one file. */
export type Added =
  | { readonly kind: 'added'; readonly file: string; readonly plan: Plan; readonly warnings: readonly string[] }
  /** The very same file is in already. */
  | { readonly kind: 'unchanged'; readonly file: string }
  | { readonly kind: 'refused'; readonly file: string; readonly error: IngestError };

/**
 * Adds documents to a pack, one after the other: each goes in whole or, with the reason, not at all, and the rest go on.
 * Throws `IngestError` only where the folder is no pack.
 *
 * @param dryRun find out what would happen, and change nothing
 * @param today ISO date
 * @param onStart hears that the pack has been read, and the first file comes next
 * @param onFile hears of each file as soon as its fate is known
 */
export async function addDocuments({
  folder,
  files,
  today,
  dryRun = false,
  limits = DEFAULT_LIMITS,
  onStart = () => {},
  onFile = () => {},
}: {
  folder: string;
  files: readonly string[];
  today: string;
  dryRun?: boolean;
  limits?: Limits;
  onStart?: () => void;
  onFile?: (added: Added, passagesSoFar: number) => void;
}): Promise<Added[]> {
  const pack = openPackFolder(folder);
  const comparer = createPassageComparer();
  for (const passage of pack.passages.values()) comparer.add(passage);
  let takenQuestions = questionsOf(pack.passages.values());
  const threads = startParserThreads({ limits });
  const all: Added[] = [];
  let passages = 0;
  onStart();
  try {
    for (const file of files) {
      const added = await addOne(file).catch(
        (cause): Added => ({ kind: 'refused', file, error: asIngestError(cause) }),
      );
      if (added.kind === 'added') passages += added.plan.added.length + added.plan.updated.length;
      all.push(added);
      onFile(added, passages);
    }
  } finally {
    await threads.close();
  }
  return all;

  async function addOne(file: string): Promise<Added> {
    const bytes = await readWithin(file, limits);
    const about = {
      file: path.basename(file),
      format: formatOf(file),
      added: today,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
    const same = pack.documents.find(({ sha256 }) => sha256 === about.sha256);
    if (same?.file === about.file) return { kind: 'unchanged', file };
    if (same) {
      const mend = `remove "${same.file}" first if it is to have another name`;
      throw new IngestError('SAME_CONTENT', `it is the same as "${same.file}", which the pack has; ${mend}`);
    }
    const document = await threads.read(about.file, bytes);
    const plan = planDocument({ pack, document, about, comparer, takenQuestions });
    if (!dryRun) pack.apply(plan.changes);
    const drafted = [...plan.added, ...plan.updated].flatMap((id) => passageOf(id) ?? []);
    for (const passage of drafted) comparer.add(passage);
    // What is gone has set its questions free. Else only what came is looked at: packs are large, and batches long.
    if (plan.removed.length > 0) takenQuestions = questionsOf(pack.passages.values());
    else for (const question of questionsOf(drafted)) takenQuestions.add(question);
    return { kind: 'added', file, plan, warnings: document.warnings };
  }

  function passageOf(id: string): Passage | undefined {
    return pack.passages.get(`passages/${id.slice(pack.id.length + 1)}.md`);
  }
}

function questionsOf(passages: Iterable<Passage>): Set<string> {
  return new Set([...passages].flatMap(({ questions }) => questions.map(questionKey)));
}

/** Asks what it is before opening it, since a pipe may never end, and for its size before reading it. */
async function readWithin(file: string, { bytes: most }: Limits): Promise<Uint8Array> {
  const about = await stat(file).catch(cannotBeOpened);
  if (!about.isFile()) throw new IngestError('NOT_A_FILE', 'it is no file; name the files one by one');
  formatOf(file);
  const handle = await open(file, 'r').catch(cannotBeOpened);
  try {
    const { size } = await handle.stat();
    if (size > most) {
      throw new IngestError(
        'TOO_LARGE',
        `it has ${inMegabytes(size)}, and ${inMegabytes(most)} is the most; split it, or take its pictures out`,
      );
    }
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function cannotBeOpened(cause: NodeJS.ErrnoException): never {
  if (cause.code === 'ENOENT') throw new IngestError('NOT_FOUND', 'there is no such file; check its name and folder');
  throw new IngestError('UNREADABLE', `it can't be opened (${cause.code}); see to its permissions`, { cause });
}

function asIngestError(cause: unknown): IngestError {
  if (cause instanceof IngestError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new IngestError('UNREADABLE', `it could not be added (${why}); the pack is as it was`, { cause });
}
