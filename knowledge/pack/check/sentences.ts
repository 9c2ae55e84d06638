import { leansOnAnother } from '../../text/leaning.ts';
import type { Finding } from '../finding.ts';
import { isDraft } from '../review.ts';
import type { PackCheck } from './checked-pack.ts';

/** Each sentence is quoted by itself: it needs a source of its own, and must be understood without its neighbors. */
export const checkSentences: PackCheck = ({ pack, lineAt }) => {
  const findings: Finding[] = [];
  for (const passage of pack.passages) {
    for (const { start, end, sources } of passage.sentences) {
      const sentence = passage.text.slice(start, end);
      const line = lineAt(passage, start);
      if (sources.length === 0 && !isSignpost(sentence)) {
        findings.push({
          file: passage.file,
          line,
          code: 'fact-without-source',
          message: `no source for “${opening(sentence)}”`,
          mend: 'put the mark of its source behind it, as in “.[^S13]”; only “Ask …”, “Call …” and the like, without a figure, go without',
        });
      }
      const leaning = leansOnAnother(sentence);
      if (leaning !== undefined) {
        findings.push({
          file: passage.file,
          line,
          code: 'cannot-stand-alone',
          message: `begins with “${leaning}”: “${opening(sentence)}”`,
          mend: 'name what the sentence speaks of, so that it can be quoted alone',
          ...(isDraft(passage) && { draft: true }),
        });
      }
    }
  }
  return findings;
};

/** Whether a sentence only sends the reader to somebody, and so states no fact. */
export function isSignpost(sentence: string): boolean {
  return SIGNPOST.test(sentence) && !/\d/.test(sentence);
}

const SIGNPOST = /^(?:Ask|Talk|Tell|Check|Call|Contact|Speak|Bring|Keep|Let|Read|Follow|Write)\b/;

function opening(sentence: string): string {
  return sentence.length <= 60 ? sentence : `${sentence.slice(0, 57).trimEnd()}…`;
}
