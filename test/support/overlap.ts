import { words } from '../../knowledge/text/normalize.ts';

/** A text, and where it stands. */
export interface Wording {
  readonly from: string;
  readonly text: string;
}

/** Finds texts that say a thing in the words, or nearly the words, of texts known before. */
export interface Overlap {
  /** The known text of the same words, whatever its case, accents, spaces and punctuation. */
  same(text: string): Wording | undefined;
  /**
   * The nearest known text that shares at least three quarters (Jaccard) of its letter trigrams or of its pairs of
   * words. Texts of fewer than five words are near to nothing: there are not enough ways to say them.
   */
  near(text: string): Wording | undefined;
}

export function createOverlap(known: readonly Wording[]): Overlap {
  const byWords = new Map(known.map((wording) => [words(wording.text).join(' '), wording]));
  const long = known.filter(({ text }) => words(text).length >= LONG);
  const lookers = [trigrams, bigrams].map((featuresOf) => createLooker(long, featuresOf));
  return {
    same(text) {
      const key = words(text).join(' ');
      return key === '' ? undefined : byWords.get(key);
    },
    near(text) {
      if (words(text).length < LONG) return undefined;
      const [best] = lookers.map((look) => look(text)).toSorted((a, b) => b.score - a.score);
      return best && best.score >= NEAR ? best.wording : undefined;
    },
  };
}

/** Finds the text that shares most of its features, by counting in the lists of texts that hold each. */
function createLooker(known: readonly Wording[], featuresOf: (text: string) => Set<string>) {
  const sizes: number[] = [];
  const holders = new Map<string, number[]>();
  for (const [place, { text }] of known.entries()) {
    const features = featuresOf(text);
    sizes.push(features.size);
    for (const feature of features) {
      const list = holders.get(feature);
      if (list) list.push(place);
      else holders.set(feature, [place]);
    }
  }
  return (text: string): { score: number; wording?: Wording | undefined } => {
    const features = featuresOf(text);
    const shared = new Map<number, number>();
    for (const feature of features) {
      for (const place of holders.get(feature) ?? []) shared.set(place, (shared.get(place) ?? 0) + 1);
    }
    let best = { score: 0, place: -1 };
    for (const [place, count] of shared) {
      const score = count / (features.size + (sizes[place] ?? 0) - count);
      if (score > best.score) best = { score, place };
    }
    return { score: best.score, wording: known[best.place] };
  };
}

function trigrams(text: string): Set<string> {
  const joined = words(text).join(' ');
  return new Set(Array.from({ length: Math.max(0, joined.length - 2) }, (_, i) => joined.slice(i, i + 3)));
}

function bigrams(text: string): Set<string> {
  const list = words(text);
  return new Set(list.slice(1).map((word, i) => `${list[i]} ${word}`));
}

const LONG = 5;
const NEAR = 0.75;
