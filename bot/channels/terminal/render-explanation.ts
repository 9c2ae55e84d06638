import type { Pack } from '../../../knowledge/pack/pack.ts';
import type { Ranking, RankingFeatures } from '../../conversation/retrieve.ts';
import type { NearestExample } from '../../conversation/triage/examples.ts';
import type { RuleHit } from '../../conversation/triage/rules.ts';
import type { Evidence, Triage } from '../../conversation/triage/triage.ts';
import type { Explanation } from '../../conversation/turn.ts';
import type { Fitted } from '../../fitted/fitted.ts';
import type { Styles } from './styles.ts';
import { cutText, wrapText } from './wrap-text.ts';

export interface RenderExplanationOptions {
  readonly explanation: Explanation;
  readonly pack: Pack;
  /** The thresholds that triage is held against. */
  readonly fitted: Pick<Fitted, 'triage'>;
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

function renderTriage({ explanation, fitted, styles, width }: RenderExplanationOptions): string[] {
  const { triage } = explanation;
  const { urgent, urgentByRule, refer, referByRule } = fitted.triage;
  const weighed =
    triage.urgent === undefined || triage.refer === undefined
      ? ['No classifier for this model: the rules decide alone.']
      : [
          `danger ${fixed(triage.urgent)} (urgent from ${fixed(urgent)}, with a sure rule from ${fixed(urgentByRule)})`,
          `decision ${fixed(triage.refer)} (refers from ${fixed(refer)}, with a sure rule from ${fixed(referByRule)})`,
          `something else than the pack ${fixed(triage.outside ?? 0)}`,
        ];
  const nearest = explanation.nearestExamples();
  return [
    `${styles.bold('Triage')}  ${outcomeOf(triage)}`,
    ...weighed.flatMap((line) => indented(line, 2, width)).map(styles.dim),
    ...telling(triage.evidence).flatMap((found) => renderEvidence(found, nearest.get(found.label), styles, width)),
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

/** What applied or found words, and the three likeliest labels. */
function telling(evidence: readonly Evidence[]): Evidence[] {
  const likeliest = evidence.toSorted((a, b) => (b.probability ?? 0) - (a.probability ?? 0)).slice(0, 3);
  const said = evidence.filter(({ applies, rules }) => applies || rules.length > 0);
  const rank = (found: Evidence) =>
    (found.applies ? 4 : 0) + (found.rules.length > 0 ? 2 : 0) + (found.probability ?? 0);
  return [...new Set([...said, ...likeliest])].sort((a, b) => rank(b) - rank(a));
}

function renderEvidence(
  { label, applies, rules, probability }: Evidence,
  nearest: NearestExample | undefined,
  styles: Styles,
  width: number,
): string[] {
  const head = applies ? `${styles.green('✓')} ${styles.bold(label)}` : `${styles.dim('·')} ${label}`;
  const likely = probability === undefined ? '' : `  probability ${fixed(probability)}`;
  const example =
    nearest === undefined
      ? []
      : indented(`nearest example (${fixed(nearest.score)}): “${nearest.text.trim()}”`, 6, width).map(styles.dim);
  return [`  ${head}${styles.dim(likely)}`, ...rules.flatMap((hit) => renderHit(hit, styles, width)), ...example];
}

function renderHit({ rule, says, strength, matched, stoppedBy }: RuleHit, styles: Styles, width: number): string[] {
  const stopped = stoppedBy.length > 0;
  const verdict = stopped ? `stopped by ${stoppedBy.join(', ')}` : 'fired';
  const text = `rule ${rule} (${strength}) ${verdict}: found “${matched}”; it recognizes: ${says}`;
  return indented(text, 6, width).map(stopped ? styles.yellow : (line) => line);
}

function renderRanking({ explanation, pack, styles, width }: RenderExplanationOptions): string[] {
  const { ranking, confidence, thresholds } = explanation;
  if (ranking.length === 0 || !thresholds) return [`${styles.bold('Ranking')}  none: the message was not searched for`];
  const { answer, clarify } = thresholds;
  const verdict = `confidence ${fixed(confidence)} that the first answers (answers from ${fixed(answer)}, asks back from ${fixed(clarify)})`;
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
  ['center', 'mid'],
  ['passage', 'text'],
  ['words', 'words'],
  ['coverage', 'cover'],
  ['fusion', 'fuse'],
  ['regional', 'regio'],
];

const LEGEND =
  'quest, mean3: cosine to the nearest of its questions, mean of three; mid: to the middle of all; text: to its nearest sentences; words: BM25 as a ' +
  'share of the best; cover: share of the words that it holds; fuse: reciprocal ranks of the three lists; regio: 1 for a passage of the region alone.';

function indented(text: string, indent: number, width: number): string[] {
  return wrapText(text, width - indent).map((line) => `${' '.repeat(indent)}${line}`);
}

function fixed(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(2);
}
