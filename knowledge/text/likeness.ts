import { words } from './normalize.ts';

/** The three-word shingles of a text; of a shorter one, itself. */
export function shingles(text: string): ReadonlySet<string> {
  const all = words(text);
  if (all.length < 3) return new Set([all.join(' ')]);
  return new Set(all.slice(2).map((_, at) => all.slice(at, at + 3).join(' ')));
}

/** Texts by what they share, so that each new one is compared with the few that could be like it. */
export interface LikenessIndex {
  /** Remembers a text; ids count from 0 in the order of adding. */
  add(text: string): void;
  /** Earlier texts that share a shingle, with their likeness (Jaccard, 0 to 1), in no order. */
  like(text: string): { id: number; likeness: number }[];
}

/**
 * Likeness of texts by their shingles (Broder 1997, "On the resemblance and containment of documents"). The rarest
 * shingles lead to what is compared, and commoner ones only while that is little, or one text would be compared with all.
 */
export function createLikenessIndex(): LikenessIndex {
  const texts: ReadonlySet<string>[] = [];
  const holders = new Map<string, number[]>();
  return {
    add(text) {
      const id = texts.length;
      const own = shingles(text);
      texts.push(own);
      for (const shingle of own) {
        const earlier = holders.get(shingle);
        if (earlier) earlier.push(id);
        else holders.set(shingle, [id]);
      }
    },
    like(text) {
      const own = shingles(text);
      const lists = [...own].map((shingle) => holders.get(shingle) ?? []).sort((a, b) => a.length - b.length);
      const near = new Set<number>();
      for (const list of lists) {
        if (near.size > 0 && near.size + list.length > MOST_COMPARED) break;
        for (const id of list) near.add(id);
      }
      return [...near].map((id) => ({ id, likeness: jaccard(own, texts[id] ?? new Set()) }));
    },
  };
}

const MOST_COMPARED = 100;

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const shingle of a) if (b.has(shingle)) common += 1;
  return common / (a.size + b.size - common);
}

/** Likeness from which two passages count as one: two of 50 words may differ in about three of them. */
export const TOO_ALIKE = 0.8;
