import type { Embedding } from '../../knowledge/embedding/embedder.ts';
import type { Snapshot } from '../../knowledge/index/snapshot.ts';
import { embeddingOf, type ReadMessage } from '../conversation/read-message.ts';
import type { Ensemble } from '../conversation/triage/classifier.ts';
import type { Example } from '../conversation/triage/examples.ts';
import { ANSWERABLE, judge, OUTSIDE, probabilitiesOf, type Sightings } from '../conversation/triage/triage.ts';
import type { Fitted } from '../fitted/fitted.ts';
import { REFERRAL_REASONS, URGENT_CATEGORIES } from '../reply.ts';
import { readAll } from './read-all.ts';
import type { JudgedMessage } from './train-classifier.ts';
import { trainEnsemble } from './train-ensemble.ts';

/** A judged message, before it is read. */
interface Judged {
  readonly q: string;
  readonly kinds: readonly string[];
  readonly category?: readonly string[] | undefined;
  readonly reason?: readonly string[] | undefined;
  readonly must?: readonly unknown[] | undefined;
}

export interface FitTriageInput {
  /** What the rules see in a message. */
  readonly look: (message: string) => Sightings;
  readonly read: (message: string) => Promise<ReadMessage>;
  /** From a vector of the model to a projected one. */
  readonly map: (vector: Float32Array) => Float32Array;
  /** Judged by writers who did not see the rules. */
  readonly learning: readonly Judged[];
  /** Judged by yet others: thresholds are chosen on them, and nothing is learned. */
  readonly tuning: readonly Judged[];
  /** Judged with the rules in view, or the rules with these: what rules find in them is left out. */
  readonly questions: readonly Judged[];
  readonly seen: readonly ReadMessage[];
  readonly examples: readonly Example[];
  /** Its questions are harmless. */
  readonly snapshot: Snapshot;
  /** One to keep. */
  readonly classifier?: Ensemble | undefined;
  readonly tokenWidth: number;
  readonly onStep: (text: string) => void;
}

/** Learns the classifier, and chooses the thresholds on messages that it has not seen. */
export async function fitTriage(input: FitTriageInput): Promise<{ triage: Fitted['triage']; classifier: Ensemble }> {
  const { read, look, map, tuning, onStep } = input;
  const classifier =
    input.classifier ??
    (await trainEnsemble({
      messages: await trainingMessages(input),
      labels: LABELS,
      tokenWidth: input.tokenWidth,
      seeds: SEEDS,
      onStep,
    }));
  const messages = await readAll(read, tuning, map);
  const cases = tuning.flatMap((question, i) => {
    const embedding = messages[i] && embeddingOf(messages[i], 0);
    return embedding ? [{ kinds: question.kinds, embedding, seen: look(question.q) }] : [];
  });
  return { triage: fitThresholds(cases, classifier, onStep), classifier };
}

const LABELS: readonly string[] = [...URGENT_CATEGORIES, ...REFERRAL_REASONS, ANSWERABLE, OUTSIDE];
const HARMLESS = [ANSWERABLE, OUTSIDE];

/** Members differ by chance alone: where they don't agree, none of them is to be trusted. */
const SEEDS = [20261123, 20261124, 20261125];

async function trainingMessages(input: FitTriageInput): Promise<JudgedMessage[]> {
  const { learning, questions, seen, examples, snapshot, look, read, map } = input;
  // There are many, and they are much alike.
  const phrasings = snapshot.chunks.flatMap(({ kind, text }) =>
    kind === 'question' || kind === 'out-of-scope'
      ? [{ q: text, label: kind === 'question' ? ANSWERABLE : OUTSIDE }]
      : [],
  );
  const learned = await readAll(read, learning, map);
  const exemplary = await readAll(
    read,
    examples.map(({ text }) => ({ q: text })),
    map,
  );
  const phrased = await readAll(read, phrasings, map);
  const message = (
    text: string,
    read: ReadMessage | undefined,
    labels: readonly string[],
    { rules, weight = 1 }: { rules: boolean; weight?: number },
  ): JudgedMessage[] => {
    const { clues } = look(text);
    const embedding = read && embeddingOf(read, 0);
    const right = labels.map((label) => LABELS.indexOf(label));
    if (!embedding || right.includes(-1)) return [];
    return [{ right, embedding, clues: rules ? clues : { ...clues, rules: [] }, weight }];
  };
  return [
    ...learning.flatMap((judged, i) => message(judged.q, learned[i], labelsOf(judged), { rules: true })),
    // What the calibrator learns from has to be new to the classifier, whose word it learns to weigh.
    ...questions.flatMap((judged, i) =>
      isCalibrating(judged) ? [] : message(judged.q, seen[i], labelsOf(judged), { rules: false }),
    ),
    ...examples.flatMap(({ text, label }, i) =>
      message(text, exemplary[i], label === 'none' ? HARMLESS : [label], { rules: false }),
    ),
    ...phrasings.flatMap(({ q, label }, i) => message(q, phrased[i], [label], { rules: false, weight: 0.3 })),
  ];
}

function labelsOf({ kinds, category = [], reason = [] }: Judged): readonly string[] {
  if (kinds[0] === 'urgent') return category.slice(0, 1);
  if (kinds[0] === 'refer') return reason.slice(0, 1);
  const [answerable, outside] = [kinds.includes('answer'), kinds.includes('unanswered')];
  return answerable === outside ? HARMLESS : [answerable ? ANSWERABLE : OUTSIDE];
}

/** Whether the calibrator of answers learns from a question: it is known what answers it, or that nothing does. */
export function isCalibrating({ kinds, must }: Pick<Judged, 'kinds' | 'must'>): boolean {
  const answerable = kinds[0] === 'answer' && must !== undefined;
  return answerable || (!kinds.includes('answer') && kinds.includes('unanswered'));
}

/** A message that thresholds are chosen on. */
interface Case {
  readonly kinds: readonly string[];
  readonly embedding: Embedding;
  readonly seen: Sightings;
}

/** Of what is harmless, the share that may be taken for urgent; of what is no decision, the share that may be for one. */
const MOST_FALSE = { urgent: 0.015, refer: 0.01 };

/** What is tried: finer toward the ends, where probabilities crowd. */
const TRIED = [
  0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.13, 0.16, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8,
  0.85, 0.9, 0.95,
];

/**
 * The thresholds that recognize the most of `cases`, which the classifier has not seen, while at most `MOST_FALSE` of
 * what is harmless is taken for urgent (or of what is no decision for one). Of equally good ones the highest, since
 * they alarm the least.
 */
function fitThresholds(cases: readonly Case[], classifier: Ensemble, onStep: (text: string) => void): Fitted['triage'] {
  const judged = cases.map((entry) => ({
    ...entry,
    probabilities: probabilitiesOf(classifier, entry.embedding, entry.seen),
  }));
  const rates = (kind: 'urgent' | 'refer', thresholds: Fitted['triage']) => {
    let wanted = 0;
    let found = 0;
    let harmless = 0;
    let falsely = 0;
    for (const { kinds, seen, probabilities } of judged) {
      if (kind === 'refer' && kinds.includes('urgent')) continue;
      const got = judge(seen, probabilities, thresholds).outcome.kind === kind;
      if (kinds[0] === kind) {
        wanted += 1;
        if (got) found += 1;
      } else if (!kinds.includes(kind)) {
        harmless += 1;
        if (got) falsely += 1;
      }
    }
    return { found: found / wanted, falsely: falsely / harmless };
  };
  const best = (kind: 'urgent' | 'refer', withPair: (alone: number, byRule: number) => Fitted['triage']) => {
    let chosen = { thresholds: withPair(2, 2), found: 0, falsely: 0 };
    for (const alone of TRIED) {
      for (const byRule of TRIED) {
        if (byRule > alone) continue;
        const thresholds = withPair(alone, byRule);
        const { found, falsely } = rates(kind, thresholds);
        if (falsely <= MOST_FALSE[kind] && found >= chosen.found) chosen = { thresholds, found, falsely };
      }
    }
    onStep(`${kind}: ${percent(chosen.found)} recognized, ${percent(chosen.falsely)} falsely`);
    return chosen.thresholds;
  };
  const never = { refer: 2, referByRule: 2 };
  const urgent = best('urgent', (alone, byRule) => ({ urgent: alone, urgentByRule: byRule, ...never }));
  return best('refer', (alone, byRule) => ({ ...urgent, refer: alone, referByRule: byRule }));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
