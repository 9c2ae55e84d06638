import type { Finding } from '../finding.ts';
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
      });
    }
    if (questions.length < FEWEST_QUESTIONS) {
      findings.push({
        file,
        line: lines.ofValue(file, ['questions']),
        code: 'missing-question',
        message: `${questions.length} of at least ${FEWEST_QUESTIONS} questions`,
        mend: 'add ways in which different people would ask for this',
      });
    }
  }
  return findings;
};

const MOST_WORDS = 120;
const FEWEST_QUESTIONS = 6;
