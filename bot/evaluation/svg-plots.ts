import type { CalibrationBin } from './calibration.ts';
import { type Html, html } from './html.ts';

/** Confidence against how often it was right; the size of a dot and the number beside it say how many there were. */
export function calibrationPlot(bins: readonly CalibrationBin[]): Html {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const x = (share: number) => round(LEFT + share * PLOT_WIDTH);
  const y = (share: number) => round(TOP + (1 - share) * PLOT_HEIGHT);
  const points = bins.map(({ meanConfidence, accuracy }) => `${x(meanConfidence)},${y(accuracy)}`).join(' ');
  const dots = bins.map(({ meanConfidence, accuracy, count, from, to }) => {
    // Above the dot, but below it where the number would leave the plot.
    const label = y(accuracy) - 10 < TOP ? y(accuracy) + 20 : y(accuracy) - 10;
    const says = `confidence ${from.toFixed(1)} to ${to.toFixed(1)}: ${count} questions, ${percent(accuracy)} right`;
    return html`<g><title>${says}</title><circle class="dot" cx="${x(meanConfidence)}" cy="${y(accuracy)}" r="${round(3 + 4 * Math.sqrt(count / most))}"/><text class="count" x="${x(meanConfidence)}" y="${label}">${count}</text></g>`;
  });
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      html`<line class="grid" x1="${LEFT}" x2="${LEFT + PLOT_WIDTH}" y1="${y(share)}" y2="${y(share)}"/><text class="tick end" x="${LEFT - 6}" y="${y(share) + 4}">${percent(share)}</text><text class="tick" x="${x(share)}" y="${TOP + PLOT_HEIGHT + 16}">${share}</text>`,
  );
  return figure(
    'Calibration curve',
    html`${grid}<line class="ideal" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/><polyline class="curve" points="${points}"/>${dots}${axis('confidence')}`,
  );
}

/** How many had which confidence, over 0 to 1 in twenty bars. */
export function histogramPlot(title: string, values: readonly number[], tone: 'good' | 'bad'): Html {
  const counts = Array.from({ length: BARS }, () => 0);
  for (const value of values) {
    const place = Math.min(BARS - 1, Math.floor(value * BARS));
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const most = Math.max(1, ...counts);
  const wide = PLOT_WIDTH / BARS;
  const bars = counts.map((count, i) => {
    const tall = (count / most) * HISTOGRAM_HEIGHT;
    const says = `${(i / BARS).toFixed(2)} to ${((i + 1) / BARS).toFixed(2)}: ${count}`;
    return html`<rect class="${tone}" x="${round(LEFT + i * wide + 1)}" y="${round(TOP + HISTOGRAM_HEIGHT - tall)}" width="${round(wide - 2)}" height="${round(tall)}"><title>${says}</title></rect>`;
  });
  const base = TOP + HISTOGRAM_HEIGHT;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) => html`<text class="tick" x="${round(LEFT + share * PLOT_WIDTH)}" y="${base + 16}">${share}</text>`,
  );
  return figure(
    title,
    html`<line class="grid" x1="${LEFT}" x2="${LEFT + PLOT_WIDTH}" y1="${base}" y2="${base}"/><text class="tick end" x="${LEFT - 6}" y="${TOP + 8}">${most}</text><text class="tick end" x="${LEFT - 6}" y="${base}">0</text>${bars}${ticks}${axis('confidence', base)}`,
    base + 38,
  );
}

/** One bar for each name, longest first; past the twenty-five longest, one for all the others. */
export function barPlot(title: string, counts: ReadonlyMap<string, number>): Html {
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
  const rest = sorted.slice(MOST_BARS);
  const others: [string, number] = [`${rest.length} others, together`, rest.reduce((sum, [, count]) => sum + count, 0)];
  const rows = [...sorted.slice(0, MOST_BARS), ...(rest.length > 0 ? [others] : [])];
  const most = Math.max(1, ...rows.map(([, count]) => count));
  const bars = rows.map(([name, count], i) => {
    const top = 4 + i * ROW_HEIGHT;
    return html`<text class="tick end" x="${NAME_WIDTH - 8}" y="${top + 13}">${cut(name)}</text><rect class="bad" x="${NAME_WIDTH}" y="${top}" width="${round((count / most) * (WIDTH - NAME_WIDTH - 40))}" height="${ROW_HEIGHT - 5}"/><text class="tick start" x="${round(NAME_WIDTH + (count / most) * (WIDTH - NAME_WIDTH - 40) + 6)}" y="${top + 13}">${count}</text>`;
  });
  return figure(title, html`${bars}`, rows.length * ROW_HEIGHT + 8);
}

// Narrow, so that it is legible on a phone without zooming.
const WIDTH = 420;
const LEFT = 48;
const TOP = 16;
const PLOT_WIDTH = WIDTH - LEFT - 20;
const PLOT_HEIGHT = 240;
const HISTOGRAM_HEIGHT = 120;
const HEIGHT = TOP + PLOT_HEIGHT + 38;
const BARS = 20;
const MOST_BARS = 25;
const ROW_HEIGHT = 20;
const NAME_WIDTH = 190;

function figure(title: string, content: Html, height = HEIGHT): Html {
  return html`<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">${content}</svg>`;
}

function axis(name: string, base = TOP + PLOT_HEIGHT): Html {
  return html`<text class="tick" x="${LEFT + PLOT_WIDTH / 2}" y="${base + 33}">${name}</text>`;
}

function cut(name: string): string {
  return name.length > 28 ? `${name.slice(0, 27)}…` : name;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
