import { words } from '../../text/normalize.ts';
import type { Finding } from '../finding.ts';
import type { Passage } from '../pack.ts';
import type { CheckedPack, PackCheck } from './checked-pack.ts';

/** Two passages, or two questions, that are the same leave it to chance which is quoted. */
export const checkDuplicates: PackCheck = (checked) => [...checkPassages(checked), ...checkQuestions(checked)];

function checkPassages({ pack, lineAt }: CheckedPack): Finding[] {
  const findings: Finding[] = [];
  const sizes: number[] = [];
  const holders = new Map<string, number[]>();
  for (const [index, passage] of pack.passages.entries()) {
    const own = shingles(passage);
    const shared = new Map<number, number>();
    for (const shingle of own) {
      const earlier = holders.get(shingle) ?? [];
      for (const other of earlier) shared.set(other, (shared.get(other) ?? 0) + 1);
      holders.set(shingle, [...earlier, index]);
    }
    sizes.push(own.size);
    for (const [other, common] of shared) {
      const likeness = common / (own.size + (sizes[other] ?? 0) - common);
      if (likeness < TOO_ALIKE) continue;
      findings.push({
        file: passage.file,
        line: lineAt(passage, 0),
        code: 'duplicate-passage',
        message: `${likeness === 1 ? 'the same' : `${Math.round(likeness * 100)}% the same`} text as ${pack.passages[other]?.file}`,
        mend: 'keep one of them, with the questions of both, or say how they differ',
      });
    }
  }
  return findings;
}

function checkQuestions({ pack, lines }: CheckedPack): Finding[] {
  const findings: Finding[] = [];
  const first = new Map<string, string>();
  for (const { file, questions } of pack.passages) {
    for (const [index, question] of questions.entries()) {
      const normal = words(question).join(' ');
      const other = first.get(normal);
      if (other === undefined) {
        first.set(normal, file);
        continue;
      }
      findings.push({
        file,
        line: lines.ofValue(file, ['questions', index]),
        code: 'duplicate-question',
        message: `“${question}” ${other === file ? 'stands twice here' : `is asked in ${other}, too`}`,
        mend: other === file ? 'take one out' : 'keep it where it is answered best',
      });
    }
  }
  return findings;
}

/**
 * Jaccard likeness of three-word shingles (Broder 1997, "On the resemblance and containment of documents") from which
 * two passages count as one. At 0.8, two passages of 50 words may differ in about three of them.
 */
const TOO_ALIKE = 0.8;

function shingles({ text }: Passage): ReadonlySet<string> {
  const all = words(text);
  if (all.length < 3) return new Set([all.join(' ')]);
  return new Set(all.slice(2).map((_, at) => all.slice(at, at + 3).join(' ')));
}
