import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** What becomes of a pack's files; paths below its folder, with slashes. */
export interface ChangeSet {
  readonly write: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

/**
 * Makes all changes or none: everything is written beside the pack's files first, then a list of what goes where is put
 * in place, and from then on the changes are as good as made, for `finishChanges` makes the rest after a crash.
 * Throws `RangeError` for a path that leads out of the folder, and what writing throws.
 */
export function applyChanges(folder: string, { write, remove }: ChangeSet): void {
  for (const file of [...write.keys(), ...remove]) assertInside(file);
  if (write.size === 0 && remove.length === 0) return;
  const staged = path.join(folder, STAGED);
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(staged, { recursive: true });
  try {
    const moves = [...write].map(([file, content], index) => {
      writeDurably(path.join(staged, String(index)), content);
      return { from: String(index), to: file };
    });
    const list = path.join(staged, `${LIST}.partial`);
    writeDurably(list, JSON.stringify({ moves, remove }));
    renameSync(list, path.join(staged, LIST));
  } catch (cause) {
    rmSync(staged, { recursive: true, force: true });
    throw cause;
  }
  finishChanges(folder);
}

/** Completes changes that a crash has interrupted, or clears away what had not got that far. */
export function finishChanges(folder: string): void {
  const staged = path.join(folder, STAGED);
  const list = path.join(staged, LIST);
  if (existsSync(list)) {
    const { moves, remove } = CHANGES.parse(JSON.parse(readFileSync(list, 'utf8')));
    for (const { from, to } of moves) {
      const source = path.join(staged, from);
      const target = path.join(folder, assertInside(to));
      mkdirSync(path.dirname(target), { recursive: true });
      if (existsSync(source)) renameSync(source, target);
    }
    for (const file of remove) rmSync(path.join(folder, assertInside(file)), { force: true });
  }
  rmSync(staged, { recursive: true, force: true });
}

const STAGED = '.adding';
const LIST = 'changes.json';
const CHANGES = z.object({
  moves: z.array(z.object({ from: z.string().regex(/^\d+$/), to: z.string() })),
  remove: z.array(z.string()),
});

/** No part of a path is empty, begins with a dot, or holds what any system takes for a separator or a drive. */
function assertInside(file: string): string {
  const fine = file.split('/').every((part) => /^[\p{L}\p{N}_-][^\\/:\0]*$/u.test(part));
  if (!fine) throw new RangeError(`"${file}" is no path inside a pack; nothing was changed`);
  return file;
}

function writeDurably(file: string, content: string): void {
  const handle = openSync(file, 'w');
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
