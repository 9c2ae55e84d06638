import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of its own, gone when the test is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'quotewell-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The same for a whole file of tests: gone when `whenDone` calls back. */
export function lastingFolder(whenDone: (clear: () => void) => void): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'quotewell-'));
  whenDone(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
