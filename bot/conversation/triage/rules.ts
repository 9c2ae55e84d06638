import type { SafetyRule } from '../../../knowledge/pack/safety.ts';
import type { Guard, Heard } from './guards.ts';
import type { PhraseReader } from './phrase.ts';
import { createPhraseIndex } from './phrase-index.ts';
import type { Found, Matcher } from './phrase-match.ts';
import type { TriageSentence } from './triage-form.ts';

/** A rule that found something, and whether it counts. */
export interface RuleHit {
  readonly rule: string;
  /** The rule's own words for what it recognises. */
  readonly says: string;
  readonly strength: SafetyRule['strength'];
  /** The words that it found. */
  readonly matched: string;
  /** Guards that stopped it; none: the rule fired. */
  readonly stoppedBy: readonly Guard[];
}

/** A sentence with what the guards hear in it. */
export interface HeardSentence extends TriageSentence {
  readonly heard: Heard;
  /** Remembers where phrases end in it. */
  readonly ends: Matcher;
}

/** All hits of one set of rules in a message, fired and stopped. */
export type RuleMatcher = (sentences: readonly HeardSentence[]) => RuleHit[];

/** Throws `SyntaxError` when a phrase can't be read. */
export function createRuleMatcher(rules: readonly SafetyRule[], read: PhraseReader): RuleMatcher {
  const look = createPhraseIndex(
    rules.flatMap((rule, index) => [
      ...(rule.phrases ?? []).map((phrase) => ({ tag: `${index}`, phrase })),
      ...(rule.unless ?? []).map((phrase) => ({ tag: `${index} unless`, phrase })),
      ...(rule.near ?? []).flatMap(({ all }, near) =>
        all.flatMap((group, place) => group.map((phrase) => ({ tag: nearTag(index, near, place), phrase }))),
      ),
    ]),
    read,
  );

  return (sentences) => {
    const hits: RuleHit[] = [];
    for (const { words, heard, ends } of sentences) {
      const places = look(words, ends);
      if (places.size === 0) continue;
      for (const [index, rule] of rules.entries()) {
        const found = places.get(`${index}`)?.[0] ?? nearOf(rule, index, places);
        if (!found || places.has(`${index} unless`)) continue;
        hits.push({
          rule: rule.id,
          says: rule.says,
          strength: rule.strength,
          matched: words.slice(found.start, found.end).join(' '),
          stoppedBy: heard.holdAt(found.start).filter((guard) => !rule.despite?.includes(guard)),
        });
      }
    }
    return hits;
  };
}

function nearTag(rule: number, near: number, place: number): string {
  return `${rule} near ${near} ${place}`;
}

/** The first place where every group of one of a rule's `near` entries is found close enough together. */
function nearOf(rule: SafetyRule, index: number, places: ReadonlyMap<string, readonly Found[]>): Found | undefined {
  for (const [near, { within, all }] of (rule.near ?? []).entries()) {
    const groups = all.map((_, place) => places.get(nearTag(index, near, place)) ?? []);
    const whole = groups.every((group) => group.length > 0) && spanning(groups, within);
    if (whole) return whole;
  }
  return undefined;
}

/** One place of every group, with at most `within` words from the first word to the last. */
function spanning(groups: readonly (readonly Found[])[], within: number, span?: Found): Found | undefined {
  const [group, ...others] = groups;
  if (!group) return span;
  for (const next of group) {
    const wider = span ? { start: Math.min(span.start, next.start), end: Math.max(span.end, next.end) } : next;
    if (wider.end - wider.start > within) continue;
    const whole = spanning(others, within, wider);
    if (whole) return whole;
  }
  return undefined;
}
