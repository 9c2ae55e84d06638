import { describe, expect, it } from 'vitest';
import { renderExplanation } from '../../../../bot/channels/terminal/render-explanation.ts';
import { createStyles } from '../../../../bot/channels/terminal/styles.ts';
import type { Evidence, Triage } from '../../../../bot/conversation/triage/triage.ts';
import { explanation } from '../../../support/judged.ts';
import { tinyPack } from '../../../support/tiny-pack.ts';

const FITTED = { triage: { urgent: 0.5, urgentByRule: 0.1, refer: 0.4, referByRule: 0.2 } };

describe('renderExplanation', () => {
  it('shows a rule that fired, with what it recognizes and the words that it found', () => {
    const text = explained({
      outcome: { kind: 'urgent', categories: ['self_harm'] },
      evidence: [evidence('self_harm')],
    });
    expect(text).toContain('Triage  urgent: self_harm');
    expect(text).toContain('✓ self_harm');
    expect(text).toContain('rule wants-to-die (sure) fired: found “want to die”; it recognizes: wants to die');
  });

  it('shows what stopped a rule', () => {
    const [hit] = evidence('self_harm').rules;
    const stopped = evidence('self_harm', {
      applies: false,
      rules: hit ? [{ ...hit, stoppedBy: ['negation', 'past'] }] : [],
    });
    expect(explained({ outcome: { kind: 'pass' }, evidence: [stopped] })).toContain(
      '(sure) stopped by negation, past: found',
    );
  });

  it('shows the probability of a label, and the nearest example', () => {
    const text = explained({ outcome: { kind: 'pass' }, evidence: [evidence('liver', { rules: [] })] });
    expect(text).toContain('✓ liver  probability 0.71');
    expect(text).toContain('nearest example (0.66): “my eyes went yellow”');
  });

  it('shows the thresholds that the probabilities are held against', () => {
    const text = explained({ outcome: { kind: 'pass' }, evidence: [] });
    expect(text).toContain('danger 0.30 (urgent from 0.50, with a sure rule from 0.10)');
    expect(text).toContain('decision 0.20 (refers from 0.40, with a sure rule from 0.20)');
  });

  it('says so where there is no classifier for the model', () => {
    const triage = { outcome: { kind: 'pass' as const }, evidence: [], outside: undefined, statesOfPerson: false };
    const text = render({ ...explanation([0]), triage: { ...triage, urgent: undefined, refer: undefined } });
    expect(text).toContain('the rules decide alone');
  });

  it('shows of labels that found nothing only the three likeliest', () => {
    const labels = ['a', 'b', 'c', 'd'].map((label, i) =>
      evidence(label, { applies: false, rules: [], probability: 0.4 - i / 10 }),
    );
    const text = explained({
      outcome: { kind: 'pass' },
      evidence: [...labels, evidence('e', { applies: false, probability: 0 })],
    });
    expect(text.match(/^ {2}· \w/gm)).toEqual(['  · e', '  · a', '  · b', '  · c']);
  });

  it('shows every feature of every passage in the ranking, and the confidence with its thresholds', () => {
    const about = explanation([0, 1], 0.83);
    const text = explained({ outcome: { kind: 'pass' }, evidence: [] });
    const row = text.split('\n').find((line) => line.includes('permanence/does-it-come-back'));
    expect(row?.match(/\d\.\d\d/g)).toHaveLength(1 + Object.keys(about.ranking[0]?.features ?? {}).length);
    expect(text).toContain('confidence 0.83 that the first answers (answers from 0.70, asks back from 0.40)');
    expect(text).toContain('what was searched for');
  });

  it('says so when nothing was searched for', () => {
    expect(render(explanation([]))).toContain('Ranking  none');
  });
});

function evidence(label: string, more: Partial<Evidence> = {}): Evidence {
  return {
    label,
    applies: true,
    rules: [{ rule: 'wants-to-die', says: 'wants to die', strength: 'sure', matched: 'want to die', stoppedBy: [] }],
    probability: 0.71,
    ...more,
  };
}

function explained(triage: Pick<Triage, 'outcome' | 'evidence'>): string {
  const nearest = new Map([['liver', { label: 'liver', text: 'my eyes went yellow', score: 0.66 }]]);
  return render({
    ...explanation([0, 1], 0.83),
    triage: { ...triage, urgent: 0.3, refer: 0.2, outside: 0, statesOfPerson: false },
    nearestExamples: () => nearest,
  });
}

function render(about: ReturnType<typeof explanation>): string {
  const options = { explanation: about, pack: tinyPack, fitted: FITTED, width: 100, styles: createStyles(false) };
  return renderExplanation(options).join('\n');
}
