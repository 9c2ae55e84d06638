import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CheckedPack, PackCheck } from './check/checked-pack.ts';
import { checkContacts } from './check/contacts.ts';
import { checkDocuments } from './check/documents.ts';
import { checkDuplicates } from './check/duplicates.ts';
import { createLines } from './check/lines.ts';
import { checkPackSafety } from './check/pack-safety.ts';
import { checkPassages } from './check/passages.ts';
import { checkReviews } from './check/reviews.ts';
import { checkSafetyRules } from './check/safety-rules.ts';
import { checkSentences } from './check/sentences.ts';
import { checkSources } from './check/sources.ts';
import { checkVocabulary } from './check/vocabulary.ts';
import type { Finding } from './finding.ts';
import type { Pack } from './pack.ts';
import { DOCUMENTS_FILE, readYaml, SOURCES_FILE } from './pack-files.ts';
import { readPack } from './read-pack.ts';
import { readPackSafety, readSafety } from './safety.ts';

/**
 * Everything that is wrong with a pack and with the common core that it stands on, by file and line. Files are given
 * relative to the pack's folder, those of the core too. What can't be read is reported first and the rest is checked
 * as far as it can be; without `pack.yaml` and the other files every pack has, that is no further.
 *
 * @param today ISO date that reviews and dates are held against
 */
export function checkPack({
  folder,
  safetyFolder,
  today,
}: {
  folder: string;
  safetyFolder: string;
  today: string;
}): Finding[] {
  const { pack, findings, lineAt } = readPack(folder);
  const core = readSafety(safetyFolder);
  const all = [...findings];
  const ofCore = [...core.findings];
  if (pack) {
    const checked: CheckedPack = {
      pack,
      bibliography: readYaml(SOURCES_FILE, (file) => readFileSync(path.join(folder, file), 'utf8'), [])?.sources ?? [],
      documents: existsSync(path.join(folder, DOCUMENTS_FILE.file))
        ? (readYaml(DOCUMENTS_FILE, (file) => readFileSync(path.join(folder, file), 'utf8'), all)?.documents ?? [])
        : [],
      today,
      lineAt: (passage, offset) => lineAt.get(passage.id)?.(offset) ?? 1,
      lines: createLines(folder),
      safety: core.safety,
    };
    for (const check of PACK_CHECKS) all.push(...check(checked));
    if (core.safety) ofCore.push(...checkCore(core.safety, pack));
  }
  all.push(...checkPackSafety(readPackSafety(folder), core.safety));
  const corePath = path.relative(folder, safetyFolder).replaceAll(path.sep, '/');
  all.push(...ofCore.map((finding) => ({ ...finding, file: `${corePath}/${finding.file}` })));
  return all.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));

  function checkCore(safety: NonNullable<typeof core.safety>, knownPack: Pack): Finding[] {
    const lines = createLines(safetyFolder);
    const checked = { safety, pack: knownPack, today, lines, fileOf: core.fileOf };
    return [...checkSafetyRules(checked), ...checkContacts(checked)];
  }
}

const PACK_CHECKS: readonly PackCheck[] = [
  checkSentences,
  checkSources,
  checkDuplicates,
  checkPassages,
  checkReviews,
  checkDocuments,
  checkVocabulary,
];
