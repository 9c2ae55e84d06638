/**
 * The small language that safety rules are written in, so that a clinician can read them:
 *
 * - `want to die`       these words, in this order
 * - `suicid*`           a word that begins so
 * - `(kill|end) myself` one of these; alternatives may be several words
 * - `[really] want`     may be missing
 * - `took .. pills`     up to three words between; `..6` up to six
 * - `{person}`          any phrase of the group `person` in `words.yaml`
 *
 * Brackets nest. Matched against sentences in triage form (`triageForm`), in which a space stands before every word.
 */
export type WordGroups = Readonly<Record<string, readonly string[]>>;

/**
 * Any of several phrases, as one expression with the flags `g` and `u`; matches nothing when there are none.
 * Throws `SyntaxError` that shows the phrase and what is wrong with it.
 */
export function compilePhrases(phrases: readonly string[], groups: WordGroups): RegExp {
  if (phrases.length === 0) return /(?!)/gu;
  return new RegExp(`(?:${phrases.map((phrase) => phraseSource(phrase, groups, 0)).join('|')})(?= |$)`, 'gu');
}

function phraseSource(phrase: string, groups: WordGroups, depth: number): string {
  const fail = (what: string): never => {
    throw new SyntaxError(`safety rule "${phrase}": ${what}`);
  };
  if (depth > 5) fail('word groups name each other in a circle');
  const parts = phrase.toLowerCase().match(/[()[\]|]|\{[^{}]*\}|\.\.\d*|[^\s()[\]{}|]+/g) ?? fail('is empty');
  let at = 0;
  const source = alternatives();
  if (at < parts.length) fail(`"${parts[at]}" closes nothing`);
  return source;

  function alternatives(): string {
    const all = [sequence()];
    while (parts[at] === '|') {
      at += 1;
      all.push(sequence());
    }
    return all.length === 1 ? `${all[0]}` : `(?:${all.join('|')})`;
  }

  function sequence(): string {
    let source = '';
    for (let part = parts[at]; part !== undefined && part !== '|' && part !== ')' && part !== ']'; part = parts[at]) {
      at += 1;
      source += part === '(' ? `(?:${inside(')')})` : part === '[' ? `(?:${inside(']')})?` : single(part);
    }
    return source;
  }

  function inside(closing: string): string {
    const source = alternatives();
    if (parts[at] !== closing) fail(`"${closing}" is missing`);
    at += 1;
    return source;
  }

  function single(part: string): string {
    const gap = /^\.\.(\d*)$/.exec(part);
    if (gap) return `(?: [^ ]+){0,${gap[1] || 3}}?`;
    if (!part.startsWith('{')) return ` ${part.split('*').map(escapeForRegExp).join("[\\p{L}\\p{M}\\p{N}']*")}`;
    const group = groups[part.slice(1, -1)] ?? fail(`there is no word group ${part} in words.yaml`);
    return `(?:${group.map((entry) => phraseSource(entry, groups, depth + 1)).join('|')})`;
  }
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
