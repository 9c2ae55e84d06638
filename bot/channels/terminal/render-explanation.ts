import type { Pack } from '../../../knowledge/pack/pack.ts';
import type { Ranking, RankingFeatures } from '../../conversation/retrieve.ts';
import type { RuleHit } from '../../conversation/triage/rules.ts';
import type { Evidence, Triage } from '../../conversation/triage/triage.ts';
import type { Explanation } from '../../conversation/turn.ts';
import type { Fitted } from '../../fitted/fitted.ts';
import type { Styles } from './styles.ts';
import { cutText, wrapText } from './wrap-text.ts';

export interface RenderExplanationOptions {
  readonly explanation: Explanation;
  readonly pack: Pack;
  /** The thresholds that scores are held against. */
  readonly fitted: Pick<Fitted, 'triage' | 'decision'>;
  /** Columns. */
  readonly width: number;
  readonly styles: Styles;
}

/** Every score behind a decision, for whoever writes rules or passages. */
export function renderExplanation(options: RenderExplanationOptions): string[] {
  const { explanation, styles, width } = options;
  return [
    styles.bold('Searched for'),
    ...explanation.searchedFor.flatMap((text) => indented(text, 2, width)),
    '',
    ...renderTriage(options),
    '',
    ...renderRanking(options),
  ];
}

function renderTriage({ explanation: { triage }, fitted, styles, width }: RenderExplanationOptions): string[] {
  const { urgent, refer } = fitted.triage;
  const thresholds =
    `An example decides from ${fixed(urgent.minimum)} with a lead of ${fixed(urgent.margin)} (refer: ` +
    `${fixed(refer.minimum)}, ${fixed(refer.margin)}); a likely rule needs a lead of ${fixed(urgent.likelyMargin)} (${fixed(refer.likelyMargin)}).`;
  return [
    `${styles.bold('Triage')}  ${outcomeOf(triage)}`,
    ...indented(thresholds, 2, width).map(styles.dim),
    ...telling(triage.evidence).flatMap((evidence) => renderEvidence(evidence, styles, width)),
  ];
}

function outcomeOf({ outcome }: Triage): string {
  switch (outcome.kind) {
    case 'urgent':
      return `urgent: ${outcome.categories.join(', ')}`;
    case 'refer':
      return `refer: ${outcome.reason}`;
    case 'pass':
      return 'nothing urgent, nothing to refer';
  }
}

/** What applied or found words, and the three labels whose examples came nearest. */
function telling(evidence: readonly Evidence[]): Evidence[] {
  const compared = evidence.filter(({ margin }) => margin !== undefined);
  const nearest = compared.toSorted((a, b) => (b.margin ?? -2) - (a.margin ?? -2)).slice(0, 3);
  const said = evidence.filter(({ applies, rules }) => applies || rules.length > 0);
  const rank = (found: Evidence) => (found.applies ? 2 : 0) + (found.rules.length > 0 ? 1 : 0);
  return [...new Set([...said, ...nearest])].sort((a, b) => rank(b) - rank(a) || (b.margin ?? -2) - (a.margin ?? -2));
}

function renderEvidence({ label, applies, rules, nearest, margin }: Evidence, styles: Styles, width: number): string[] {
  const head = applies ? `${styles.green('✓')} ${styles.bold(label)}` : `${styles.dim('·')} ${label}`;
  const example =
    nearest === undefined
      ? []
      : indented(
          `nearest example: score ${fixed(nearest.score)}, lead ${fixed(margin)}: “${nearest.text.trim()}”`,
          6,
          width,
        ).map(styles.dim);
  return [`  ${head}`, ...rules.flatMap((hit) => renderHit(hit, styles, width)), ...example];
}

function renderHit({ rule, says, strength, matched, stoppedBy }: RuleHit, styles: Styles, width: number): string[] {
  const stopped = stoppedBy.length > 0;
  const verdict = stopped ? `stopped by ${stoppedBy.join(', ')}` : 'fired';
  const text = `rule ${rule} (${strength}) ${verdict}: found “${matched}”; it recognizes: ${says}`;
  return indented(text, 6, width).map(stopped ? styles.yellow : (line) => line);
}

function renderRanking({ explanation, pack, fitted, styles, width }: RenderExplanationOptions): string[] {
  const { ranking, confidence } = explanation;
  const { answer, clarify } = fitted.decision;
  const verdict = `confidence ${fixed(confidence)} that the first answers (answers from ${fixed(answer)}, asks back from ${fixed(clarify)})`;
  if (ranking.length === 0) return [`${styles.bold('Ranking')}  none: the message was not searched for`];
  const head = `     ${['score', ...COLUMNS.map(([, short]) => short)].map((name) => name.padStart(CELL)).join('')}  passage`;
  return [
    styles.bold('Ranking'),
    ...indented(verdict, 2, width),
    styles.dim(cutText(head, width)),
    ...ranking.map((entry, i) => cutText(renderRow(entry, i + 1, pack), width)),
    ...indented(LEGEND, 2, width).map(styles.dim),
  ];
}

function renderRow({ passage, score, features }: Ranking, place: number, pack: Pack): string {
  const numbers = [score, ...COLUMNS.map(([name]) => features[name])].map((value) => fixed(value).padStart(CELL));
  const id = pack.passages[passage]?.id ?? String(passage);
  return `${String(place).padStart(4)} ${numbers.join('')}  ${id.slice(id.indexOf('/') + 1)}`;
}

const CELL = 6;
const COLUMNS: readonly (readonly [keyof RankingFeatures, string])[] = [
  ['question', 'quest'],
  ['questionMean', 'mean3'],
  ['passage', 'text'],
  ['words', 'words'],
  ['coverage', 'cover'],
  ['fusion', 'fuse'],
  ['regional', 'regio'],
];

const LEGEND =
  'quest, mean3: cosine to the nearest of its questions, mean of three; text: to its nearest sentences; words: BM25 as a ' +
  'share of the best; cover: share of the words that it holds; fuse: reciprocal ranks of the three lists; regio: 1 for a passage of the region alone.';

function indented(text: string, indent: number, width: number): string[] {
  return wrapText(text, width - indent).map((line) => `${' '.repeat(indent)}${line}`);
}

function fixed(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(2);
}
