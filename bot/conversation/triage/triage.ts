import type { Safety, SafetyRule } from '../../../knowledge/pack/safety.ts';
import { foldAccents, normalize } from '../../../knowledge/text/normalize.ts';
import type { ReferralReason, UrgentCategory } from '../../reply.ts';
import type { Fitted } from '../fitted.ts';
import type { ExampleIndex, NearestExample } from './examples.ts';
import { createGuards } from './guards.ts';
import { createRuleMatcher, type RuleHit } from './rules.ts';
import type { TriageForm, TriageSentence } from './triage-form.ts';

/** What triage found, and everything behind it. */
export interface Triage {
  readonly outcome:
    | { readonly kind: 'urgent'; readonly categories: readonly UrgentCategory[] }
    | { readonly kind: 'refer'; readonly reason: ReferralReason }
    | { readonly kind: 'pass' };
  readonly evidence: readonly Evidence[];
}

/** Why a label did or did not apply. */
export interface Evidence {
  readonly label: string;
  readonly applies: boolean;
  readonly rules: readonly RuleHit[];
  readonly nearest: NearestExample | undefined;
  /** How much nearer the nearest example is than anything harmless. */
  readonly margin: number | undefined;
}

/** What the message looks like to the embedder. */
export interface MessageVectors {
  /** The whole message and, where it has several sentences, each of them. */
  readonly vectors: readonly Float32Array[];
  /** Cosine of each vector to the nearest question of the pack: harmless by definition. */
  readonly nearestQuestion: readonly number[];
}

/** Danger first, then decisions that only a prescriber makes; pure, and nothing in it can be switched off. */
export type TriageMessage = (message: string, seen: MessageVectors) => Triage;

export function createTriage({
  safety,
  form,
  examples,
  fitted,
}: {
  safety: Safety;
  form: TriageForm;
  examples: ExampleIndex;
  fitted: Fitted['triage'];
}): TriageMessage {
  const guards = createGuards(safety.words);
  const matcher = (rules: readonly SafetyRule[]) => createRuleMatcher(rules, safety.words, guards);
  const urgent = safety.urgent.map(({ category, rules, foreign }) => {
    const inEnglish = matcher(rules);
    const inOther = createForeignMatcher(foreign ?? {});
    return { label: category, match: (seen: Sighted) => [...inEnglish(seen.sentences), ...inOther(seen.folded)] };
  });
  const referral = safety.referral.map(({ reason, rules }) => {
    const match = matcher(rules);
    return { label: reason, match: (seen: Sighted) => match(seen.sentences) };
  });
  const harmlessToUrgent = ['none', ...referral.map(({ label }) => label)];

  return (message, { vectors, nearestQuestion }) => {
    const sentences = form(message);
    const seenText: Sighted = { sentences, folded: foldAccents(normalize(message)) };
    const nearestBy = vectors.map((vector) => examples(vector));
    const aboutAPerson =
      sentences.some(guards.speaksOfPerson) || !sentences.some((s) => s.question || guards.asksAbout(s));

    const judge = (
      { label, match }: (typeof urgent)[number],
      harmless: readonly string[],
      thresholds: Fitted['triage']['urgent'],
    ): Evidence => {
      const rules = match(seenText);
      let nearest: NearestExample | undefined;
      let margin: number | undefined;
      for (const [i, by] of nearestBy.entries()) {
        const example = by.get(label);
        if (!example) continue;
        const against = Math.max(nearestQuestion[i] ?? -1, ...harmless.map((other) => by.get(other)?.score ?? -1));
        const lead = example.score - against;
        if (margin === undefined || lead > margin) {
          nearest = example;
          margin = lead;
        }
      }
      const fired = rules.filter((hit) => hit.stoppedBy.length === 0);
      const byExample =
        nearest !== undefined &&
        aboutAPerson &&
        nearest.score >= thresholds.minimum &&
        (margin ?? -1) >= thresholds.margin;
      const byRule = fired.some((hit) => hit.strength === 'sure' || (margin ?? 0) >= thresholds.likelyMargin);
      return { label, applies: byRule || byExample, rules, nearest, margin };
    };

    const dangers = urgent.map((rules) => judge(rules, harmlessToUrgent, fitted.urgent));
    const categories = dangers.filter((found) => found.applies).map((found) => found.label as UrgentCategory);
    const decisions = referral.map((rules) => judge(rules, ['none'], fitted.refer));
    const evidence = [...dangers, ...decisions];
    if (categories.length > 0) return { outcome: { kind: 'urgent', categories }, evidence };

    const decision = mostPressing(decisions);
    if (decision) return { outcome: { kind: 'refer', reason: decision.label as ReferralReason }, evidence };
    return { outcome: { kind: 'pass' }, evidence };
  };
}

/** A message as rules read it: in triage form, and whole for phrases of other languages. */
interface Sighted {
  readonly sentences: readonly TriageSentence[];
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
