import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Finding, PackError } from './finding.ts';
import { REGIONS } from './pack.ts';
import { localized, readYaml } from './pack-files.ts';
import type { YamlCache } from './yaml-cache.ts';

/**
 * What is said about danger and about decisions that only a prescriber makes: the common core, with what a pack adds.
 * Data that a clinician can read; the rules are matched by `bot/conversation/triage`.
 */
export interface Safety {
  readonly urgent: readonly UrgentRules[];
  readonly referral: readonly ReferralRules[];
  readonly words: SafetyWords;
  readonly languages: readonly LanguageRules[];
  readonly contacts: Contacts;
}

const text = z.string().trim().min(1);

/** One way to recognise something. `phrases` or `near`, and not `unless`; see `knowledge/safety/README.md`. */
const RULE = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and hyphens only'),
  /** What it recognises, in words for a clinician: "Someone wants to die". */
  says: text,
  /** Any of these; in the small language of `bot/conversation/triage/phrase.ts`. */
  phrases: z.array(text).optional(),
  /** All groups of one entry, in any order, with at most `within` words between the first and the last. */
  near: z
    .array(z.object({ within: z.number().int().min(1).max(40), all: z.array(z.array(text).min(1)).min(2) }))
    .optional(),
  /** Not when one of these stands in the same sentence. */
  unless: z.array(text).optional(),
  /** Guards that do not stop this rule. */
  despite: z.array(z.enum(['negation', 'information', 'hypothetical', 'past', 'no_person'])).optional(),
  /** `sure`: enough by itself. `likely`: outweighed when the nearest counter-example is nearer than any example. */
  strength: z.enum(['certain', 'sure', 'likely']),
});
export type SafetyRule = z.infer<typeof RULE>;

const EXAMPLES = z.array(text);
/** Phrases in other languages, by language. */
const FOREIGN = z.record(z.string(), z.array(text)).optional();

const URGENT = z.object({
  category: z.string().regex(/^[a-z_]+$/),
  title: localized,
  /** 1 is the worst; names the order when several dangers are at hand. */
  rank: z.number().int().positive(),
  message: localized,
  contacts: z.array(z.enum(['emergency', 'crisis', 'poison', 'advice'])).min(1),
  sources: z.array(text),
  /** Passage to quote beside the message, where one helps. */
  quote: z.string().nullable().optional(),
  /** Passages on this danger: somebody who tells of now, and is nearest to one of them, is taken to be in it. */
  passages: z.array(text).default([]),
  /** More passages that tell its signs: "I have exactly that" after one of all these means this danger. */
  signs: z.array(text).default([]),
  rules: z.array(RULE).default([]),
  examples: EXAMPLES.default([]),
  counter_examples: EXAMPLES.default([]),
});
export type UrgentRules = z.infer<typeof URGENT>;

const REFERRAL = z.object({
  reason: z.enum(['personal_dosing', 'individual_advice', 'illicit_access']),
  title: localized,
  /** Questions that are worth putting to the prescriber. */
  ask: z.array(localized).default([]),
  rules: z.array(RULE).default([]),
  examples: EXAMPLES.default([]),
  counter_examples: EXAMPLES.default([]),
});
export type ReferralRules = z.infer<typeof REFERRAL>;

const WORDS = z.object({
  /** Word groups that rules name in braces. */
  groups: z.record(z.string(), z.array(text)),
  /** Chat spellings, and what they stand for. */
  expand: z.record(z.string(), z.string()),
  /** What the guards listen for. */
  guards: z.object({
    negation: z.array(text),
    information: z.array(text),
    hypothetical: z.array(text),
    past: z.array(text),
    person: z.array(text),
  }),
  smallTalk: z.object({
    hello: z.array(text),
    thanks: z.array(text),
    acknowledge: z.array(text).default([]),
    goodbye: z.array(text),
    /** Asks for help, or to be allowed to ask, and says no more. */
    help: z.array(text).default([]),
  }),
  /** Words that give a language away, by language. */
  languages: z.record(z.string(), z.array(text)),
  /** Ways of ordering the bot about, which are set aside before the rest is read. */
  instructions: z.array(text),
});
export type SafetyWords = z.infer<typeof WORDS>;

const GUARD = z.array(text).default([]);
/** How dangers are told of in one other language, in rules of words alone. */
const LANGUAGE = z.object({
  language: z.string().regex(/^[a-z]{2}$/, 'two letters, such as "es"'),
  /** Its name in English. */
  name: text,
  /** Word groups that rules of this file name in braces. */
  groups: z.record(z.string(), z.array(text)).default({}),
  /** What stops a rule; see `knowledge/safety/README.md`. */
  guards: z
    .object({ negation: GUARD, information: GUARD, hypothetical: GUARD, past: GUARD })
    .default({ negation: [], information: [], hypothetical: [], past: [] }),
  /** By category. */
  dangers: z.record(z.string(), z.array(RULE.omit({ strength: true }))),
  /** Messages that the rules of a category must find. */
  examples: z.record(z.string(), EXAMPLES).default({}),
  /** Messages in which no rule of the file may find anything. */
  counter_examples: EXAMPLES.default([]),
});
export type LanguageRules = z.infer<typeof LANGUAGE>;

const CONTACT = z.object({
  id: text,
  use: z.enum(['emergency', 'crisis', 'poison', 'advice']),
  label: localized,
  phone: z.string().optional(),
  text: z.string().optional(),
  url: z.string().optional(),
  hours: localized.optional(),
  source: z.object({ title: text, organisation: text, url: text }),
  checked: z.iso.date(),
  read: z.string(),
});
export type SafetyContact = z.infer<typeof CONTACT>;

const CONTACTS = z.object({
  recheck_by: z.iso.date(),
  regions: z.record(z.enum(REGIONS), z.array(CONTACT)),
  anywhere: z.array(CONTACT),
});
export type Contacts = z.infer<typeof CONTACTS>;

/** Reads the common core for serving. Throws `PackError` with every finding when any file is unreadable. */
export function loadSafety(folder: string, cache?: YamlCache): Safety {
  const { safety, findings } = readSafety(folder, cache);
  if (!safety || findings.length > 0) throw new PackError(folder, findings);
  return safety;
}

/** The common core as far as it can be read, and what is wrong with the rest. */
export interface ReadSafety {
  readonly safety: Safety | undefined;
  readonly findings: readonly Finding[];
  /** The file, below the folder, that rules were read from. */
  readonly fileOf: (rules: UrgentRules | ReferralRules | LanguageRules) => string;
}

/** Reads the common core for checking. */
export function readSafety(folder: string, cache?: YamlCache): ReadSafety {
  const findings: Finding[] = [];
  const files = new Map<unknown, string>();
  const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
  const all = <T>(below: string, schema: z.ZodType<T>, mend: string): T[] =>
    yamlFiles(folder, below, findings).flatMap((file) => {
      const rules = readYaml({ file, schema, mend }, read, findings, cache);
      if (rules === undefined) return [];
      files.set(rules, file);
      return [rules];
    });

  const urgent = all('urgent', URGENT, 'see another file of this folder for the shape');
  const referral = all('referral', REFERRAL, 'see another file of this folder for the shape');
  const languages = all('languages', LANGUAGE, 'see another file of this folder for the shape');
  const words = readYaml(
    { file: 'words.yaml', schema: WORDS, mend: 'see the comments in the file' },
    read,
    findings,
    cache,
  );
  const contacts = readYaml(
    { file: 'contacts.yaml', schema: CONTACTS, mend: 'see another entry for the shape' },
    read,
    findings,
    cache,
  );
  const byRank = urgent.toSorted((a, b) => a.rank - b.rank);
  return {
    safety: words && contacts ? { urgent: byRank, referral, words, languages, contacts } : undefined,
    findings,
    fileOf: (rules) => files.get(rules) ?? '',
  };
}

const PACK_URGENT = URGENT.pick({ category: true, rules: true, examples: true }).extend({ foreign: FOREIGN });
const PACK_REFERRAL = REFERRAL.pick({ reason: true, rules: true, examples: true, ask: true });

/** What a pack adds to the common core. */
export interface PackSafety {
  readonly urgent: readonly z.infer<typeof PACK_URGENT>[];
  readonly referral: readonly z.infer<typeof PACK_REFERRAL>[];
  readonly findings: readonly Finding[];
  /** The file, below the pack's folder, that rules were read from. */
  readonly fileOf: (rules: object) => string;
}

/**
 * Reads what a pack adds in `safety/urgent` and `safety/referral`: rules, examples and phrases for categories and reasons
 * of the core. Most packs add nothing.
 */
export function readPackSafety(folder: string): PackSafety {
  const findings: Finding[] = [];
  const files = new Map<unknown, string>();
  const all = <T>(below: string, schema: z.ZodType<T>): T[] => {
    if (!existsSync(path.join(folder, below))) return [];
    return yamlFiles(folder, below, findings).flatMap((file) => {
      const mend = 'see knowledge/safety/README.md for what a pack may add';
      const rules = readYaml({ file, schema, mend }, (name) => readFileSync(path.join(folder, name), 'utf8'), findings);
      if (rules !== undefined) files.set(rules, file);
      return rules === undefined ? [] : [rules];
    });
  };
  const urgent = all('safety/urgent', PACK_URGENT);
  const referral = all('safety/referral', PACK_REFERRAL);
  return { urgent, referral, findings, fileOf: (rules) => files.get(rules) ?? '' };
}

/** Reads what a pack adds, for serving. Throws `PackError` with every finding when any of it is unreadable. */
export function loadPackSafety(folder: string): PackSafety {
  const safety = readPackSafety(folder);
  if (safety.findings.length > 0) throw new PackError(folder, safety.findings);
  return safety;
}

/**
 * The core with what packs add. A pack can only make the bot more careful: of the core nothing is replaced or left out,
 * and what a pack might say against a danger (counter-examples, an order of its own) is not read.
 */
export function withPackSafety(core: Safety, packs: readonly Pick<PackSafety, 'urgent' | 'referral'>[]): Safety {
  return {
    ...core,
    languages: withForeign(core.languages, packs),
    urgent: core.urgent.map((rules) => {
      const more = packs.flatMap(({ urgent }) => urgent.filter(({ category }) => category === rules.category));
      return {
        ...rules,
        rules: [...rules.rules, ...more.flatMap((entry) => entry.rules.map(heeded))],
        examples: [rules, ...more].flatMap((entry) => entry.examples),
      };
    }),
    referral: core.referral.map((rules) => {
      const more = packs.flatMap(({ referral }) => referral.filter(({ reason }) => reason === rules.reason));
      return {
        ...rules,
        rules: [...rules.rules, ...more.flatMap((entry) => entry.rules.map(heeded))],
        examples: [rules, ...more].flatMap((entry) => entry.examples),
        ask: [rules, ...more].flatMap((entry) => entry.ask),
      };
    }),
  };
}

/** Triage was fitted without a pack's rules, and could only outweigh what it has never weighed: so a sure one counts. */
function heeded(rule: SafetyRule): SafetyRule {
  return rule.strength === 'sure' ? { ...rule, strength: 'certain' } : rule;
}

/** A pack's phrases of another language join the core's rules of that language; of one that the core lacks, they are all. */
function withForeign(
  languages: readonly LanguageRules[],
  packs: readonly Pick<PackSafety, 'urgent'>[],
): readonly LanguageRules[] {
  const added = packs.flatMap(({ urgent }) =>
    urgent.flatMap(({ category, foreign }) =>
      Object.entries(foreign ?? {}).map(([language, phrases]) => ({ language, category, phrases })),
    ),
  );
  const missing = [...new Set(added.map(({ language }) => language))].filter((one) =>
    languages.every(({ language }) => language !== one),
  );
  return [...languages, ...missing.map((language) => LANGUAGE.parse({ language, name: language, dangers: {} }))].map(
    (rules) => {
      const dangers = { ...rules.dangers };
      for (const [i, { category, phrases }] of added.filter(({ language }) => language === rules.language).entries()) {
        const rule = { id: `pack-${i + 1}`, says: 'A phrase that the pack names', phrases: [...phrases] };
        dangers[category] = [...(dangers[category] ?? []), rule];
      }
      return { ...rules, dangers };
    },
  );
}

function yamlFiles(folder: string, below: string, findings: Finding[]): string[] {
  const root = path.join(folder, below);
  if (!existsSync(root)) {
    findings.push({
      file: below,
      line: 1,
      code: 'unreadable',
      message: `there is no folder ${below}`,
      mend: 'restore it: without its rules nothing of their kind is recognized',
    });
    return [];
  }
  return readdirSync(root)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => `${below}/${name}`);
}
