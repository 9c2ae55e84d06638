import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Passage } from '../pack/pack.ts';
import { DOCUMENTS_FILE, readYaml } from '../pack/pack-files.ts';

/** Where a passage stands in the document that it was drafted from, with what stands around it there. */
export interface PlaceInDocument {
  /** The file's name as it was added. */
  readonly document: string;
  readonly page?: number | undefined;
  readonly headings: readonly string[];
  readonly before: string;
  readonly words: string;
  readonly after: string;
  /** Whether the passage still says just that. Then a quote's offsets, counted from `from.start`, are the document's. */
  readonly verbatim: boolean;
}

/** Nothing for a passage that was written for the pack, or whose document is no longer kept. */
export function placeInDocument(folder: string, { from, text }: Passage): PlaceInDocument | undefined {
  const kept = path.join(folder, 'documents', `${from?.document}.txt`);
  if (!from || !/^D\d+$/.test(from.document) || !existsSync(kept)) return undefined;
  const whole = readFileSync(kept, 'utf8');
  const words = whole.slice(from.start, from.end);
  return {
    document: fileOf(folder, from.document) ?? from.document,
    page: from.page,
    headings: from.headings,
    before: whole.slice(Math.max(0, from.start - AROUND), from.start),
    words,
    after: whole.slice(from.end, from.end + AROUND),
    verbatim: words === text,
  };
}

const AROUND = 160;

function fileOf(folder: string, document: string): string | undefined {
  const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
  return readYaml(DOCUMENTS_FILE, read, [])?.documents.find(({ id }) => id === document)?.file;
}
