import type { Safety } from '../../../knowledge/pack/safety.ts';
import { foldAccents, normalize } from '../../../knowledge/text/normalize.ts';
import type { Fitted } from '../../fitted/fitted.ts';
import type { ReferralReason, UrgentCategory } from '../../reply.ts';
import type { IsEnglish } from '../language.ts';
import type { ReadMessage } from '../read-message.ts';
import { classifyTogether, type Ensemble, type Message } from './classifier.ts';
import { type Clues, cluesOf } from './clues.ts';
import { createGuards } from './guards.ts';
import { createPhraseReader } from './phrase.ts';
import { createMatcher } from './phrase-match.ts';
import { createRuleMatcher, type HeardSentence, type RuleHit } from './rules.ts';
import type { TriageForm, TriageSentence } from './triage-form.ts';

/** What triage found, and everything behind it. */
export interface Triage {
  readonly outcome:
    | { readonly kind: 'urgent'; readonly categories: readonly UrgentCategory[] }
    | { readonly kind: 'refer'; readonly reason: ReferralReason }
    | { readonly kind: 'pass' };
  readonly evidence: readonly Evidence[];
  /** Probability that the message is of any danger, and of any decision to refer; nothing without a classifier. */
  readonly urgent: number | undefined;
  readonly refer: number | undefined;
  /** Of what is neither: probability that the message is about something else than the pack. */
  readonly outside: number | undefined;
  /** Whether a sentence states, of a person, how things are now: not a question, not denied, imagined or long over. */
  readonly statesOfPerson: boolean;
}

/** Where nothing was looked for. */
export const NO_TRIAGE: Triage = {
  outcome: { kind: 'pass' },
  evidence: [],
  urgent: undefined,
  refer: undefined,
  outside: undefined,
  statesOfPerson: false,
};

/** Labels of a classifier for what is neither urgent nor to refer. */
export const ANSWERABLE = 'answerable';
export const OUTSIDE = 'outside';

/** Why a label did or did not apply. */
export interface Evidence extends Sighting {
  readonly applies: boolean;
  /** By the classifier, which has judged messages and these rules in view; nothing without one. */
  readonly probability: number | undefined;
}

/** What the rules of one label found. */
export interface Sighting {
  readonly label: string;
  readonly rules: readonly RuleHit[];
}

/** What a message holds before anything is weighed. */
export interface Sightings {
  /** In the order of their rank, the worst first. */
  readonly dangers: readonly Sighting[];
  readonly decisions: readonly Sighting[];
  readonly clues: Clues;
  readonly statesOfPerson: boolean;
}

/**
 * Danger first, then decisions that only a prescriber makes; pure, and nothing in it can be switched off.
 *
 * @param seen the message as it is searched by; of its tokens, the first are of the whole
 */
export type TriageMessage = (message: string, seen: ReadMessage) => Triage;

/** @param classifier absent where the model is not the one that it was learned with: then the rules decide alone */
export function createTriage({
  classifier,
  fitted,
  isEnglish,
  ...parts
}: LookParts & {
  classifier: Ensemble | undefined;
  fitted: Fitted['triage'];
  isEnglish: IsEnglish;
}): TriageMessage {
  const look = createLook(parts);
  const judged = (text: string, tokens: Float32Array | undefined, thresholds: Fitted['triage']) => {
    const seen = look(text);
    return judge(seen, classifier && tokens && probabilitiesOf(classifier, { tokens }, seen), thresholds);
  };
  return (message, read) => {
    const thresholds = isEnglish(message) ? fitted : IN_OTHER_LANGUAGES;
    const whole = judged(message, read.tokens[0], thresholds);
    // In a long message a danger can be half a sentence: what is plain by itself counts, unless the whole leaves no doubt
    // that it is meant otherwise.
    if (whole.outcome.kind === 'urgent' || (whole.urgent ?? 0) < FAINT) return whole;
    const [plainest] = read.texts
      .slice(1)
      .map((text, i) => judged(text, read.tokens[i + 1], thresholds))
      .filter((part) => part.outcome.kind === 'urgent' && (part.urgent ?? 0) >= PLAIN)
      .sort((a, b) => (b.urgent ?? 0) - (a.urgent ?? 0));
    return plainest ?? whole;
  };
}

// The model hardly knows other languages, and the classifier learned from few of their messages: of what it has not seen,
// a harmless one is at 0.88. Urgent ones are mostly found by a phrase of their language.
const IN_OTHER_LANGUAGES = { urgent: 0.95, urgentByRule: 0.95, refer: 2, referByRule: 2 };

// On what thresholds are chosen on, sentences so plain find two in a thousand more; where the whole may be less than faint,
// they raise the alarm over one harmless message in a hundred for it, and find no more.
const PLAIN = 0.95;
export const FAINT = 0.05;

/** Probability by label. */
export type Probabilities = ReadonlyMap<string, number>;

export function probabilitiesOf(classifier: Ensemble, message: Message, { clues }: Sightings): Probabilities {
  return classifyTogether(classifier, message, clues);
}

/** Applies the thresholds. */
export function judge(
  { dangers, decisions, statesOfPerson }: Sightings,
  probabilities: Probabilities | undefined,
  fitted: Fitted['triage'],
): Triage {
  const urgent = sumOf(dangers, probabilities);
  const refer = sumOf(decisions, probabilities);
  const isUrgent =
    dangers.some((found) => hasFired(found, ['certain'])) ||
    (urgent === undefined
      ? dangers.some((found) => hasFired(found))
      : urgent >= (dangers.some((found) => hasFired(found, ['sure'])) ? fitted.urgentByRule : fitted.urgent));
  const isRefer =
    !isUrgent &&
    (decisions.some((found) => hasFired(found, ['certain'])) ||
      (refer === undefined
        ? decisions.some((found) => hasFired(found))
        : refer >= (decisions.some((found) => hasFired(found, ['sure'])) ? fitted.referByRule : fitted.refer)));

  const of = ({ label }: Sighting) => probabilities?.get(label);
  const categories = isUrgent ? categoriesOf(dangers, of) : [];
  const [reason] = isRefer ? decisions.toSorted((a, b) => pressing(b, of) - pressing(a, of)) : [];
  const evidence = [...dangers, ...decisions].map((found) => ({
    ...found,
    probability: of(found),
    applies: categories.some(({ label }) => label === found.label) || reason?.label === found.label,
  }));
  const outcome: Triage['outcome'] = isUrgent
    ? { kind: 'urgent', categories: categories.map(({ label }) => label as UrgentCategory) }
    : reason
      ? { kind: 'refer', reason: reason.label as ReferralReason }
      : { kind: 'pass' };
  return { outcome, evidence, urgent, refer, outside: outsideOf(probabilities), statesOfPerson };
}

/** Whether a rule, rather than only a likeness, speaks for what was found. */
export function ruleFired({ evidence }: Triage): boolean {
  return evidence.some((found) => found.applies && hasFired(found, ['certain', 'sure']));
}

/** How likely a harmless message is about something else than the pack. */
export function outsideOf(probabilities: Probabilities | undefined): number | undefined {
  const outside = probabilities?.get(OUTSIDE) ?? 0;
  return probabilities && outside / (outside + (probabilities.get(ANSWERABLE) ?? 0) + 1e-9);
}

function sumOf(found: readonly Sighting[], probabilities: Probabilities | undefined): number | undefined {
  return probabilities && found.reduce((sum, { label }) => sum + (probabilities.get(label) ?? 0), 0);
}

/** Whether a rule fired, of any strength or of one of these. */
function hasFired({ rules }: Sighting, strengths?: readonly RuleHit['strength'][]): boolean {
  return rules.some((hit) => hit.stoppedBy.length === 0 && (strengths?.includes(hit.strength) ?? true));
}

/**
 * The dangers that are likely, the worst first, then those that only a sure rule named; at least the likeliest. A rule
 * without any likelihood is mostly a word used otherwise: it is named, but doesn't lead.
 */
function categoriesOf(dangers: readonly Sighting[], of: (found: Sighting) => number | undefined): readonly Sighting[] {
  const leads = (found: Sighting) => {
    const probability = of(found);
    if (probability === undefined || hasFired(found, ['certain'])) return hasFired(found);
    return probability >= (hasFired(found, ['sure']) ? LIKELY_WITH_RULE : LIKELY);
  };
  const leading = dangers.filter(leads);
  const named = dangers.filter((found) => !leads(found) && hasFired(found, ['sure']));
  if (leading.length > 0) return [...leading, ...named];
  const [likeliest, ...others] = dangers.toSorted((a, b) => (of(b) ?? 0) - (of(a) ?? 0));
  return likeliest ? [likeliest, ...named.filter((found) => others.includes(found))] : [];
}

// A danger is named beside others from this probability on; chosen so that two dangers told of are both named.
const LIKELY = 0.2;
const LIKELY_WITH_RULE = 0.05;

function pressing(found: Sighting, of: (found: Sighting) => number | undefined): number {
  return of(found) ?? (hasFired(found) ? (found.label === 'illicit_access' ? 2 : 1) : 0);
}

export interface LookParts {
  readonly safety: Safety;
  readonly form: TriageForm;
}

/** Gathers what the rules see in a message. */
export function createLook({ safety, form }: LookParts): (message: string) => Sightings {
  const read = createPhraseReader(safety.words.groups);
  const listen = createGuards(safety.words, read);
  const urgent = safety.urgent.map(({ category, rules, foreign }) => {
    const inEnglish = createRuleMatcher(rules, read);
    const inOther = createForeignMatcher(foreign ?? {});
    return { label: category, match: (text: ReadText) => [...inEnglish(text.sentences), ...inOther(text.folded)] };
  });
  const referral = safety.referral.map(({ reason, rules }) => {
    const match = createRuleMatcher(rules, read);
    return { label: reason, match: (text: ReadText) => match(text.sentences) };
  });
  const isDanger = new Set<string>(urgent.map(({ label }) => label));

  return (message) => {
    const told = form(message);
    const sentences = [...told, ...shortNeighbors(told)].map((sentence) => {
      const ends = createMatcher(sentence.words);
      return { ...sentence, ends, heard: listen(sentence, ends) };
    });
    const text: ReadText = { sentences, folded: foldAccents(normalize(message)) };
    const sight = ({ label, match }: (typeof urgent)[number]): Sighting => ({ label, rules: match(text) });
    const dangers = urgent.map(sight);
    const decisions = referral.map(sight);
    return {
      dangers,
      decisions,
      clues: cluesOf(told, [...dangers, ...decisions], (label) => isDanger.has(label)),
      statesOfPerson: sentences.some(
        ({ question, heard }) => heard.tellsOfNow && heard.speaksOfPerson && !question && !heard.denies,
      ),
    };
  };
}

/** Pairs of short sentences that follow each other: "I took a test. It is positive." is one thought. */
function shortNeighbors(sentences: readonly TriageSentence[]): TriageSentence[] {
  return sentences.flatMap((first, i) => {
    const second = sentences[i + 1];
    if (!second || first.question || first.words.length > SHORT || second.words.length > SHORT) return [];
    return [{ words: [...first.words, ...second.words], question: second.question }];
  });
}

const SHORT = 8;

/** A message as rules read it: in triage form, and whole for phrases of other languages. */
interface ReadText {
  readonly sentences: readonly HeardSentence[];
  readonly folded: string;
}

/** Phrases of other languages are matched as they stand: their scripts have no words to go by, or other grammar. */
function createForeignMatcher(foreign: Readonly<Record<string, readonly string[]>>): (folded: string) => RuleHit[] {
  const phrases = Object.entries(foreign).flatMap(([language, list]) =>
    list.map((phrase) => ({ language, phrase: foldAccents(normalize(phrase)) })),
  );
  return (folded) =>
    phrases
      .filter(({ phrase }) => folded.includes(phrase))
      .map(({ language, phrase }) => ({
        rule: `foreign-${language}`,
        says: `Said in another language (${language})`,
        // The classifier knows English alone.
        strength: 'certain',
        matched: phrase,
        stoppedBy: [],
      }));
}
