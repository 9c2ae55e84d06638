import type { Snapshot } from '../../knowledge/index/snapshot.ts';
import type { Safety } from '../../knowledge/pack/safety.ts';
import { splitWords, words } from '../../knowledge/text/normalize.ts';

/**
 * Words of subjects that the pack knows to be others, one and many: "warts" is no slip of "wants". Nothing is mended
 * toward them.
 */
export function wordsOfOtherSubjects({ pack, chunks }: Pick<Snapshot, 'pack' | 'chunks'>): ReadonlySet<string> {
  const asked = chunks.filter(({ kind }) => kind === 'out-of-scope').map(({ text }) => text);
  const found = [...asked, ...pack.otherSubjects].flatMap(words);
  return new Set(found.flatMap((word) => [word, `${word}s`]));
}

/** The words of the pack and of the safety rules, with how often each occurs: what misspellings are mended toward. */
export function vocabularyOf(
  { pack, chunks }: Snapshot,
  { urgent, referral, words: safetyWords }: Safety,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (found: readonly string[]) => {
    for (const word of found) counts.set(word, (counts.get(word) ?? 0) + 1);
  };
  const add = (text: string) => count(words(text));
  // Chunks are canonical text, which is normal already.
  for (const { kind, text } of chunks) if (kind === 'question' || kind === 'passage') count(splitWords(text));
  for (const { term, also } of pack.lexicon) for (const name of [term, ...also]) add(name);
  for (const { rules, examples } of [...urgent, ...referral]) {
    for (const example of examples) add(example);
    for (const { phrases = [], near = [] } of rules) {
      for (const phrase of [...phrases, ...near.flatMap(({ all }) => all.flat())]) add(phrase.replace(/\w+\*/g, ' '));
    }
  }
  for (const group of Object.values(safetyWords.groups)) for (const phrase of group) add(phrase.replace(/\w+\*/g, ' '));
  for (const short of Object.keys(safetyWords.expand)) add(short);
  return counts;
}
