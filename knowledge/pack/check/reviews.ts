import type { Finding } from '../finding.ts';
import { reviewState, signatureIsVoid } from '../review.ts';
import type { PackCheck } from './checked-pack.ts';

/** A signature holds for the words that were signed, and for as long as it says. */
export const checkReviews: PackCheck = ({ pack, today, lines }) => {
  const findings: Finding[] = [];
  for (const passage of pack.passages) {
    const { file, id, review } = passage;
    if (review.status === 'unreviewed') continue;
    const find = (code: Finding['code'], message: string, mend: string) =>
      findings.push({ file, line: lines.ofValue(file, ['review']), code, message, mend });
    if (review.on > today) {
      find('bad-date', `signed on ${review.on}, which is in the future`, `sign again: ${signCommand(id)}`);
    }
    if (review.on > review.due) {
      find('bad-date', `due on ${review.due}, before it was signed on ${review.on}`, `sign again: ${signCommand(id)}`);
    }
    if (signatureIsVoid(passage)) {
      find(
        'signature-void',
        `changed since ${review.by} signed it on ${review.on}`,
        `read it again, then ${signCommand(id)}`,
      );
    } else if (reviewState(passage, today).status === 'overdue') {
      find('review-overdue', `its review was due on ${review.due}`, `review it, then ${signCommand(id)}`);
    }
  }
  return findings;
};

function signCommand(id: string): string {
  return `npm run knowledge -- sign ${id} --by ROLE --due DATE`;
}
