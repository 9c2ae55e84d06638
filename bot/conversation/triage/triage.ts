import type { Safety } from '../../../knowledge/pack/safety.ts';
import { foldAccents, normalize } from '../../../knowledge/text/normalize.ts';
import type { Fitted } from '../../fitted/fitted.ts';
import type { ReferralReason, UrgentCategory } from '../../reply.ts';
import type { ExampleIndex, NearestExample } from './examples.ts';
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
  /** Whether a sentence states, of a person, how things are now: not a question, not denied, imagined or long over. */
  readonly statesOfPerson: boolean;
}

/** Why a label did or did not apply. */
export interface Evidence {
  readonly label: string;
  readonly applies: boolean;
  readonly rules: readonly RuleHit[];
  readonly nearest: NearestExample | undefined;
  /** How much nearer the nearest example is than anything harmless. */
  readonly margin: number;
}

/** What there is to know before any threshold is applied: what thresholds are fitted on. */
export interface Sightings {
  readonly dangers: readonly Sighting[];
  readonly decisions: readonly Sighting[];
  /** Whether the message tells of somebody's present, rather than only asking, imagining or remembering. */
  readonly tellsOfNow: boolean;
  readonly statesOfPerson: boolean;
}
export type Sighting = Omit<Evidence, 'applies'>;

/** What the message looks like to the embedder. */
export interface MessageVectors {
  /** The whole message and, where it has several sentences, each of them. */
  readonly vectors: readonly Float32Array[];
  /** Cosine of each vector to the nearest question of the pack that is harmless by its form. */
  readonly nearestQuestion: readonly number[];
}

/** Danger first, then decisions that only a prescriber makes; pure, and nothing in it can be switched off. */
export type TriageMessage = (message: string, seen: MessageVectors) => Triage;

export function createTriage({ fitted, ...parts }: LookParts & { fitted: Fitted['triage'] }): TriageMessage {
  const look = createLook(parts);
  return (message, seen) => judge(look(message, seen), fitted);
}

/** Applies the thresholds. */
export function judge({ dangers, decisions, tellsOfNow, statesOfPerson }: Sightings, fitted: Fitted['triage']): Triage {
  const withUrgent = dangers.map((found) => ({ ...found, applies: applies(found, tellsOfNow, fitted.urgent) }));
  const withRefer = decisions.map((found) => ({ ...found, applies: applies(found, tellsOfNow, fitted.refer) }));
  const evidence = [...withUrgent, ...withRefer];
  // What a rule named is surer than what only resembles an example; within each, the worst first.
  const named = withUrgent.filter((found) => found.applies);
  const categories = [...named.filter(hasFired), ...named.filter((found) => !hasFired(found))].map(
    (found) => found.label as UrgentCategory,
  );
  if (categories.length > 0) return { outcome: { kind: 'urgent', categories }, evidence, statesOfPerson };
  const decision = mostPressing(withRefer);
  if (decision)
    return { outcome: { kind: 'refer', reason: decision.label as ReferralReason }, evidence, statesOfPerson };
  return { outcome: { kind: 'pass' }, evidence, statesOfPerson };
}

function hasFired({ rules }: Sighting): boolean {
  return rules.some((hit) => hit.stoppedBy.length === 0);
}

function applies(
  { rules, nearest, margin }: Sighting,
  tellsOfNow: boolean,
  thresholds: Fitted['triage']['urgent'],
): boolean {
  const fired = rules.filter((hit) => hit.stoppedBy.length === 0);
  const undisputed = nearest === undefined || margin >= thresholds.likelyMargin;
  if (fired.some((hit) => hit.strength === 'sure' || undisputed)) return true;
  return tellsOfNow && nearest !== undefined && nearest.score >= thresholds.minimum && margin >= thresholds.margin;
}

export interface LookParts {
  readonly safety: Safety;
  readonly form: TriageForm;
  readonly examples: ExampleIndex;
}

/** Gathers what rules and examples see in a message. */
export function createLook({
  safety,
  form,
  examples,
}: LookParts): (message: string, seen: MessageVectors) => Sightings {
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
  const harmlessToUrgent = ['none', ...referral.map(({ label }) => label)];

  return (message, { vectors, nearestQuestion }) => {
    const told = form(message);
    const sentences = [...told, ...shortNeighbors(told)].map((sentence) => {
      const ends = createMatcher(sentence.words);
      return { ...sentence, ends, heard: listen(sentence, ends) };
    });
    const text: ReadText = { sentences, folded: foldAccents(normalize(message)) };
    const nearestBy = vectors.map((vector) => examples(vector));

    const sight = ({ label, match }: (typeof urgent)[number], harmless: readonly string[]): Sighting => {
      let nearest: NearestExample | undefined;
      let margin = NO_EXAMPLE;
      for (const [i, by] of nearestBy.entries()) {
        const example = by.get(label);
        if (!example) continue;
        const against = Math.max(nearestQuestion[i] ?? -1, ...harmless.map((other) => by.get(other)?.score ?? -1));
        // One sentence of several is easily like something: it must be a good deal more like it.
        const score = example.score - (i > 0 ? PART_OF_MESSAGE : 0);
        if (nearest !== undefined && score - against <= margin) continue;
        nearest = { ...example, score };
        margin = score - against;
      }
      return { label, rules: match(text), nearest, margin };
    };
    return {
      dangers: urgent.map((rules) => sight(rules, harmlessToUrgent)),
      decisions: referral.map((rules) => sight(rules, ['none'])),
      tellsOfNow: sentences.some(({ heard }) => heard.tellsOfNow),
      statesOfPerson: sentences.some(
        ({ question, heard }) => heard.tellsOfNow && heard.speaksOfPerson && !question && !heard.denies,
      ),
    };
  };
}

const PART_OF_MESSAGE = 0.1;

// Below any margin: a label without examples is decided by its rules alone.
const NO_EXAMPLE = -2;

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
        strength: 'sure',
        matched: phrase,
        stoppedBy: [],
      }));
}

/** Supply outside a prescription outweighs the rest; else the reason with a rule that fired, then the nearest example. */
function mostPressing(decisions: readonly Evidence[]): Evidence | undefined {
  const weight = ({ label, rules, nearest }: Evidence) =>
    (label === 'illicit_access' ? 4 : 0) +
    (rules.some((hit) => hit.stoppedBy.length === 0) ? 2 : 0) +
    (nearest?.score ?? 0);
  return decisions.filter((found) => found.applies).toSorted((a, b) => weight(b) - weight(a))[0];
}
