import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../../pack/finding.ts';
import { formatFinding } from '../../pack/finding.ts';
import type { Passage } from '../../pack/pack.ts';
import { DOCUMENTS_FILE, PACK_FILE, type PackDocument, readYaml, SOURCES_FILE } from '../../pack/pack-files.ts';
import { parsePassage } from '../../pack/parse-passage.ts';
import { readPack } from '../../pack/read-pack.ts';
import { IngestError } from '../ingest-error.ts';
import { applyChanges, type ChangeSet, finishChanges } from './change-set.ts';

/** A pack's folder as documents are added to it and taken out. */
export interface PackFolder {
  readonly folder: string;
  readonly id: string;
  readonly subject: string;
  /** By file, as they are after the changes made so far. */
  readonly passages: ReadonlyMap<string, Passage>;
  readonly documents: readonly PackDocument[];
  /** Ids of all sources. */
  readonly sources: ReadonlySet<string>;
  read(file: string): string;
  /** Makes all of the changes or none, and knows of them from then on. */
  apply(changes: ChangeSet): void;
}

/** Opens a pack to change it; completes what a crash has interrupted. Throws `IngestError` where the folder is no pack. */
export function openPackFolder(folder: string): PackFolder {
  if (!existsSync(path.join(folder, PACK_FILE.file))) {
    throw new IngestError(
      'NOT_A_PACK',
      `${folder} is no pack (it has no ${PACK_FILE.file}); start one with "npm run knowledge -- new-pack NAME"`,
    );
  }
  finishChanges(folder);
  const { pack, findings } = readPack(folder);
  if (!pack) throw unusable(folder, findings);
  const { id, subject } = pack;
  const passages = new Map(pack.passages.map((passage) => [passage.file, passage]));
  const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
  let documents = readDocuments();
  let sources = new Set(pack.sources.keys());

  return {
    folder,
    id,
    subject,
    passages,
    get documents() {
      return documents;
    },
    get sources() {
      return sources;
    },
    read,
    apply(changes) {
      applyChanges(folder, changes);
      for (const file of changes.remove) passages.delete(file);
      for (const [file, raw] of changes.write) {
        const { passage } = file.startsWith('passages/') ? parsePassage({ packId: id, file, raw }) : {};
        if (passage) passages.set(file, passage);
      }
      if (changes.write.has(DOCUMENTS_FILE.file)) documents = readDocuments();
      if (changes.write.has(SOURCES_FILE.file)) {
        sources = new Set(readYaml(SOURCES_FILE, read, [])?.sources.map((source) => source.id));
      }
    },
  };

  function readDocuments(): readonly PackDocument[] {
    if (!existsSync(path.join(folder, DOCUMENTS_FILE.file))) return [];
    const problems: Finding[] = [];
    const listed = readYaml(DOCUMENTS_FILE, read, problems);
    if (!listed) throw unusable(folder, problems);
    return listed.documents;
  }
}

function unusable(folder: string, findings: readonly Finding[]): IngestError {
  const list = findings.map(formatFinding).join('\n');
  return new IngestError('NOT_A_PACK', `${folder} can't be read as a pack; mend it first:\n${list}`);
}
