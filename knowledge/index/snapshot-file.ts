import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** What a snapshot on disk holds: vectors by the key of their chunk, and what they were made from. */
export interface StoredVectors {
  readonly manifest: Manifest;
  /** In the order of `manifest.keys`. */
  readonly vectors: readonly Float32Array[];
}

const MANIFEST = z.object({
  format: z.literal(1),
  packHash: z.string(),
  modelHash: z.string(),
  dimension: z.number().int().positive(),
  counts: z.object({ passages: z.number(), chunks: z.number(), vectors: z.number() }),
  keys: z.array(z.string()),
  /** SHA-256 of the vector file, checked before a byte of it is used. */
  vectorsSha256: z.string().regex(/^[0-9a-f]{64}$/),
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
  const file = vectorsFile(manifest);
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
  // A copy, so that the numbers are aligned and outlive the read buffer.
  const all = new Float32Array(new Uint8Array(bytes).buffer);
  const vectors = keys.map((_, index) => all.subarray(index * dimension, (index + 1) * dimension));
  return { manifest, vectors };
}

/**
 * Writes a snapshot so that a crash at any moment leaves the old one or the new one: the vectors go to a file named
 * after their hash, and the manifest that names it is renamed into place last. Throws `SnapshotError`.
 */
export async function writeSnapshotFile(
  folder: string,
  { vectors, ...about }: Omit<Manifest, 'format' | 'vectorsSha256'> & { vectors: readonly Float32Array[] },
): Promise<Manifest> {
  const bytes = Buffer.alloc(vectors.length * about.dimension * 4);
  for (const [index, vector] of vectors.entries()) {
    Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).copy(bytes, index * about.dimension * 4);
  }
  const manifest: Manifest = { format: 1, ...about, vectorsSha256: sha256(bytes) };
  try {
    await mkdir(folder, { recursive: true });
    const previous = await readFile(path.join(folder, MANIFEST_FILE), 'utf8').catch(() => undefined);
    await writeDurably(folder, vectorsFile(manifest), bytes);
    await writeDurably(folder, MANIFEST_FILE, JSON.stringify({ ...manifest, manifestSha256: checksum(manifest) }));
    const old = previous === undefined ? undefined : parseManifest(previous);
    if (old && old.vectorsSha256 !== manifest.vectorsSha256)
      await rm(path.join(folder, vectorsFile(old)), { force: true, recursive: true });
  } catch (cause) {
    throw new SnapshotError(folder, cause);
  }
  return manifest;
}

const MANIFEST_FILE = 'manifest.json';
const vectorsFile = (manifest: Manifest) => `vectors-${manifest.vectorsSha256.slice(0, 16)}.f32`;

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

async function writeDurably(folder: string, file: string, data: string | Uint8Array): Promise<void> {
  const temporary = path.join(folder, `${file}.${process.pid}.partial`);
  const handle = await open(temporary, 'w');
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
  const target = path.join(folder, file);
  // A folder in its place would refuse the rename.
  if ((await stat(target).catch(() => undefined))?.isDirectory()) await rm(target, { recursive: true });
  await rename(temporary, target);
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
