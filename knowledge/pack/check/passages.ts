import type { Finding } from '../finding.ts';
import { isDraft } from '../review.ts';
import type { PackCheck } from './checked-pack.ts';

/** A passage answers one thing, and is found by the many ways people ask for it. */
export const checkPassages: PackCheck = ({ pack, lineAt, lines }) => {
  const findings: Finding[] = [];
  for (const passage of pack.passages) {
    const { file, text, questions } = passage;
    const length = text.split(/\s+/).length;
    if (length > MOST_WORDS) {
      findings.push({
        file,
        line: lineAt(passage, 0),
        code: 'too-long',
        message: `${length} words, and ${MOST_WORDS} is the most`,
        mend: 'make two passages of it, each with its own questions',
        ...(isDraft(passage) && { draft: true }),
      });
    }
    if (questions.length < FEWEST_QUESTIONS) {
      findings.push({
        file,
        line: lines.ofValue(file, ['questions']),
        code: 'missing-question',
        message: `${questions.length} of at least ${FEWEST_QUESTIONS} questions`,
        mend: 'add ways in which different people would ask for this',
        ...(isDraft(passage) && { draft: true }),
      });
    }
    for (const [index, { kind, passage: other, here, there }] of (passage.compare ?? []).entries()) {
      findings.push({
        file,
        line: lines.ofValue(file, ['compare', index]),
        code: kind === 'contradiction' ? 'contradiction' : 'duplicate-passage',
        message: kind === 'contradiction' ? `“${here}” here, “${there}” in ${other}` : `nearly the same as ${other}`,
        mend: 'decide which holds, mend or remove the other, then take this entry out of "compare"',
        ...(isDraft(passage) && { draft: true }),
      });
    }
  }
  return findings;
};

const MOST_WORDS = 120;
const FEWEST_QUESTIONS = 6;
