import type { SafetyRule, SafetyWords } from '../../../knowledge/pack/safety.ts';
import type { Guard, Guards } from './guards.ts';
import { compilePhrases } from './phrase.ts';
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

/** All hits of one set of rules in a message, fired and stopped. */
export type RuleMatcher = (sentences: readonly TriageSentence[]) => RuleHit[];

/** Throws `SyntaxError` naming the rule when a phrase can't be read. */
export function createRuleMatcher(rules: readonly SafetyRule[], words: SafetyWords, guards: Guards): RuleMatcher {
  const compiled = rules.map((rule) => {
    try {
      return {
        rule,
        phrases: compilePhrases(rule.phrases ?? [], words.groups),
        near: (rule.near ?? []).map(({ within, all }) => ({
          within,
          all: all.map((group) => compilePhrases(group, words.groups)),
        })),
        unless: compilePhrases(rule.unless ?? [], words.groups),
      };
    } catch (cause) {
      throw new SyntaxError(`rule "${rule.id}": ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  });

  return (sentences) => {
    const hits: RuleHit[] = [];
    for (const { rule, phrases, near, unless } of compiled) {
      for (const sentence of sentences) {
        const found =
          firstMatch(sentence.text, phrases) ?? near.map((entry) => matchNear(sentence.text, entry)).find(Boolean);
        if (!found || firstMatch(sentence.text, unless)) continue;
        const stoppedBy = guards
          .hold(sentence, found.start, found.end)
          .filter((guard) => !rule.despite?.includes(guard));
        hits.push({
          rule: rule.id,
          says: rule.says,
          strength: rule.strength,
          matched: sentence.text.slice(found.start, found.end).trim(),
          stoppedBy,
        });
      }
    }
    return hits;
  };
}

interface Found {
  readonly start: number;
  readonly end: number;
}

function firstMatch(text: string, pattern: RegExp): Found | undefined {
  pattern.lastIndex = 0;
  const match = pattern.exec(text);
  return match && match[0] !== '' ? { start: match.index, end: match.index + match[0].length } : undefined;
}

/** The first place where every group is found with at most `within` words from the first word to the last. */
function matchNear(text: string, { within, all }: { within: number; all: readonly RegExp[] }): Found | undefined {
  const [first, ...rest] = all.map((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length })),
  );
  if (!first || rest.some((list) => list.length === 0)) return undefined;
  const grow = (span: Found, groups: readonly Found[][]): Found | undefined => {
    const [group, ...others] = groups;
    if (!group) return span;
    for (const next of group) {
      const wider = { start: Math.min(span.start, next.start), end: Math.max(span.end, next.end) };
      if (text.slice(wider.start, wider.end).trim().split(' ').length > within) continue;
      const whole = grow(wider, others);
      if (whole) return whole;
    }
    return undefined;
  };
  for (const span of first) {
    const whole = grow(span, rest);
    if (whole) return whole;
  }
  return undefined;
}
