import type { ConfidencePoint } from './calibration.ts';
import type { Proportion } from './clopper-pearson.ts';
import type { Figures } from './figures.ts';
import type { GateResult } from './gates.ts';
import { type Html, html } from './html.ts';
import { METRICS } from './metrics.ts';
import type { Miss } from './misses.ts';
import { REPORT_STYLE } from './report-style.ts';
import { barPlot, calibrationPlot, histogramPlot } from './svg-plots.ts';

export interface HtmlReport {
  /** Of the bot that was asked, such as "Quotewell" or "plain dense retrieval". */
  readonly subject: string;
  /** ISO date. */
  readonly date: string;
  readonly files: readonly string[];
  readonly figures: Figures;
  readonly confidences: readonly ConfidencePoint[];
  readonly gates: readonly GateResult[];
  readonly misses: readonly Miss[];
}

/** One page that holds everything: no script, nothing loaded, light and dark. */
export function reportHtml(report: HtmlReport): string {
  const { subject, date, figures, misses } = report;
  const page = html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>Evaluation of ${subject}, ${date}</title>
<style>${{ markup: REPORT_STYLE }}</style>
</head>
<body>
<header>
<h1>Evaluation of ${subject}</h1>
<p>${date} · ${figures.questions} questions and ${figures.dialogs} dialogs, ${figures.turns} messages · ${report.files.join(', ')}</p>
</header>
${gatesSection(report.gates)}
${figuresSection(figures)}
${plotsSection(report)}
${missesSection(misses)}
</body>
</html>`;
  return `<!doctype html>\n${page.markup}\n`;
}

function gatesSection(gates: readonly GateResult[]): Html {
  if (gates.length === 0) return html``;
  const rows = gates.map(
    ({ gate, metric, passed, says }) =>
      html`<tr class="${passed ? 'passed' : 'failed'}"><td>${passed ? '✓' : '✗'}</td><td>${gate}</td><td>${metric}</td><td>${says}</td></tr>`,
  );
  return html`<section><h2>Limits</h2><div class="wide"><table><tbody>${rows}</tbody></table></div></section>`;
}

function figuresSection({
  metrics,
  retrieval,
  urgentByCategory,
  latency,
  sentencesPerAnswer,
  calibration,
}: Figures): Html {
  const rows = [
    ...METRICS.map(({ name, says }) => proportionRow(says, metrics[name], name)),
    proportionRow('Retrieval: right passage first', retrieval.recallAt1, 'recall@1'),
    proportionRow('  among the first five', retrieval.recallAt5, 'recall@5'),
    numberRow('  mean reciprocal rank', retrieval.meanReciprocalRank?.toFixed(3)),
    numberRow('Calibration: expected error', calibration.error?.toFixed(3)),
    numberRow('Sentences an answer quotes, median', sentencesPerAnswer?.toString()),
    numberRow('Milliseconds a message, median', latency?.p50.toFixed(1)),
    numberRow('  95th percentile', latency?.p95.toFixed(1)),
  ];
  const categories = Object.entries(urgentByCategory).map(([name, figure]) => proportionRow(name, figure));
  const head = html`<thead><tr><th></th><th>share</th><th>counted</th><th>95 % bounds</th></tr></thead>`;
  return html`<section><h2>Figures</h2><div class="wide"><table class="figures">${head}<tbody>${rows}</tbody></table></div>${
    categories.length > 0
      ? html`<h3>Urgent recognized, by category</h3><div class="wide"><table class="figures">${head}<tbody>${categories}</tbody></table></div>`
      : undefined
  }</section>`;
}

function proportionRow(says: string, figure: Proportion | undefined, name?: string): Html {
  if (figure?.rate === undefined) return html``;
  const { rate, count, of, low, high } = figure;
  return html`<tr><th scope="row" class="${indent(says)}" title="${name}">${says.trim()}</th><td>${percent(rate)} %</td><td>${count}/${of}</td><td>${percent(low)} – ${percent(high)}</td></tr>`;
}

function numberRow(says: string, value: string | undefined): Html {
  if (value === undefined) return html``;
  return html`<tr><th scope="row" class="${indent(says)}">${says.trim()}</th><td>${value}</td><td></td><td></td></tr>`;
}

function plotsSection({ figures, confidences, misses }: HtmlReport): Html {
  const inScope = confidences.filter((point) => point.inScope).map(({ confidence }) => confidence);
  const outOfScope = confidences.filter((point) => !point.inScope).map(({ confidence }) => confidence);
  const byTopic = new Map<string, number>();
  for (const { topic, severity } of misses) {
    if (severity !== 'detail') byTopic.set(topic, (byTopic.get(topic) ?? 0) + 1);
  }
  return html`<section><h2>Plots</h2><div class="plots">
<figure><figcaption>Calibration: how often it is right, by how sure it is. The dashed line is a bot that is as sure as it is right; numbers count questions.</figcaption>${calibrationPlot(figures.calibration.bins)}</figure>
<div>
<figure><figcaption>Confidence on ${inScope.length} questions that the pack answers</figcaption>${histogramPlot('Confidence in scope', inScope, 'good')}</figure>
<figure><figcaption>Confidence on ${outOfScope.length} questions that it does not answer</figcaption>${histogramPlot('Confidence out of scope', outOfScope, 'bad')}</figure>
</div>
<figure class="tall"><figcaption>Misses by topic</figcaption>${byTopic.size > 0 ? barPlot('Misses by topic', byTopic) : html`<p>None.</p>`}</figure>
</div></section>`;
}

function missesSection(misses: readonly Miss[]): Html {
  if (misses.length === 0) return html`<section><h2>Misses</h2><p>None: every reply was right.</p></section>`;
  const head = html`<thead><tr><th>Question</th><th>Got</th><th>Wanted</th><th>Quoted</th></tr></thead>`;
  return html`<section><h2>Misses (${misses.length})</h2><table class="misses">${head}<tbody>${misses.map(missRow)}</tbody></table></section>`;
}

function missRow({ id, topic, severity, before, question, got, wanted, note, quotes }: Miss): Html {
  const earlier = before.map((text) => html`<p class="before" dir="auto">${text}</p>`);
  const cited = quotes.map((text) => html`<blockquote>${text}</blockquote>`);
  return html`<tr>
<td data-label="Question"><span class="tag ${severity.replace(' ', '-')}">${severity}</span> <code>${id}</code> ${topic}${earlier}<p class="question" dir="auto">${question}</p></td>
<td data-label="Got">${got}</td>
<td data-label="Wanted">${wanted}${note === '' ? undefined : html`<p class="note">${note}</p>`}</td>
<td data-label="Quoted">${cited.length > 0 ? cited : 'nothing'}</td>
</tr>`;
}

function indent(says: string): string {
  return says.startsWith('  ') ? 'indented' : '';
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}
