import { describe, expect, it } from 'vitest';
import { renderExplanation } from '../../../../bot/channels/terminal/render-explanation.ts';
import { createStyles } from '../../../../bot/channels/terminal/styles.ts';
import type { Evidence, Triage } from '../../../../bot/conversation/triage/triage.ts';
import { explanation } from '../../../support/judged.ts';
import { tinyPack } from '../../../support/tiny-pack.ts';

const FITTED = {
  triage: {
    urgent: { minimum: 0.6, margin: 0.06, likelyMargin: -0.1 },
    refer: { minimum: 0.5, margin: 0.05, likelyMargin: -0.2 },
  },
  decision: { answer: 0.7, clarify: 0.4 },
};

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

  it('shows the nearest example with its score and its lead', () => {
    const text = explained({ outcome: { kind: 'pass' }, evidence: [evidence('liver', { rules: [] })] });
    expect(text).toContain('nearest example: score 0.71, lead 0.08: “my eyes went yellow”');
  });

  it('shows of labels that found nothing only the three that came nearest', () => {
    const labels = ['a', 'b', 'c', 'd'].map((label, i) =>
      evidence(label, { applies: false, rules: [], margin: -i / 10 }),
    );
    const text = explained({
      outcome: { kind: 'pass' },
      evidence: [...labels, evidence('e', { applies: false, margin: -1 })],
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
    const about = {
      ...explanation([]),
      triage: { outcome: { kind: 'pass' as const }, evidence: [], statesOfPerson: false },
    };
    expect(render(about)).toContain('Ranking  none');
  });
});

function evidence(label: string, more: Partial<Evidence> = {}): Evidence {
  return {
    label,
    applies: true,
    rules: [{ rule: 'wants-to-die', says: 'wants to die', strength: 'sure', matched: 'want to die', stoppedBy: [] }],
    nearest: { label, text: 'my eyes went yellow', score: 0.71 },
    margin: 0.08,
    ...more,
  };
}

function explained(triage: Omit<Triage, 'statesOfPerson'>): string {
  return render({ ...explanation([0, 1], 0.83), triage: { ...triage, statesOfPerson: false } });
}

function render(about: ReturnType<typeof explanation>): string {
  const options = { explanation: about, pack: tinyPack, fitted: FITTED, width: 100, styles: createStyles(false) };
  return renderExplanation(options).join('\n');
}
