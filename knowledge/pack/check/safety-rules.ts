import type { Finding } from '../finding.ts';
import type { Pack } from '../pack.ts';
import type { LanguageRules, ReferralRules, Safety, SafetyRule, UrgentRules } from '../safety.ts';
import type { Lines } from './lines.ts';

/** The common core as far as it could be read, and where everything in it stands. */
export interface CheckedSafety {
  readonly safety: Safety;
  readonly pack: Pack;
  /** ISO date. */
  readonly today: string;
  readonly lines: Lines;
  /** The file, below the core's folder, that rules were read from. */
  readonly fileOf: (rules: UrgentRules | ReferralRules | LanguageRules) => string;
}

/** Every danger is recognized by rules that were tried on what is, and on what only looks like it. */
export function checkSafetyRules({ safety, pack, lines, fileOf }: CheckedSafety): Finding[] {
  const findings: Finding[] = [];
  const passages = new Set(pack.passages.map((passage) => passage.id));
  const cites = coreCites(safety, pack);
  const ranks = new Map<number, string>();
  const names = new Map<string, string>();
  const languages = new Map<string, string>();

  for (const rules of [...safety.urgent, ...safety.referral]) checkCommon(rules);
  for (const rules of safety.urgent) checkUrgent(rules);
  for (const rules of safety.languages) checkLanguage(rules);
  return findings;

  function checkCommon(rules: UrgentRules | ReferralRules): void {
    const file = fileOf(rules);
    const find = finderIn(file);
    const name = 'category' in rules ? rules.category : rules.reason;
    unique(names, name, file, () =>
      find([], `${name} has a file already: ${names.get(name)}`, 'make one file of the two'),
    );
    if (rules.rules.length === 0 && rules.examples.length === 0) {
      find([], `${name} has neither rules nor examples, so it is never recognized`, 'add rules and examples');
      return;
    }
    checkExamples(file, ['examples'], rules.examples);
    checkCounterExamples(file, rules.counter_examples, rules.examples);
    checkRules(file, ['rules'], rules.rules);
  }

  function checkLanguage(rules: LanguageRules): void {
    const file = fileOf(rules);
    const find = finderIn(file);
    unique(languages, rules.language, file, () =>
      find(
        ['language'],
        `${rules.language} has a file already: ${languages.get(rules.language)}`,
        'make one of the two',
      ),
    );
    for (const [category, list] of Object.entries(rules.dangers)) {
      if (!safety.urgent.some((urgent) => urgent.category === category)) {
        find(['dangers', category], `there is no danger ${category}`, 'name a category of the folder urgent');
      }
      checkExamples(file, ['examples', category], rules.examples[category] ?? []);
      checkRules(file, ['dangers', category], list);
    }
    checkCounterExamples(file, rules.counter_examples, Object.values(rules.examples).flat());
  }

  function checkExamples(file: string, at: readonly string[], examples: readonly string[]): void {
    if (examples.length >= FEWEST_EXAMPLES) return;
    const message = `${examples.length} of at least ${FEWEST_EXAMPLES} ${at.join(' of ')}`;
    finderIn(file)(at, message, 'add messages that mean it');
  }

  function checkCounterExamples(file: string, counterExamples: readonly string[], examples: readonly string[]): void {
    const find = finderIn(file);
    if (counterExamples.length < FEWEST_EXAMPLES) {
      const message = `${counterExamples.length} of at least ${FEWEST_EXAMPLES} counter_examples`;
      find(['counter_examples'], message, 'add messages that look like it and are harmless');
    }
    for (const [index, text] of counterExamples.entries()) {
      if (!examples.includes(text)) continue;
      find(['counter_examples', index], `“${text}” is among the examples, too`, 'decide what it is');
    }
  }

  function checkRules(
    file: string,
    place: readonly string[],
    list: readonly Pick<SafetyRule, 'id' | 'phrases' | 'near'>[],
  ): void {
    const find = finderIn(file);
    const ids = new Map<string, string>();
    for (const [index, rule] of list.entries()) {
      const at = [...place, index, 'id'];
      unique(ids, rule.id, file, () => find(at, `there are two rules ${rule.id}`, 'give one of them another id'));
      if (!rule.phrases?.length && !rule.near?.length) {
        find(at, `rule ${rule.id} has neither phrases nor near, so it never fires`, 'say what it listens for');
      }
    }
  }

  function checkUrgent(rules: UrgentRules): void {
    const file = fileOf(rules);
    const find = finderIn(file);
    unique(ranks, rules.rank, file, () =>
      find(['rank'], `rank ${rules.rank} is taken by ${ranks.get(rules.rank)}`, 'decide which danger is the worse'),
    );
    if (rules.quote && isOf(pack, rules.quote) && !passages.has(rules.quote)) {
      find(['quote'], `there is no passage ${rules.quote}`, 'name a passage by its id, or write null');
    }
    for (const key of ['passages', 'signs'] as const) {
      for (const [index, id] of rules[key].entries()) {
        if (!isOf(pack, id) || passages.has(id)) continue;
        find([key, index], `there is no passage ${id}`, 'name a passage by its id, or take the line out');
      }
    }
    for (const [index, id] of rules.sources.entries()) {
      if (!cites || pack.sources.has(id)) continue;
      find(['sources', index], `the pack has no source ${id}`, 'correct the id, or add the source', 'unknown-source');
    }
  }

  function finderIn(file: string) {
    return (at: readonly (string | number)[], message: string, mend: string, code: Finding['code'] = 'safety-rule') =>
      findings.push({ file, line: lines.ofValue(file, at), code, message, mend });
  }
}

const FEWEST_EXAMPLES = 5;

function unique<K>(seen: Map<K, string>, key: K, file: string, taken: () => void): void {
  if (seen.has(key)) taken();
  else seen.set(key, file);
}

/** Whether the core's sources stand in this pack's bibliography: they do in that of the pack whose passages it quotes. */
function coreCites({ urgent }: Safety, pack: Pack): boolean {
  const quoted = urgent.flatMap(({ quote, passages }) => [...(quote ? [quote] : []), ...passages]);
  return quoted.length === 0 || quoted.some((id) => isOf(pack, id));
}

function isOf(pack: Pack, passageId: string): boolean {
  return passageId.startsWith(`${pack.id}/`);
}
