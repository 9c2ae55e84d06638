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

/** Likeness of texts by their shingles (Broder 1997, "On the resemblance and containment of documents"). */
export function createLikenessIndex(): LikenessIndex {
  const sizes: number[] = [];
  const holders = new Map<string, number[]>();
  return {
    add(text) {
      const id = sizes.length;
      const own = shingles(text);
      sizes.push(own.size);
      for (const shingle of own) {
        const earlier = holders.get(shingle);
        if (earlier) earlier.push(id);
        else holders.set(shingle, [id]);
      }
    },
    like(text) {
      const own = shingles(text);
      const shared = new Map<number, number>();
      for (const shingle of own) {
        for (const id of holders.get(shingle) ?? []) shared.set(id, (shared.get(id) ?? 0) + 1);
      }
      return [...shared].map(([id, common]) => ({ id, likeness: common / (own.size + (sizes[id] ?? 0) - common) }));
    },
  };
}

/** Likeness from which two passages count as one: two of 50 words may differ in about three of them. */
export const TOO_ALIKE = 0.8;
