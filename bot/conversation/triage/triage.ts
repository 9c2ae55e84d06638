import type { Safety, SafetyRule } from '../../../knowledge/pack/safety.ts';
import type { Fitted } from '../../fitted/fitted.ts';
import type { ReferralReason, UrgentCategory } from '../../reply.ts';
import type { IsEnglish } from '../language.ts';
import type { ReadMessage } from '../read-message.ts';
import { classifyTogether, type Ensemble, type Message } from './classifier.ts';
import { type Clues, cluesOf } from './clues.ts';
import { createGuards } from './guards.ts';
import { createOtherLanguages } from './other-languages.ts';
import { createPhraseReader } from './phrase.ts';
import { createMatcher } from './phrase-match.ts';
import { createRuleMatcher, type RuleHit } from './rules.ts';
import { shortNeighbors, type TriageForm } from './triage-form.ts';

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
  /** Whether a rule of another language than English fired. */
  readonly inOtherLanguage: boolean;
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
  const judged = (seen: Sightings, tokens: Float32Array | undefined) =>
    judge(seen, classifier && tokens && probabilitiesOf(classifier, { tokens }, seen), fitted);
  return (message, read) => {
    const seen = look(message);
    // The model hardly knows other languages, and the classifier takes them for despair: there the rules alone decide.
    if (seen.inOtherLanguage || !isEnglish(message)) return judge(certainOf(seen), undefined, fitted);
    const whole = judged(seen, read.tokens[0]);
    // In a long message a danger can be half a sentence: what is plain by itself counts, unless the whole leaves no doubt
    // that it is meant otherwise.
    if (whole.outcome.kind === 'urgent' || (whole.urgent ?? 0) < FAINT) return whole;
    const [plainest] = read.texts
      .slice(1)
      .map((text, i) => judged(look(text), read.tokens[i + 1]))
      .filter((part) => part.outcome.kind === 'urgent' && (part.urgent ?? 0) >= PLAIN)
      .sort((a, b) => (b.urgent ?? 0) - (a.urgent ?? 0));
    return plainest ?? whole;
  };
}

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

/** What certain rules alone saw: others are there to be weighed. */
function certainOf(seen: Sightings): Sightings {
  const only = ({ label, rules }: Sighting) => ({
    label,
    rules: rules.filter(({ strength }) => strength === 'certain'),
  });
  return { ...seen, dangers: seen.dangers.map(only), decisions: seen.decisions.map(only) };
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
  const matcherOf = (label: string, rules: readonly SafetyRule[]) => ({ label, match: createRuleMatcher(rules, read) });
  const urgent = safety.urgent.map(({ category, rules }) => matcherOf(category, rules));
  const referral = safety.referral.map(({ reason, rules }) => matcherOf(reason, rules));
  const inOtherLanguages = createOtherLanguages(safety.languages);
  const isDanger = new Set<string>(urgent.map(({ label }) => label));

  return (message) => {
    const told = form(message);
    const sentences = [...told, ...shortNeighbors(told)].map((sentence) => {
      const ends = createMatcher(sentence.words);
      return { ...sentence, ends, heard: listen(sentence, ends) };
    });
    const sight = ({ label, match }: (typeof urgent)[number]): Sighting => ({ label, rules: match(sentences) });
    const elsewhere = inOtherLanguages(message);
    const dangers = urgent.map(sight).map(({ label, rules }) => ({
      label,
      rules: [...rules, ...(elsewhere.get(label) ?? [])],
    }));
    const decisions = referral.map(sight);
    return {
      dangers,
      decisions,
      inOtherLanguage: [...elsewhere.values()].flat().some(({ stoppedBy }) => stoppedBy.length === 0),
      clues: cluesOf(told, [...dangers, ...decisions], (label) => isDanger.has(label)),
      statesOfPerson: sentences.some(
        ({ question, heard }) => heard.tellsOfNow && heard.speaksOfPerson && !question && !heard.denies,
      ),
    };
  };
}
