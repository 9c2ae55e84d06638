import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { PARTIAL, writeDurably } from './durable-file.ts';
import type { HnswlibIndex } from './hnswlib-index.ts';
import { nearestName, writeNearest } from './nearest-file.ts';

/** What a snapshot on disk holds: vectors by the key of their chunk, and what they were made from. */
export interface StoredVectors {
  readonly manifest: Manifest;
  /** In the order of `manifest.keys`. */
  readonly vectors: readonly Float32Array[];
}

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);

const MANIFEST = z.object({
  format: z.literal(2),
  packHash: z.string(),
  modelHash: z.string(),
  dimension: z.number().int().positive(),
  counts: z.object({ passages: z.number(), chunks: z.number(), vectors: z.number() }),
  keys: z.array(z.string()),
  /** SHA-256 of the vector file, checked before a byte of it is used. */
  vectorsSha256: SHA256,
  /** The native index over the chunks that are searched. */
  nearest: z.object({
    sha256: SHA256,
    /** Hash of the keys of what is searched, in order: another order would find other chunks. */
    keysSha256: SHA256,
    size: z.number().int().nonnegative(),
    dimension: z.number().int().positive(),
  }),
});
export type Manifest = z.infer<typeof MANIFEST>;

// In the file only: of all the rest, so that a changed digit is noticed too.
const CHECKED_MANIFEST = MANIFEST.extend({ manifestSha256: z.string() });

/** A snapshot that can't be saved, and what to do. */
export class SnapshotError extends Error {
  readonly code = 'INDEX_UNWRITABLE';

  constructor(folder: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const mend = 'free some space there, or set DATA_DIR to a folder that this user may write to';
    super(`index: can't be saved in ${folder} (${why}); ${mend}`, { cause });
    this.name = 'SnapshotError';
  }
}

/** Why a snapshot can't be used; the remedy is always to build it again. */
export type Unusable = { readonly reason: 'absent' | 'damaged' | 'foreign'; readonly detail: string };

/** Reads a snapshot whole or not at all. Never throws for what is on disk. */
export async function readSnapshotFile(folder: string): Promise<StoredVectors | Unusable> {
  const raw = await readFile(path.join(folder, MANIFEST_FILE), 'utf8').catch((cause: NodeJS.ErrnoException) => cause);
  if (typeof raw !== 'string') {
    if (raw.code === 'ENOENT') return { reason: 'absent', detail: `no snapshot in ${folder}` };
    return { reason: 'damaged', detail: `${MANIFEST_FILE} can't be read (${raw.message})` };
  }
  const manifest = parseManifest(raw);
  if (!manifest) return { reason: 'damaged', detail: `${MANIFEST_FILE} is not a manifest of this version` };
  const file = vectorsName(manifest.vectorsSha256);
  const bytes = await readFile(path.join(folder, file)).catch(() => undefined);
  if (!bytes) return { reason: 'damaged', detail: `${file} is missing or can't be read` };
  if (sha256(bytes) !== manifest.vectorsSha256)
    return { reason: 'damaged', detail: `${file} does not match its checksum` };
  const { dimension, keys } = manifest;
  if (bytes.byteLength !== keys.length * dimension * 4) {
    return {
      reason: 'damaged',
      detail: `${file} has ${bytes.byteLength} bytes, not ${keys.length} × ${dimension} × 4`,
    };
  }
  const all = floats(bytes);
  const vectors = keys.map((_, index) => all.subarray(index * dimension, (index + 1) * dimension));
  return { manifest, vectors };
}

/** The numbers in a file; a copy only where they are not aligned. */
function floats(bytes: Buffer): Float32Array {
  const aligned = bytes.byteOffset % Float32Array.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
  return new Float32Array(aligned.buffer, aligned.byteOffset, bytes.byteLength / Float32Array.BYTES_PER_ELEMENT);
}

/**
 * Writes a snapshot so that a crash at any moment leaves the old one or the new one: vectors and index go to files
 * named after their hashes, and the manifest that names them is renamed into place last. Throws `SnapshotError`.
 */
export async function writeSnapshotFile(
  folder: string,
  {
    vectors,
    index,
    leading,
    keysSha256,
    ...about
  }: Omit<Manifest, 'format' | 'vectorsSha256' | 'nearest'> & {
    readonly vectors: readonly Float32Array[];
    readonly index: HnswlibIndex;
    /** How many numbers of each vector the index is over. */
    readonly leading: number;
    readonly keysSha256: string;
  },
): Promise<void> {
  const bytes = Buffer.alloc(vectors.length * about.dimension * 4);
  for (const [place, vector] of vectors.entries()) {
    Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).copy(bytes, place * about.dimension * 4);
  }
  try {
    await mkdir(folder, { recursive: true });
    const previous = await readFile(path.join(folder, MANIFEST_FILE), 'utf8').catch(() => undefined);
    const vectorsSha256 = sha256(bytes);
    await writeDurably(folder, 'vectors', async (file) => {
      await writeFile(file, bytes);
      return vectorsName(vectorsSha256);
    });
    const nearest = { ...(await writeNearest(folder, index, leading)), keysSha256 };
    const manifest: Manifest = { format: 2, ...about, vectorsSha256, nearest };
    await writeDurably(folder, MANIFEST_FILE, async (file) => {
      await writeFile(file, JSON.stringify({ ...manifest, manifestSha256: checksum(manifest) }));
      return MANIFEST_FILE;
    });
    await sweep(folder, { manifest, previous: previous === undefined ? undefined : parseManifest(previous) });
  } catch (cause) {
    throw new SnapshotError(folder, cause);
  }
}

/** Removes what the last snapshot was made of, and what was left lying by a process that ended long ago. */
async function sweep(
  folder: string,
  { manifest, previous }: { manifest: Manifest; previous: Manifest | undefined },
): Promise<void> {
  const kept = new Set(filesOf(manifest));
  const old = new Set(previous ? filesOf(previous) : []);
  for (const name of await readdir(folder)) {
    if (kept.has(name) || !OWN_FILE.test(name)) continue;
    const file = path.join(folder, name);
    const { mtimeMs } = await stat(file);
    // A young one may be another process's, which is just building the same.
    if (old.has(name) || Date.now() - mtimeMs > AN_HOUR) await rm(file, { force: true, recursive: true });
  }
}

const MANIFEST_FILE = 'manifest.json';
const OWN_FILE = new RegExp(`^(?:vectors|nearest)-[0-9a-f]{16}\\.|${PARTIAL.replace('.', '\\.')}$`);
const AN_HOUR = 3_600_000;
const vectorsName = (hash: string) => `vectors-${hash.slice(0, 16)}.f32`;

function filesOf({ vectorsSha256, nearest }: Manifest): string[] {
  return [vectorsName(vectorsSha256), nearestName(nearest.sha256)];
}

function parseManifest(raw: string): Manifest | undefined {
  try {
    const { manifestSha256, ...manifest } = CHECKED_MANIFEST.parse(JSON.parse(raw));
    return manifestSha256 === checksum(manifest) ? manifest : undefined;
  } catch {
    // Not JSON, or of another shape: the same as any other damage to the caller, who builds anew.
    return undefined;
  }
}

/** Of what a manifest says, whatever the order it says it in. */
function checksum(manifest: Manifest): string {
  return sha256(JSON.stringify(MANIFEST.parse(manifest)));
}

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
