import { z } from 'zod';
import type { Finding } from '../finding.ts';
import { SOURCES_FILE } from '../pack-files.ts';
import type { CheckedPack, PackCheck } from './checked-pack.ts';

/** Every mark leads to an entry of the bibliography, and every entry is right and of use. */
export const checkSources: PackCheck = (checked) => [...checkMarks(checked), ...checkBibliography(checked)];

function checkMarks({ pack, lineAt, lines }: CheckedPack): Finding[] {
  const findings: Finding[] = [];
  for (const passage of pack.passages) {
    for (const { start, sources } of passage.sentences) {
      for (const id of sources.filter((source) => !pack.sources.has(source))) {
        findings.push({
          file: passage.file,
          line: lines.ofText(passage.file, `[^${id}]`, lineAt(passage, start)),
          code: 'unknown-source',
          message: `${SOURCES_FILE.file} has no source ${id}`,
          mend: `correct the mark, or add ${id} to ${SOURCES_FILE.file}`,
        });
      }
    }
    const broken = /\[\^?[^\]\s]*\]?/.exec(passage.text);
    if (broken) {
      findings.push({
        file: passage.file,
        line: lineAt(passage, broken.index),
        code: 'unknown-source',
        message: `“${broken[0]}” is no mark that can be read, so it would be quoted as it stands`,
        mend: 'write the mark as [^S13]',
      });
    }
  }
  return findings;
}

function checkBibliography({ pack, bibliography, today, lines, safety }: CheckedPack): Finding[] {
  const findings: Finding[] = [];
  const { file } = SOURCES_FILE;
  const used = new Set([
    ...pack.passages.flatMap((passage) => passage.sentences.flatMap((sentence) => sentence.sources)),
    ...(safety?.urgent.flatMap((rules) => rules.sources) ?? []),
  ]);
  const seen = new Set<string>();
  for (const [index, { id, date }] of bibliography.entries()) {
    const find = (code: Finding['code'], key: string, message: string, mend: string) =>
      findings.push({ file, line: lines.ofValue(file, ['sources', index, key]), code, message, mend });
    if (seen.has(id)) {
      find('duplicate-source', 'id', `${id} stands twice`, 'give one of them another id, and see to its marks');
    } else if (safety && !used.has(id)) {
      find('unused-source', 'id', `nothing cites ${id}`, 'cite it where it says something, or take it out');
    }
    seen.add(id);
    if (date === undefined) continue;
    if (!isCalendarDate(date)) {
      find('bad-date', 'date', `${id}: there is no date ${date}`, 'write a date of the calendar');
    } else if (date > today.slice(0, date.length)) {
      find('bad-date', 'date', `${id}: ${date} is in the future`, 'write the date of the text that was read');
    }
  }
  return findings;
}

/** @param date `2026`, `2026-11` or `2026-11-20` */
function isCalendarDate(date: string): boolean {
  return z.iso.date().safeParse(`${date}-01-01`.slice(0, 10)).success;
}
