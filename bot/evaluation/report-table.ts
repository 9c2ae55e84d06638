import type { Styles } from '../channels/terminal/styles.ts';
import { columnsOf, cutFront, cutText } from '../channels/terminal/wrap-text.ts';
import type { Proportion } from './clopper-pearson.ts';
import type { Figures } from './figures.ts';
import { METRICS } from './metrics.ts';

/** A run as tables for a terminal of at least 80 columns; what nothing was counted for is left out. */
export function reportTable({
  byFile,
  all,
  styles,
}: {
  byFile: ReadonlyMap<string, Figures>;
  all: Figures;
  styles: Styles;
}): string[] {
  return [
    styles.bold(row('', 'share', 'counted', '95 % bounds')),
    styles.dim(RULE),
    ...METRICS.flatMap(({ name, says }) => proportionRow(says, all.metrics[name])),
    styles.dim(RULE),
    ...proportionRow('Retrieval: right passage first', all.retrieval.recallAt1),
    ...proportionRow('  among the first five', all.retrieval.recallAt5),
    ...numberRow('  mean reciprocal rank', all.retrieval.meanReciprocalRank, 3),
    ...numberRow('Calibration: expected error', all.calibration.error, 3),
    ...numberRow('Sentences an answer quotes, median', all.sentencesPerAnswer, 0),
    ...latencyRow(all),
    row('Messages asked; errors', String(all.turns), String(all.errors), ''),
    ...categoryTable(all, styles),
    ...(byFile.size > 1 ? fileTable(byFile, styles) : []),
  ];
}

const WIDTHS = [42, 8, 12, 14] as const;
const RULE = '─'.repeat(WIDTHS.reduce((a, b) => a + b, 0));

function row(label: string, ...cells: string[]): string {
  const padded = cells.map((cell, i) => cell.padStart(WIDTHS[i + 1] ?? 0));
  const room = WIDTHS[0];
  const cut = cutText(label, room);
  return `${cut}${' '.repeat(room - columnsOf(cut))}${padded.join('')}`.trimEnd();
}

function proportionRow(says: string, figure: Proportion | undefined): string[] {
  if (!figure || figure.rate === undefined) return [];
  const bounds = `${percent(figure.low)} – ${percent(figure.high)}`;
  return [row(says, `${percent(figure.rate)} %`, `${figure.count}/${figure.of}`, bounds)];
}

function numberRow(says: string, value: number | undefined, digits: number): string[] {
  return value === undefined ? [] : [row(says, value.toFixed(digits))];
}

function latencyRow({ latency }: Figures): string[] {
  if (!latency) return [];
  const { p50, p95, p99, max } = latency;
  const times = [p50, p95, p99, max].map((time) => time.toFixed(1)).join(' / ');
  return [`${'Milliseconds p50 / p95 / p99 / max'.padEnd(WIDTHS[0])}  ${times}`];
}

function categoryTable({ urgentByCategory }: Figures, styles: Styles): string[] {
  const rows = Object.entries(urgentByCategory).flatMap(([category, figure]) => proportionRow(`  ${category}`, figure));
  return rows.length > 0 ? ['', styles.bold('Urgent recognized, by category'), ...rows] : [];
}

function fileTable(byFile: ReadonlyMap<string, Figures>, styles: Styles): string[] {
  const rows = [...byFile].map(([file, { questions, dialogs, metrics }]) => {
    const right = dialogs > 0 && questions === 0 ? metrics.dialogLastTurn : metrics.overallOk;
    const shares = [right, metrics.wrongAnswer, metrics.falseAlarm].map((figure) => {
      return figure?.rate === undefined ? '–' : `${percent(figure.rate)} %`;
    });
    return fileRow(file, String(questions + dialogs), ...shares);
  });
  return ['', styles.bold(fileRow('By file', 'asked', 'right', 'wrong answers', 'false alarms')), ...rows];
}

function fileRow(file: string, ...cells: string[]): string {
  const [asked = '', right = '', wrong = '', alarms = ''] = cells;
  return `${cutFront(file, 32).padEnd(32)}${asked.padStart(8)}${right.padStart(9)}${wrong.padStart(15)}${alarms.padStart(14)}`;
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}
