import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/**
 * What YAML texts said when they were parsed before. A text says the same every time, so a value found here is never
 * stale; parsing the built-in pack anew takes half a second of every start.
 */
export interface YamlCache {
  /** What a text says, if it is known. */
  get(text: string): unknown;
  /** Remembers a text that was parsed without an error. */
  set(text: string, value: unknown): void;
}

export interface YamlCacheFile extends YamlCache {
  /** Writes down what was asked for since opening, if any of it is new. What nobody asked for is forgotten. */
  save(): Promise<void>;
}

/** Opens the cache in a file; one that is missing, damaged or of another version is an empty cache. Never throws. */
export async function openYamlCache(file: string): Promise<YamlCacheFile> {
  const stored = readEntries(await readFile(file, 'utf8').catch(() => ''));
  const used: Record<string, unknown> = {};
  let fresh = false;
  return {
    get(text) {
      const key = sha256(text);
      const value = stored[key];
      if (value !== undefined) used[key] = value;
      return value;
    },
    set(text, value) {
      used[sha256(text)] = value;
      fresh = true;
    },
    async save() {
      if (!fresh) return;
      const entries = JSON.stringify(used);
      const temporary = `${file}.${process.pid}.partial`;
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(temporary, `${HEADER} ${sha256(entries)}\n${entries}`);
      await rename(temporary, file);
    },
  };
}

const HEADER = 'quotewell-yaml-1';
const ENTRIES = z.record(z.string(), z.unknown());

/** A checksum stands before the entries: a flipped letter in them would be quoted to somebody. */
function readEntries(raw: string): Record<string, unknown> {
  const end = raw.indexOf('\n');
  const entries = raw.slice(end + 1);
  if (end < 0 || raw.slice(0, end) !== `${HEADER} ${sha256(entries)}`) return {};
  return ENTRIES.parse(JSON.parse(entries));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
