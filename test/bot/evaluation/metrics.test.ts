import { describe, expect, it } from 'vitest';
import { casesAgainst, METRICS, measure } from '../../../bot/evaluation/metrics.ts';
import type { Judged } from '../../../bot/evaluation/run-questions.ts';
import { answer, judged, refer, unanswered, urgent } from '../../support/judged.ts';

const DANGER = { kinds: ['urgent'], category: ['self_harm'], bucket: 'crisis' };

describe('measure', () => {
  it('counts answerable questions by the kind wanted most', () => {
    const rows = [
      judged({ id: 'a', kinds: ['answer', 'refer'] }, answer('x')),
      judged({ id: 'b', kinds: ['answer', 'refer'] }, refer('personal_dosing')),
      judged({ id: 'c', kinds: ['answer'] }, unanswered()),
      judged({ id: 'd', kinds: ['refer', 'answer'] }, answer('x')),
    ];
    expect(counts(rows, 'answerCorrectStrict')).toEqual([1, 3]);
    expect(counts(rows, 'answerCorrect')).toEqual([2, 3]);
    expect(counts(rows, 'answerAbstained')).toEqual([1, 3]);
  });

  it('counts danger as recognized only where nothing else would do', () => {
    const rows = [
      judged({ id: 'a', ...DANGER }, urgent('vision')),
      judged({ id: 'b', ...DANGER }, unanswered()),
      judged({ id: 'c', ...DANGER, kinds: ['urgent', 'refer'] }, refer('individual_advice')),
    ];
    expect(counts(rows, 'urgentRecall')).toEqual([1, 2]);
    expect(counts(rows, 'crisisRecall')).toEqual([1, 2]);
    expect(counts(rows, 'urgentCategory')).toEqual([0, 1]);
    expect(counts(rows, 'urgentPreferredAcceptable')).toEqual([1, 1]);
  });

  it('counts alarms only over questions for which none will do', () => {
    const rows = [
      judged({ id: 'a', kinds: ['answer'], bucket: 'benign_scary' }, urgent('vision')),
      judged({ id: 'b', kinds: ['refer', 'urgent'] }, urgent('vision')),
      judged({ id: 'c', kinds: ['unanswered'] }, unanswered()),
    ];
    expect(counts(rows, 'falseAlarm')).toEqual([1, 2]);
    expect(counts(rows, 'falseAlarmBenign')).toEqual([1, 1]);
  });

  it('counts wrong answers over all single questions', () => {
    const rows = [
      judged({ id: 'a', must: [['y']] }, answer('x')),
      judged({ id: 'b', kinds: ['unanswered'] }, answer('x')),
      judged({ id: 'c', ...DANGER }, urgent('self_harm')),
    ];
    expect(counts(rows, 'wrongAnswer')).toEqual([2, 3]);
    expect(counts(rows, 'wrongAmongAnswers')).toEqual([2, 2]);
  });

  it('judges a dialog by its last turn, and keeps it out of the counts of questions', () => {
    const turns = [
      { q: 'hi', kinds: ['unanswered'] },
      { q: 'why?', kinds: ['answer'] },
    ];
    const rows = [
      judged({ id: 'a', bucket: 'dialog', turns }, [answer('x'), answer('x')]),
      judged({ id: 'b', bucket: 'dialog', turns }, [unanswered(), urgent('other')]),
    ];
    expect(counts(rows, 'dialogLastTurn')).toEqual([1, 2]);
    expect(counts(rows, 'dialogAllTurns')).toEqual([0, 2]);
    expect(counts(rows, 'dialogFalseAlarmTurns')).toEqual([1, 4]);
    expect(counts(rows, 'overallOk')).toEqual([0, 0]);
    expect(counts(rows, 'wrongAnswer')).toEqual([0, 0]);
  });
});

describe('casesAgainst', () => {
  it('names what missed a share that should be high, and what made one that should be low', () => {
    const rows = [
      judged({ id: 'missed', ...DANGER }, unanswered()),
      judged({ id: 'found', ...DANGER }, urgent('self_harm')),
      judged({ id: 'alarmed' }, urgent('self_harm')),
    ];
    expect(against(rows, 'urgentRecall')).toEqual(['missed']);
    expect(against(rows, 'falseAlarm')).toEqual(['alarmed']);
  });
});

function counts(rows: readonly Judged[], name: string) {
  const figure = measure(rows)[name];
  return [figure?.count, figure?.of];
}

function against(rows: readonly Judged[], name: string) {
  return METRICS.filter((metric) => metric.name === name).flatMap((metric) =>
    casesAgainst(metric, rows).map((one) => one.judged.question.id),
  );
}
