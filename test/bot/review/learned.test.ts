import { describe, expect, it } from 'vitest';
import { learnedFrom } from '../../../bot/review/learned.ts';
import { reportLearned } from '../../../bot/review/report-learned.ts';
import type { KeptFeedback, KeptQuestion } from '../../../bot/store/store.ts';
import { tinyPack } from '../../support/tiny-pack.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z');
let ids = 0;
const question = (parts: Partial<KeptQuestion>): KeptQuestion => ({
  replyId: `r${ids++}`,
  why: 'unanswered',
  question: 'is it ok',
  passages: [],
  at: NOON,
  ...parts,
});
const rating = (parts: Partial<KeptFeedback>): KeptFeedback => ({
  replyId: `r${ids++}`,
  rating: 'down',
  kind: 'answer',
  passages: ['tiny/a/b'],
  at: NOON,
  ...parts,
});
const learn = (parts: { questions?: KeptQuestion[]; feedback?: KeptFeedback[]; today?: string }) =>
  learnedFrom({ questions: [], feedback: [], today: '2026-11-23', pack: tinyPack, ...parts });

describe('what was learned', () => {
  it('is nothing where nothing was kept', () => {
    expect(learn({ today: '2026-01-11' })).toEqual({
      feedback: { up: 0, down: 0 },
      unanswered: [],
      disliked: [],
      passages: [],
      comments: [],
      due: [],
    });
  });

  it('counts wordings that differ in case and punctuation only as one question, as it was worded last', () => {
    const questions = [
      question({ question: 'Is it OK?', at: NOON + 2 }),
      question({ question: 'is it ok', at: NOON + 1 }),
      question({ question: 'is it not ok', at: NOON + 3 }),
    ];
    expect(learn({ questions }).unanswered).toEqual([
      { question: 'Is it OK?', times: 2, lastAt: NOON + 2, passages: [] },
      { question: 'is it not ok', times: 1, lastAt: NOON + 3, passages: [] },
    ]);
  });

  it('keeps questions without words apart', () => {
    const questions = [question({ question: '🙂' }), question({ question: '?!' })];
    expect(learn({ questions }).unanswered).toHaveLength(2);
  });

  it('tells unanswered from disliked questions, and what was quoted to those', () => {
    const disliked = { why: 'disliked', question: 'how long' } as const;
    const questions = [
      question({ ...disliked, passages: ['tiny/a/1', 'tiny/a/2'] }),
      question({ ...disliked, passages: ['tiny/a/2', 'tiny/a/3'] }),
      question({}),
    ];
    const learned = learn({ questions });
    expect(learned.unanswered).toHaveLength(1);
    expect(learned.disliked).toMatchObject([{ times: 2, passages: ['tiny/a/1', 'tiny/a/2', 'tiny/a/3'] }]);
  });

  it('counts ratings by passage, with the reasons of those who disliked it, most disliked first', () => {
    const feedback = [
      rating({ passages: ['tiny/a/1', 'tiny/a/2'], reason: 'unclear' }),
      rating({ passages: ['tiny/a/2'], reason: 'wrong' }),
      rating({ passages: ['tiny/a/2'], reason: 'unclear' }),
      rating({ passages: ['tiny/a/2'], rating: 'up', reason: 'clear' }),
      rating({ passages: ['tiny/a/3'], rating: 'up' }),
      rating({ passages: [], kind: 'unanswered' }),
    ];
    const learned = learn({ feedback });
    expect(learned.feedback).toEqual({ up: 2, down: 4 });
    expect(learned.passages).toEqual([
      {
        id: 'tiny/a/2',
        up: 1,
        down: 3,
        reasons: [
          { reason: 'unclear', times: 2 },
          { reason: 'wrong', times: 1 },
        ],
      },
      { id: 'tiny/a/1', up: 0, down: 1, reasons: [{ reason: 'unclear', times: 1 }] },
    ]);
  });

  it('lists comments on disliked replies, newest first', () => {
    const feedback = [
      rating({ comment: 'first', at: NOON }),
      rating({ comment: 'second', at: NOON + 1 }),
      rating({ comment: 'nice', rating: 'up' }),
      rating({ comment: '' }),
    ];
    expect(learn({ feedback }).comments.map(({ comment }) => comment)).toEqual(['second', 'first']);
  });

  it('names the signed passages to read again within 30 days', () => {
    const due = (today: string) => learn({ today }).due.map(({ passage, why }) => `${passage.id} ${why}`);
    expect(due('2026-10-31')).toEqual([]);
    expect(due('2026-11-23')).toEqual(['tiny/side-effects/dry-lips soon']);
    expect(due('2026-12-02')).toEqual(['tiny/side-effects/dry-lips overdue']);
  });
});

describe('the report', () => {
  const settings = { keepQuestions: true, retentionDays: 30 };

  it('shows each section with its count, or that there is nothing', () => {
    const learned = learn({
      questions: [question({ question: 'is it ok' })],
      feedback: [rating({ reason: 'unclear', comment: 'too long' })],
    });
    expect(reportLearned(learned, settings)).toEqual([
      'Kept for 30 days. Replies rated: 0 up, 1 down.',
      '',
      'Unanswered questions: 1',
      expect.stringMatching(/^ {2}1x {2}2026-11-2\d {2}is it ok$/),
      '',
      'Disliked questions: none',
      '',
      'Disliked passages: 1',
      '  tiny/a/b  1 down, 0 up  (unclear 1)',
      '',
      'Comments on disliked replies: 1',
      expect.stringMatching(/^ {2}2026-11-2\d {2}too long {2}\[quoted: tiny\/a\/b\]$/),
      '',
      'Signed passages to read again within 30 days: 1',
      '  2026-12-01  soon  tiny/side-effects/dry-lips  (Dermatology nurse)',
    ]);
  });

  it('says why there are no questions where they are not kept', () => {
    const lines = reportLearned(learn({}), { ...settings, keepQuestions: false });
    expect(lines[1]).toMatch(/not kept; KEEP_QUESTIONS=true/);
  });

  it('lets nobody write to the terminal of who reads it', () => {
    const questions = [question({ question: 'a\u001b[2Jb\nc\u202ed\u0007' })];
    const text = reportLearned(learn({ questions }), settings).join('\n');
    expect(text).toContain('a [2Jb c d');
    for (const character of '\u001b\u0007\u202e') expect(text).not.toContain(character);
  });
});
