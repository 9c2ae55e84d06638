import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Every byte of every file in a folder, as Latin-1: to search for what must not be there. */
export function bytesOf(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(path.join(folder, name), 'latin1'))
    .join('\n');
}
