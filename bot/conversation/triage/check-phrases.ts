import { createLines } from '../../../knowledge/pack/check/lines.ts';
import type { Finding } from '../../../knowledge/pack/finding.ts';
import {
  type LanguageRules,
  readPackSafety,
  readSafety,
  type Safety,
  type SafetyRule,
  type SafetyWords,
} from '../../../knowledge/pack/safety.ts';
import { createLanguageReader } from './other-languages.ts';
import { createPhraseReader, type PhraseReader } from './phrase.ts';

/**
 * The phrases of the common core that can't be read, by file and line below its folder. Together with `checkPack`
 * this is the whole check: the phrases' language is the triage's, which `knowledge/` doesn't know.
 */
export function checkPhrases({ safetyFolder }: { safetyFolder: string }): Finding[] {
  const { safety, fileOf } = readSafety(safetyFolder);
  if (!safety) return [];
  return [
    ...checkWords(safetyFolder, safety.words),
    ...checkRules(safetyFolder, safety, [...safety.urgent, ...safety.referral], fileOf),
    ...safety.languages.flatMap((rules) => checkLanguage(safetyFolder, fileOf(rules), rules)),
  ];
}

/** The same for what a pack adds to the core, below the pack's folder. */
export function checkPackPhrases({ folder, safetyFolder }: { folder: string; safetyFolder: string }): Finding[] {
  const { safety } = readSafety(safetyFolder);
  const { urgent, referral, fileOf } = readPackSafety(folder);
  if (!safety) return [];
  const foreign = urgent.flatMap((rules) =>
    Object.entries(rules.foreign ?? {}).flatMap(([code, phrases]) => {
      const language = safety.languages.find((known) => known.language === code);
      const { findings, checkAll } = createChecker(folder, createLanguageReader(language ?? { groups: {} }));
      checkAll(fileOf(rules), ['foreign', code], phrases);
      return findings;
    }),
  );
  return [...checkRules(folder, safety, [...urgent, ...referral], fileOf), ...foreign];
}

function checkWords(folder: string, { groups, guards, instructions }: SafetyWords): Finding[] {
  const { findings, checkAll } = createChecker(folder, createPhraseReader(groups));
  for (const [name, phrases] of Object.entries(groups)) checkAll('words.yaml', ['groups', name], phrases);
  for (const [name, phrases] of Object.entries(guards)) checkAll('words.yaml', ['guards', name], phrases);
  checkAll('words.yaml', ['instructions'], instructions);
  return findings;
}

function checkRules<T extends { readonly rules: readonly SafetyRule[] }>(
  folder: string,
  { words }: Safety,
  all: readonly T[],
  fileOf: (rules: T) => string,
): Finding[] {
  const { findings, checkRule } = createChecker(folder, createPhraseReader(words.groups));
  for (const rules of all) {
    for (const [index, rule] of rules.rules.entries()) checkRule(fileOf(rules), ['rules', index], rule);
  }
  return findings;
}

function checkLanguage(folder: string, file: string, language: LanguageRules): Finding[] {
  const { findings, checkAll, checkRule } = createChecker(folder, createLanguageReader(language));
  for (const [name, phrases] of Object.entries(language.groups)) checkAll(file, ['groups', name], phrases);
  for (const [name, phrases] of Object.entries(language.guards)) checkAll(file, ['guards', name], phrases);
  for (const [category, rules] of Object.entries(language.dangers)) {
    for (const [index, rule] of rules.entries()) checkRule(file, ['dangers', category, index], rule);
  }
  return findings;
}

type At = readonly (string | number)[];

function createChecker(folder: string, read: PhraseReader) {
  const findings: Finding[] = [];
  const lines = createLines(folder);
  return { findings, checkAll, checkRule };

  function checkRule(file: string, at: At, { phrases, near, unless }: Omit<SafetyRule, 'strength'>): void {
    checkAll(file, [...at, 'phrases'], phrases);
    checkAll(file, [...at, 'unless'], unless);
    for (const [index, { all }] of (near ?? []).entries()) {
      for (const [group, list] of all.entries()) checkAll(file, [...at, 'near', index, 'all', group], list);
    }
  }

  function checkAll(file: string, at: At, phrases: readonly string[] = []): void {
    for (const [index, phrase] of phrases.entries()) {
      try {
        read(phrase);
      } catch (cause) {
        if (!(cause instanceof SyntaxError)) throw cause;
        const line = lines.ofValue(file, [...at, index]);
        findings.push({
          file,
          line,
          code: 'safety-rule',
          message: cause.message,
          mend: 'write it as README.md in that folder says',
        });
      }
    }
  }
}
