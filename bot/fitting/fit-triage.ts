import type { ReadBelow } from '../../knowledge/embedding/lower-layers.ts';
import type { Snapshot } from '../../knowledge/index/snapshot.ts';
import type { ReadMessage } from '../conversation/read-message.ts';
import type { Ensemble } from '../conversation/triage/classifier.ts';
import type { Example } from '../conversation/triage/examples.ts';
import { ANSWERABLE, judge, OUTSIDE, probabilitiesOf, type Sightings } from '../conversation/triage/triage.ts';
import type { Fitted } from '../fitted/fitted.ts';
import { REFERRAL_REASONS, URGENT_CATEGORIES } from '../reply.ts';
import type { Tuned } from './average-tuned.ts';
import type { TunableEncoder } from './encoder-layers.ts';
import { type Tuning, tuneLayers } from './tune-layers.ts';
import type { JudgedMessage } from './tuning-batches.ts';

/** A judged message, before it is read. */
interface Judged {
  readonly q: string;
  readonly kinds: readonly string[];
  readonly category?: readonly string[] | undefined;
  readonly reason?: readonly string[] | undefined;
  readonly must?: readonly unknown[] | undefined;
  readonly passages?: readonly string[] | undefined;
}

/** The first layer that learns; those below keep their weights, and are shared with the vectors that passages are searched by. */
export const TRIAGE_FROM = 2;

export interface TuneTriageInput {
  readonly encoder: TunableEncoder;
  /** What the encoder's layers that don't learn make of a message. */
  readonly readBelow: ReadBelow;
  /** What the rules see in a message. */
  readonly look: (message: string) => Sightings;
  /** Judged by writers who did not see the rules. */
  readonly learning: readonly Judged[];
  /** Judged with the rules in view, or the rules with these: what rules find in them is left out. */
  readonly questions: readonly Judged[];
  readonly examples: readonly Example[];
  /** Its questions are harmless. */
  readonly snapshot: Pick<Snapshot, 'chunks'>;
  readonly tuning?: Tuning;
  readonly onStep: (text: string) => void;
}

/** Teaches the encoder's last layers to read for triage, and the classifiers to judge by what they read. */
export async function tuneTriage(input: TuneTriageInput): Promise<Tuned> {
  const { encoder, tuning, onStep } = input;
  const messages = await trainingMessages(input);
  onStep(`tuning on ${messages.length} messages`);
  const tuned = await tuneLayers({ messages, labels: LABELS, encoder, ...(tuning && { tuning }), onStep });
  return { ...tuned, classifier: tuned.classifier.slice(0, JUDGING) };
}

// Several learn together, so that the layers read for more than one of them; but one judges as well as three do (urgent
// 99.3 and 99.1 % at 1 % false alarms, on what thresholds are chosen on), in a third of the time.
const JUDGING = 1;

const LABELS: readonly string[] = [...URGENT_CATEGORIES, ...REFERRAL_REASONS, ANSWERABLE, OUTSIDE];
const HARMLESS = [ANSWERABLE, OUTSIDE];

async function trainingMessages(input: TuneTriageInput): Promise<JudgedMessage[]> {
  const { learning, questions, examples, snapshot, look, readBelow } = input;
  const message = async (
    text: string,
    labels: readonly string[],
    { rules, weight = 1 }: { rules: boolean; weight?: number },
  ): Promise<JudgedMessage[]> => {
    const right = labels.map((label) => LABELS.indexOf(label));
    if (right.length === 0 || right.includes(-1)) return [];
    const { clues } = look(text);
    return [{ right, tokens: await readBelow(text), clues: rules ? clues : { ...clues, rules: [] }, weight }];
  };
  const messages = await Promise.all([
    ...learning.map((judged) => message(judged.q, labelsOf(judged), { rules: true })),
    // What the calibrator learns from has to be new to the classifier, whose word it learns to weigh.
    ...questions
      .filter((judged) => !isCalibrating(judged))
      .map((judged) => message(judged.q, labelsOf(judged), { rules: false })),
    ...examples.map(({ text, label }) => message(text, label === 'none' ? HARMLESS : [label], { rules: false })),
    ...phrasingsOf(snapshot).map(({ text, kind }) =>
      message(text, [kind === 'question' ? ANSWERABLE : OUTSIDE], { rules: false, weight: PHRASING_WEIGHT }),
    ),
  ]);
  return messages.flat();
}

/** There are many, and they are much alike: some stand for all. */
function phrasingsOf({ chunks }: Pick<Snapshot, 'chunks'>) {
  return chunks
    .filter(({ kind }) => kind === 'question' || kind === 'out-of-scope')
    .filter((_, i) => i % PHRASINGS_PER_ONE === 0);
}

const PHRASINGS_PER_ONE = 3;
const PHRASING_WEIGHT = 0.9;

function labelsOf({ kinds, category = [], reason = [] }: Judged): readonly string[] {
  if (kinds[0] === 'urgent') return category.slice(0, 1);
  if (kinds[0] === 'refer') return reason.slice(0, 1);
  const [answerable, outside] = [kinds.includes('answer'), kinds.includes('unanswered')];
  return answerable === outside ? HARMLESS : [answerable ? ANSWERABLE : OUTSIDE];
}

/** Whether the calibrator of answers learns from a question: it is known what answers it, or that nothing does. */
export function isCalibrating({ kinds, must, passages }: Pick<Judged, 'kinds' | 'must' | 'passages'>): boolean {
  const known = passages !== undefined || (kinds[0] === 'answer' && must !== undefined);
  return known || (!kinds.includes('answer') && kinds.includes('unanswered'));
}

/** A message that thresholds are chosen on. */
interface Case {
  readonly kinds: readonly string[];
  readonly tokens: Float32Array;
  readonly seen: Sightings;
}

export interface FitTriageInput {
  readonly look: (message: string) => Sightings;
  readonly read: (message: string) => Promise<ReadMessage>;
  /** Judged by yet others than those that the classifier learned from. */
  readonly tuning: readonly Judged[];
  /** Of these, what the classifier has not learned from counts as well: mostly ordinary questions. */
  readonly questions: readonly Judged[];
  /** In other languages these thresholds don't hold (`createTriage`), so that what is none is left out. */
  readonly isEnglish: (message: string) => boolean;
  readonly classifier: Ensemble;
  readonly onStep: (text: string) => void;
}

/** Chooses the thresholds on messages that the classifier has not seen. */
export async function fitTriage(input: FitTriageInput): Promise<Fitted['triage']> {
  const { look, read, isEnglish, classifier, onStep } = input;
  const unseen = [...input.tuning, ...input.questions.filter(isCalibrating)].filter(({ q }) => isEnglish(q));
  const messages = await Promise.all(unseen.map(({ q }) => read(q)));
  const cases = unseen.flatMap(({ q, kinds }, i) => {
    const tokens = messages[i]?.tokens[0];
    return tokens ? [{ kinds, tokens, seen: look(q) }] : [];
  });
  return fitThresholds(cases, classifier, onStep);
}

/** Of what is harmless, the share that may be taken for urgent; of what is no decision, the share that may be for one. */
const MOST_FALSE = { urgent: 0.01, refer: 0.015 };

/** What is tried: finer toward the ends, where probabilities crowd. */
const TRIED = [
  0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.13, 0.16, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8,
  0.85, 0.9, 0.95,
];

/**
 * The thresholds that recognize the most of `cases`, which the classifier has not seen, while at most `MOST_FALSE` of
 * what is harmless is taken for urgent (or of what is no decision for one). Of equally good ones those that trust rules the
 * most, since a clinician can read and sign them; of those the ones that alarm the least without a rule.
 */
function fitThresholds(cases: readonly Case[], classifier: Ensemble, onStep: (text: string) => void): Fitted['triage'] {
  const judged = cases.map((entry) => ({
    ...entry,
    probabilities: probabilitiesOf(classifier, entry, entry.seen),
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
    for (const byRule of TRIED) {
      for (const alone of TRIED.toReversed()) {
        if (byRule > alone) continue;
        const thresholds = withPair(alone, byRule);
        const { found, falsely } = rates(kind, thresholds);
        if (falsely <= MOST_FALSE[kind] && found > chosen.found) chosen = { thresholds, found, falsely };
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
