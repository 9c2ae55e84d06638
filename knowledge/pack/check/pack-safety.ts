import type { Finding } from '../finding.ts';
import type { PackSafety, Safety } from '../safety.ts';

/** What a pack adds to the common core has a place in it: a category or a reason that the core knows. */
export function checkPackSafety(
  { urgent, referral, findings, fileOf }: PackSafety,
  core: Safety | undefined,
): Finding[] {
  const known = new Set([...(core?.urgent ?? []).map(({ category }) => category)]);
  const unknown = urgent.filter(({ category }) => core && !known.has(category));
  const silent = [...urgent, ...referral].filter(({ rules, examples }) => rules.length === 0 && examples.length === 0);
  const about = (rules: object, message: string, mend: string): Finding => ({
    file: fileOf(rules),
    line: 1,
    code: 'safety-rule',
    message,
    mend,
  });
  return [
    ...findings,
    ...unknown.map((rules) =>
      about(rules, `the common core has no category ${rules.category}`, `take one of: ${[...known].join(', ')}`),
    ),
    ...silent.map((rules) => about(rules, 'adds neither rules nor examples', 'add some, or remove the file')),
  ];
}
