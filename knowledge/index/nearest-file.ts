import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeDurably } from './durable-file.ts';
import { type HnswlibIndex, type HnswlibOptions, isGraph, openHnswlibIndex } from './hnswlib-index.ts';

/** Which native index lies in a folder. */
export interface NearestFile {
  /** SHA-256 of the file, which is named after it: compared before anything native reads it. */
  readonly sha256: string;
  /** How many vectors it holds. */
  readonly size: number;
  readonly dimension: number;
}

/**
 * Writes an index down, durably. Throws when the disk took only a part of it, which the native writer doesn't tell.
 */
export async function writeNearest(folder: string, index: HnswlibIndex, dimension: number): Promise<NearestFile> {
  let sha256 = '';
  await writeDurably(folder, 'nearest', async (temporary) => {
    await index.write(temporary);
    await assertWhole(temporary, index.size, dimension);
    sha256 = await hashOf(temporary);
    return nearestName(sha256);
  });
  return { sha256, size: index.size, dimension };
}

/** An index as it was written; nothing when the file is missing or a byte of it is another. */
export async function openNearest(folder: string, about: NearestFile): Promise<HnswlibIndex | undefined> {
  const file = path.join(folder, nearestName(about.sha256));
  const hash = await hashOf(file).catch(() => undefined);
  return hash === about.sha256 ? openHnswlibIndex(file, about) : undefined;
}

export function nearestName(sha256: string): string {
  return `nearest-${sha256.slice(0, 16)}.hnsw`;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  // In pieces: a large index need not be in memory twice.
  for await (const piece of createReadStream(file, { highWaterMark: PIECE })) hash.update(piece);
  return hash.digest('hex');
}

const PIECE = 1 << 20;

/** Follows the layout that hnswlib writes (`saveIndex` in its `bruteforce.h` and `hnswalg.h`) to the file's last byte. */
async function assertWhole(file: string, size: number, dimension: number, options?: HnswlibOptions): Promise<void> {
  const { size: bytes } = await stat(file);
  const expected = isGraph(size, options)
    ? await graphLength(file, size)
    : EXACT_HEADER + Math.max(1, size) * (dimension * FLOAT + LABEL);
  if (bytes !== expected) throw new Error(`${path.basename(file)} has ${bytes} bytes, not ${expected}: disk full?`);
}

const EXACT_HEADER = 24;
const GRAPH_HEADER = 96;
const BYTES_OF_AN_ELEMENT = 24;
const LABEL = 8;
const FLOAT = 4;
const LENGTH = 4;

async function graphLength(file: string, size: number): Promise<number> {
  const handle = await open(file, 'r');
  try {
    const header = Buffer.alloc(GRAPH_HEADER);
    await handle.read(header, 0, GRAPH_HEADER, 0);
    let end = GRAPH_HEADER + size * Number(header.readBigUInt64LE(BYTES_OF_AN_ELEMENT));
    const length = Buffer.alloc(LENGTH);
    for (let i = 0; i < size; i++) {
      const { bytesRead } = await handle.read(length, 0, LENGTH, end);
      end += LENGTH + (bytesRead === LENGTH ? length.readUInt32LE(0) : 0);
    }
    return end;
  } finally {
    await handle.close();
  }
}
