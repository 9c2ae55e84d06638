import type { Choice, Phrase } from './phrase.ts';

/** A run of words, `[start, end)`. */
export interface Found {
  readonly start: number;
  readonly end: number;
}

/** Where phrases end that begin at a word; remembered, since thousands of rules share their groups of words. */
export type Matcher = (phrase: Phrase, start: number) => readonly number[];

/** A matcher for one sentence: to be shared by all who look for phrases in it. */
export function createMatcher(words: readonly string[]): Matcher {
  const known = new Map<Phrase, (readonly number[] | undefined)[]>();
  return ends;

  function ends(phrase: Phrase, start: number): readonly number[] {
    switch (phrase.kind) {
      case 'word':
        return words[start] === phrase.word ? [start + 1] : NOWHERE;
      case 'beginning':
        return words[start]?.startsWith(phrase.letters) ? [start + 1] : NOWHERE;
      case 'shape':
        return phrase.expression.test(words[start] ?? '') ? [start + 1] : NOWHERE;
      case 'optional':
        return union([start], ends(phrase.inner, start));
      case 'gap':
        return Array.from({ length: Math.min(phrase.most, words.length - start) + 1 }, (_, i) => start + i);
      case 'sequence':
        // Of thousands of phrases most fail at their first word: that is looked up faster than remembered.
        return mayBegin(phrase.parts[0], start) ? remembered(phrase, start) : NOWHERE;
      case 'choice':
        return remembered(phrase, start);
    }
  }

  function mayBegin(first: Phrase | undefined, start: number): boolean {
    return first?.kind !== 'word' || words[start] === first.word;
  }

  function remembered(phrase: Extract<Phrase, { kind: 'sequence' | 'choice' }>, start: number): readonly number[] {
    const places = known.get(phrase) ?? [];
    known.set(phrase, places);
    const place = places[start] ?? (phrase.kind === 'choice' ? anyOf(phrase, start) : inTurn(phrase, start));
    places[start] = place;
    return place;
  }

  function anyOf({ byFirstWord, others }: Choice, start: number): readonly number[] {
    let all = NOWHERE;
    for (const option of byFirstWord.get(words[start] ?? '') ?? []) all = union(all, ends(option, start));
    for (const option of others) all = union(all, ends(option, start));
    return all;
  }

  function inTurn({ parts }: Phrase & { kind: 'sequence' }, start: number): readonly number[] {
    let reached: readonly number[] = [start];
    for (const part of parts) {
      let next = NOWHERE;
      for (const place of reached) next = union(next, ends(part, place));
      if (next.length === 0) return NOWHERE;
      reached = next;
    }
    return reached;
  }
}

const NOWHERE: readonly number[] = [];

/** Of two ascending lists, each place once. */
function union(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}
