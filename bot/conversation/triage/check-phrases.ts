import { createLines } from '../../../knowledge/pack/check/lines.ts';
import type { Finding } from '../../../knowledge/pack/finding.ts';
import { readPackSafety, readSafety, type Safety, type SafetyRule } from '../../../knowledge/pack/safety.ts';
import { createPhraseReader } from './phrase.ts';

/**
 * The phrases of the common core that can't be read, by file and line below its folder. Together with `checkPack`
 * this is the whole check: the phrases' language is the triage's, which `knowledge/` doesn't know.
 */
export function checkPhrases({ safetyFolder }: { safetyFolder: string }): Finding[] {
  const { safety, fileOf } = readSafety(safetyFolder);
  return safety ? check(safetyFolder, safety, [...safety.urgent, ...safety.referral], fileOf, true) : [];
}

/** The same for what a pack adds to the core, below the pack's folder. */
export function checkPackPhrases({ folder, safetyFolder }: { folder: string; safetyFolder: string }): Finding[] {
  const { safety } = readSafety(safetyFolder);
  const { urgent, referral, fileOf } = readPackSafety(folder);
  return safety ? check(folder, safety, [...urgent, ...referral], fileOf, false) : [];
}

function check<T extends { readonly rules: readonly SafetyRule[] }>(
  folder: string,
  safety: Safety,
  all: readonly T[],
  fileOf: (rules: T) => string,
  withWords: boolean,
): Finding[] {
  const findings: Finding[] = [];
  const lines = createLines(folder);
  const { groups, guards, instructions } = safety.words;
  const read = createPhraseReader(groups);

  if (withWords) {
    for (const [name, phrases] of Object.entries(groups)) checkAll('words.yaml', ['groups', name], phrases);
    for (const [name, phrases] of Object.entries(guards)) checkAll('words.yaml', ['guards', name], phrases);
    checkAll('words.yaml', ['instructions'], instructions);
  }
  for (const rules of all) {
    for (const [index, rule] of rules.rules.entries()) checkRule(fileOf(rules), ['rules', index], rule);
  }
  return findings;

  function checkRule(file: string, at: readonly (string | number)[], { phrases, near, unless }: SafetyRule): void {
    checkAll(file, [...at, 'phrases'], phrases);
    checkAll(file, [...at, 'unless'], unless);
    for (const [index, { all }] of (near ?? []).entries()) {
      for (const [group, list] of all.entries()) checkAll(file, [...at, 'near', index, 'all', group], list);
    }
  }

  function checkAll(file: string, at: readonly (string | number)[], phrases: readonly string[] = []): void {
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
