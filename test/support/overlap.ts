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

/**
 * Finds the text that shares most of its features, where that is a share of at least `NEAR`. Such a text has all but a
 * quarter of the features, so it holds one of the rarest that are more than a quarter: only holders of these are compared
 * (prefix filtering, Chaudhuri et al. 2006), and only those of like size.
 */
function createLooker(known: readonly Wording[], featuresOf: (text: string) => Set<string>) {
  const numbers = new Map<string, number>();
  const holders: number[][] = [];
  const all = known.map(({ text }, place) =>
    Uint32Array.from(featuresOf(text), (feature) => {
      const number = numbers.get(feature) ?? numbers.size;
      numbers.set(feature, number);
      const list = holders[number];
      if (list) list.push(place);
      else holders[number] = [place];
      return number;
    }),
  );
  const asked = new Uint8Array(numbers.size);
  return (text: string): { score: number; wording?: Wording | undefined } => {
    const features = [...featuresOf(text)];
    const its = features.flatMap((feature) => numbers.get(feature) ?? []);
    const heldBy = (feature: string) => holders[numbers.get(feature) ?? -1] ?? [];
    const rarest = features.map(heldBy).sort((one, other) => one.length - other.length);
    const candidates = new Set(rarest.slice(0, features.length - Math.ceil(NEAR * features.length) + 1).flat());
    for (const number of its) asked[number] = 1;
    let best = { score: 0, place: -1 };
    for (const place of candidates) {
      const own = all[place] ?? NONE;
      if (Math.min(own.length, features.length) < NEAR * Math.max(own.length, features.length)) continue;
      let count = 0;
      for (let i = 0; i < own.length; i++) count += asked[own[i] ?? 0] ?? 0;
      const score = count / (features.length + own.length - count);
      if (score > best.score) best = { score, place };
    }
    for (const number of its) asked[number] = 0;
    return { score: best.score, wording: known[best.place] };
  };
}

const NONE = new Uint32Array();

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
