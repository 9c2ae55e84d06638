import { createLikenessIndex, TOO_ALIKE } from '../../text/likeness.ts';
import { words } from '../../text/normalize.ts';
import type { Finding } from '../finding.ts';
import { isDraft } from '../review.ts';
import type { CheckedPack, PackCheck } from './checked-pack.ts';

/** Two passages, or two questions, that are the same leave it to chance which is quoted. */
export const checkDuplicates: PackCheck = (checked) => [...checkPassages(checked), ...checkQuestions(checked)];

function checkPassages({ pack, lineAt }: CheckedPack): Finding[] {
  const findings: Finding[] = [];
  const index = createLikenessIndex();
  for (const passage of pack.passages) {
    for (const { id, likeness } of index.like(passage.text)) {
      if (likeness < TOO_ALIKE) continue;
      findings.push({
        file: passage.file,
        line: lineAt(passage, 0),
        code: 'duplicate-passage',
        message: `${likeness === 1 ? 'the same' : `${Math.round(likeness * 100)}% the same`} text as ${pack.passages[id]?.file}`,
        mend: 'keep one of them, with the questions of both, or say how they differ',
        ...(isDraft(passage) && { draft: true }),
      });
    }
    index.add(passage.text);
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
