import { distance } from 'fastest-levenshtein';

/** Mends misspelt words toward a vocabulary. */
export interface Spelling {
  /** The text with unknown words replaced by the nearest known one; words with no near neighbour stay. */
  correct(text: string): string;
}

/**
 * @param vocabulary words to correct toward, with how often each occurs (the commoner of two equally near words wins)
 * @param isWord     whether a word is good as it stands although the vocabulary lacks it (ordinary English)
 */
export function createSpelling({
  vocabulary,
  isWord,
}: {
  vocabulary: ReadonlyMap<string, number>;
  isWord: (word: string) => boolean;
}): Spelling {
  const byLength = new Map<number, string[]>();
  for (const word of vocabulary.keys()) {
    if (word.length < MIN_LENGTH - 1 || !/^[a-z]+$/.test(word)) continue;
    const list = byLength.get(word.length);
    if (list) list.push(word);
    else byLength.set(word.length, [word]);
  }

  return {
    correct: (text) =>
      text.replace(/[a-z]+(?:'[a-z]+)?/g, (word) =>
        word.length < MIN_LENGTH || word.includes("'") || vocabulary.has(word) || isWord(word) ? word : nearest(word),
      ),
  };

  function nearest(word: string): string {
    const limit = word.length >= TWO_EDITS_FROM ? 2 : 1;
    let best = word;
    let bestCost = Number.POSITIVE_INFINITY;
    for (let length = word.length - limit; length <= word.length + limit; length++) {
      for (const candidate of byLength.get(length) ?? []) {
        const edits = editDistance(word, candidate, limit);
        if (edits > limit) continue;
        // People rarely get the first letter wrong; a candidate that keeps it is worth half an edit.
        const cost =
          edits +
          (candidate[0] === word[0] ? 0 : 0.5) -
          Math.min(0.4, Math.log10(1 + (vocabulary.get(candidate) ?? 0)) / 10);
        if (cost < bestCost) {
          bestCost = cost;
          best = candidate;
        }
      }
    }
    return best;
  }
}

/** Levenshtein distance in which two neighbouring letters swapped ("acen") count as one edit, not two. */
function editDistance(a: string, b: string, limit: number): number {
  const plain = distance(a, b);
  if (plain <= 1 || plain > limit + 1) return plain;
  for (let i = 0; i + 1 < a.length; i++) {
    if (a[i] !== b[i]) {
      const swapped = a.slice(0, i) + a.charAt(i + 1) + a.charAt(i) + a.slice(i + 2);
      return Math.min(plain, distance(swapped, b) + 1);
    }
  }
  return plain;
}

const MIN_LENGTH = 4;
const TWO_EDITS_FROM = 8;
