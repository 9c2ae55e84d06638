import { createAnchors, fitted, type PhraseReader } from './phrase.ts';
import { createMatcher, type Found, type Matcher } from './phrase-match.ts';

/**
 * Looks for many phrases at once, each with a tag: by tag, every place where one of its phrases stands, in order.
 * Whoever looks into a sentence with several indices gives them one matcher, which remembers.
 */
export type PhraseIndex<T> = (words: readonly string[], ends?: Matcher) => ReadonlyMap<T, readonly Found[]>;

/** Throws `SyntaxError` for a phrase that can't be read. */
export function createPhraseIndex<T>(
  entries: readonly { readonly tag: T; readonly phrase: string }[],
  read: PhraseReader,
): PhraseIndex<T> {
  const always: number[] = [];
  const words = new Map<string, number[]>();
  const beginnings = new Map<string, number[]>();
  const anchorsOf = createAnchors();
  const phrases = entries.map(({ tag, phrase }, id) => {
    const whole = read(phrase);
    const sure = anchorsOf(whole);
    if (!sure) always.push(id);
    for (const anchor of sure ?? []) {
      const [index, key] =
        anchor.kind === 'word' ? ([words, anchor.word] as const) : ([beginnings, anchor.letters] as const);
      const list = index.get(key);
      if (list) list.push(id);
      else index.set(key, [id]);
    }
    return { tag, whole };
  });
  const fit = ([key, list]: readonly [string, number[]]) => [key, fitted(list)] as const;
  const byWord = new Map([...words].map(fit));
  const byBeginning = new Map([...beginnings].map(fit));

  return (words, ends = createMatcher(words)) => {
    const candidates = new Set(always);
    for (const word of words) {
      for (const id of byWord.get(word) ?? []) candidates.add(id);
      for (let length = 1; length <= word.length; length++) {
        for (const id of byBeginning.get(word.slice(0, length)) ?? []) candidates.add(id);
      }
    }
    const found = new Map<T, Found[]>();
    for (const id of candidates) {
      const entry = phrases[id];
      if (!entry) continue;
      for (let start = 0; start < words.length; start++) {
        const end = ends(entry.whole, start)[0];
        if (end === undefined || end === start) continue;
        const list = found.get(entry.tag);
        if (list) list.push({ start, end });
        else found.set(entry.tag, [{ start, end }]);
      }
    }
    for (const list of found.values()) list.sort((a, b) => a.start - b.start || a.end - b.end);
    return found;
  };
}
