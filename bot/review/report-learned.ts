import { isoDate } from '../../knowledge/pack/iso-date.ts';
import type { Config } from '../config.ts';
import type { AskedQuestion, Learned } from './learned.ts';

/** What was learned, as lines to read in a terminal. Control characters that people typed are taken out. */
export function reportLearned(
  { feedback, unanswered, disliked, passages, comments, due }: Learned,
  { keepQuestions, retentionDays }: Pick<Config, 'keepQuestions' | 'retentionDays'>,
): string[] {
  const notKept = keepQuestions ? [] : ['Questions are not kept; KEEP_QUESTIONS=true keeps them, redacted.'];
  return [
    `Kept for ${count(retentionDays, 'day')}. Replies rated: ${feedback.up} up, ${feedback.down} down.`,
    ...notKept,
    ...section('Unanswered questions', unanswered.map(drawQuestion)),
    ...section('Disliked questions', disliked.map(drawQuestion)),
    ...section(
      'Disliked passages',
      passages.map(({ id, up, down, reasons }) => {
        const why = reasons.map(({ reason, times }) => `${reason} ${times}`).join(', ');
        return `${id}  ${down} down, ${up} up${why && `  (${why})`}`;
      }),
    ),
    ...section(
      'Comments on disliked replies',
      comments.map(({ comment, passages: about, at }) => `${day(at)}  ${plain(comment)}${quoting(about)}`),
    ),
    ...section(
      'Signed passages to read again within 30 days',
      due.map(({ passage, by, due: date, why }) => `${date}  ${WHY[why]}  ${passage.id}  (${by})`),
    ),
  ];
}

const WHY = { void: 'changed since it was signed', overdue: 'overdue', soon: 'soon' } as const;

function section(title: string, lines: readonly string[]): string[] {
  return ['', `${title}: ${lines.length === 0 ? 'none' : lines.length}`, ...lines.map((line) => `  ${line}`)];
}

function drawQuestion({ question, times, lastAt, passages }: AskedQuestion): string {
  return `${times}x  ${day(lastAt)}  ${plain(question)}${quoting(passages)}`;
}

function quoting(passages: readonly string[]): string {
  return passages.length === 0 ? '' : `  [quoted: ${passages.join(', ')}]`;
}

/** On one line, and nothing in it that a terminal would obey. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}

function day(at: number): string {
  return isoDate(new Date(at));
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
