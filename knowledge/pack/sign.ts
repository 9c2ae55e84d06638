import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { withFrontMatter } from './edit-front-matter.ts';
import { findPassage } from './find-passage.ts';
import { PackError } from './finding.ts';
import type { Passage, Review } from './pack.ts';
import { parsePassage } from './parse-passage.ts';
import { readPack } from './read-pack.ts';
import { reviewState } from './review.ts';

/** Why nothing was signed; the message says what to do instead. */
export class SignError extends Error {
  readonly code: 'BAD_DATE' | 'EMPTY_ROLE' | 'NOT_WRITABLE';

  constructor(code: SignError['code'], message: string) {
    super(message);
    this.name = 'SignError';
    this.code = code;
  }
}

/**
 * Writes a signature into a passage's front matter: who answers for these words, since when and until when. It holds
 * the hash of title, text and sources, so any later change of them voids it. The file is replaced whole or not at all.
 *
 * @param by  role or name; stands under every quote of the passage
 * @param on  ISO date of the signature
 * @param due ISO date by which the passage is to be read again
 * @returns the passage as signed
 * @throws SignError, UnknownPassageError, or PackError where the folder is no pack
 */
export function signPassage({
  folder,
  id,
  by,
  due,
  on,
}: {
  folder: string;
  id: string;
  by: string;
  due: string;
  on: string;
}): Passage {
  const role = by.trim().replace(/\s+/g, ' ');
  if (role.length < 2) {
    throw new SignError('EMPTY_ROLE', 'a signature needs a role or a name, as in --by "Lead pharmacist"');
  }
  for (const date of [on, due]) {
    if (z.iso.date().safeParse(date).success) continue;
    throw new SignError('BAD_DATE', `"${date}" is no date; write it as year-month-day, as in 2027-11-20`);
  }
  if (due <= on) {
    throw new SignError('BAD_DATE', `the next review (${due}) has to come after the signature (${on})`);
  }
  return rewrite(folder, id, ({ contentHash }) => ({ status: 'reviewed', by: role, on, due, hash: contentHash }));
}

/** Takes the signature out of a passage, whether or not there is one. Throws as `signPassage` does. */
export function unsignPassage({ folder, id }: { folder: string; id: string }): Passage {
  return rewrite(folder, id, () => ({ status: 'unreviewed' }));
}

function rewrite(folder: string, id: string, reviewOf: (passage: Passage) => Review): Passage {
  const { pack, findings } = readPack(folder);
  if (!pack) throw new PackError(folder, findings);
  const before = findPassage(pack, id);
  const file = path.join(folder, before.file);
  const review = reviewOf(before);
  const edited = withFrontMatter(readFileSync(file, 'utf8'), 'review', review);
  const after = edited && parsePassage({ packId: pack.id, file: before.file, raw: edited }).passage;
  // Read back before anything is written: a signature that doesn't hold would be worse than none.
  if (!after || after.contentHash !== before.contentHash || after.review.status !== review.status || !holds(after)) {
    throw new SignError(
      'NOT_WRITABLE',
      `${before.file}: its front matter can't be edited; write it as other passages do`,
    );
  }
  replaceFile(file, edited);
  return after;
}

function holds(passage: Passage): boolean {
  const { review } = passage;
  return review.status === 'unreviewed' || reviewState(passage, review.on).status === 'reviewed';
}

/** A crash at any moment leaves the old file or the new one. */
function replaceFile(file: string, content: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = openSync(temporary, 'wx', statSync(file).mode);
    try {
      writeFileSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
}
