import { DOCUMENTS_FILE, type PackDocument, SOURCES_FILE } from '../../pack/pack-files.ts';
import { IngestError } from '../ingest-error.ts';
import type { ChangeSet } from './change-set.ts';
import { withEntry } from './edit-list.ts';
import type { PackFolder } from './pack-folder.ts';

/** What taking a document out does to a pack. */
export interface Removal {
  readonly changes: ChangeSet;
  readonly document: PackDocument;
  /** Ids. */
  readonly removed: readonly string[];
}

/**
 * Works out what goes with a document: the passages that were cut from it, its text, its source. The source stays where
 * another passage cites it.
 *
 * @param name its file's name or its id; throws `IngestError` where there is no such document
 */
export function planRemoval(pack: PackFolder, name: string): Removal {
  const document = pack.documents.find(({ id, file }) => id === name || file === name);
  if (!document) {
    const known = pack.documents.map(({ file }) => file).join(', ') || 'none';
    throw new IngestError('UNKNOWN_DOCUMENT', `the pack has no document "${name}"; it has: ${known}`);
  }
  const { id } = document;
  const passages = [...pack.passages.values()];
  const gone = passages.filter(({ from }) => from?.document === id);
  const cited = passages.some(
    ({ from, sentences }) => from?.document !== id && sentences.some(({ sources }) => sources.includes(id)),
  );
  const write = new Map([[DOCUMENTS_FILE.file, withEntry(pack.read(DOCUMENTS_FILE.file), 'documents', id, undefined)]]);
  if (!cited) write.set(SOURCES_FILE.file, withEntry(pack.read(SOURCES_FILE.file), 'sources', id, undefined));
  return {
    changes: { write, remove: [...gone.map(({ file }) => file), `documents/${id}.txt`] },
    document,
    removed: gone.map((passage) => passage.id),
  };
}
