import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** What a file is called before it is whole; the process is named so that two of them don't meet. */
export const PARTIAL = '.partial';

/**
 * Makes a file whole or not at all, however the machine stops: `fill` writes a temporary file, which is synced and
 * renamed into place.
 *
 * @param fill writes the file it is given, and says what it shall be called, which may depend on what was written
 */
export async function writeDurably(
  folder: string,
  label: string,
  fill: (temporary: string) => Promise<string>,
): Promise<string> {
  const temporary = path.join(folder, `${label}.${process.pid}${PARTIAL}`);
  const name = await fill(temporary);
  await sync(temporary, 'r+');
  const target = path.join(folder, name);
  // A folder in its place would refuse the rename.
  if ((await stat(target).catch(() => undefined))?.isDirectory()) await rm(target, { recursive: true });
  await rename(temporary, target);
  await sync(folder, 'r');
  return name;
}

async function sync(file: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(file, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
