import { describe, expect, it } from 'vitest';
import { missesOf } from '../../../bot/evaluation/misses.ts';
import { answer, explanation, judged, refer, unanswered, urgent } from '../../support/judged.ts';

const DANGER = { kinds: ['urgent'], category: ['liver'], bucket: 'emergency' };

describe('missesOf', () => {
  it('lists what was not right, the worst first', () => {
    const rows = [
      judged({ id: 'right' }, answer('x')),
      judged({ id: 'detail', ...DANGER }, urgent('vision')),
      judged({ id: 'held-back' }, unanswered()),
      judged({ id: 'wrong', must: [['y']] }, answer('x')),
      judged({ id: 'alarm' }, urgent('other')),
      judged({ id: 'missed', ...DANGER }, unanswered()),
    ];
    expect(missesOf(rows).map(({ id, severity }) => [id, severity])).toEqual([
      ['missed', 'missed danger'],
      ['alarm', 'false alarm'],
      ['wrong', 'wrong answer'],
      ['held-back', 'not right'],
      ['detail', 'detail'],
    ]);
  });

  it('lists, last, what will do but was not wanted first', () => {
    const rows = [
      judged({ id: 'second', kinds: ['answer', 'unanswered'] }, unanswered()),
      judged({ id: 'first', kinds: ['unanswered', 'answer'] }, unanswered()),
    ];
    expect(missesOf(rows)).toMatchObject([{ id: 'second', severity: 'detail', wanted: 'answer or unanswered' }]);
  });

  it('says what was got and what was wanted', () => {
    const row = judged(
      { id: 'a', kinds: ['answer', 'refer'], must: [['oil', 'sebum'], ['glands']] },
      answer('Sebum.'),
      explanation([0], 0.71),
    );
    expect(missesOf([row])).toMatchObject([
      { got: 'answer; confidence 0.71', wanted: 'answer or refer; a quote with glands', quotes: ['Sebum.'] },
    ]);
  });

  it('names the turn of a dialog, with what was said before', () => {
    const turns = [
      { q: 'hi', kinds: ['unanswered'] },
      { q: 'how much for me?', kinds: ['refer'], reason: ['personal_dosing'] },
    ];
    const row = judged({ id: 'd', bucket: 'dialog', turns }, [unanswered(), refer('illicit_access')]);
    expect(missesOf([row])).toMatchObject([
      { id: 'd, turn 2', before: ['hi'], got: 'refer (illicit_access)', severity: 'detail' },
    ]);
  });
});
