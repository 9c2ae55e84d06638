import { describe, expect, it } from 'vitest';
import { createStyles } from '../../../bot/channels/terminal/styles.ts';
import { confidencePoints } from '../../../bot/evaluation/calibration.ts';
import { figuresOf, percentile } from '../../../bot/evaluation/figures.ts';
import { missesOf } from '../../../bot/evaluation/misses.ts';
import { reportHtml } from '../../../bot/evaluation/report-html.ts';
import { reportMisses } from '../../../bot/evaluation/report-misses.ts';
import { reportTable } from '../../../bot/evaluation/report-table.ts';
import { answer, explanation, judged, unanswered, urgent } from '../../support/judged.ts';
import { tinyPack } from '../../support/tiny-pack.ts';

const ROWS = [
  judged(
    { id: 'a', q: 'dry <lips> & "nose"?', topic: 'dryness', must: [['balm']] },
    answer('Something.'),
    explanation([1], 0.8),
  ),
  judged({ id: 'b', kinds: ['unanswered'], bucket: 'out_of_scope' }, unanswered(), explanation([0], 0.1)),
  judged({ id: 'c', kinds: ['urgent'], category: ['liver'], bucket: 'emergency' }, urgent('liver')),
];
const FIGURES = figuresOf(ROWS, tinyPack);

describe('figuresOf', () => {
  it('counts questions, dialogs and messages', () => {
    const turns = [
      { q: '1', kinds: ['unanswered'] },
      { q: '2', kinds: ['unanswered'] },
    ];
    const dialog = judged({ id: 'd', bucket: 'dialog', turns }, [unanswered(), unanswered()]);
    expect(figuresOf([...ROWS, dialog], tinyPack)).toMatchObject({ questions: 3, dialogs: 1, turns: 5, errors: 0 });
  });

  it('counts danger by the category expected first', () => {
    expect(FIGURES.urgentByCategory).toMatchObject({ liver: { count: 1, of: 1 } });
  });

  it('takes percentiles by nearest rank', () => {
    const values = [4, 1, 3, 2];
    expect([0, 0.5, 0.95, 1].map((share) => percentile(values, share))).toEqual([1, 2, 4, 4]);
    expect(percentile([], 0.5)).toBeUndefined();
  });
});

describe('reportTable', () => {
  const byFile = new Map([
    ['test/questions/a.jsonl', FIGURES],
    ['a/very/long/path/to/some/file/of/questions/b.jsonl', FIGURES],
  ]);
  const lines = reportTable({ byFile, all: FIGURES, styles: createStyles(false) });

  it('shows share, count and bounds', () => {
    expect(lines).toContainEqual(expect.stringMatching(/^Urgent recognized {2,}100\.0 % {2,}1\/1 {2,}2\.5 – 100\.0$/));
  });

  it('leaves out what nothing was counted for', () => {
    expect(lines.join('\n')).not.toContain('Dialogs');
  });

  it('fits 80 columns', () => {
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

describe('reportMisses', () => {
  it('shows each with what was asked, got, wanted and quoted', () => {
    const text = reportMisses({ misses: missesOf(ROWS), width: 80, styles: createStyles(false) }).join('\n');
    expect(text).toContain('wrong answer  a  dryness');
    expect(text).toContain('    wanted: answer; a quote with balm');
    expect(text).toContain('    quoted: Something.');
  });
});

describe('reportHtml', () => {
  const page = reportHtml({
    subject: 'Quotewell',
    date: '2026-11-23',
    files: ['a.jsonl'],
    figures: FIGURES,
    confidences: confidencePoints(ROWS, tinyPack),
    gates: [{ gate: 'ours', metric: 'urgentRecall', passed: false, says: 'too few', against: ['c'] }],
    misses: missesOf(ROWS),
  });

  it('escapes what was asked', () => {
    expect(page).toContain('dry &#60;lips&#62; &#38; &#34;nose&#34;?');
    expect(page).not.toContain('<lips>');
  });

  it('holds all it needs: no script, nothing from elsewhere', () => {
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|https?:/i);
  });

  it('draws the calibration curve, both histograms and the misses by topic', () => {
    const labels = [...page.matchAll(/<svg [^>]*aria-label="([^"]+)"/g)].map(([, label]) => label);
    expect(labels).toEqual(['Calibration curve', 'Confidence in scope', 'Confidence out of scope', 'Misses by topic']);
    expect(page).toContain('dryness');
  });

  it('shows the limits that were missed', () => {
    expect(page).toMatch(/<tr class="failed"><td>✗<\/td><td>ours<\/td><td>urgentRecall<\/td>/);
  });

  it('is drawn of nothing, too', () => {
    const nothing = { subject: 'x', date: '', files: [], confidences: [], gates: [], misses: [] };
    expect(reportHtml({ ...nothing, figures: figuresOf([], tinyPack) })).not.toContain('NaN');
  });
});
