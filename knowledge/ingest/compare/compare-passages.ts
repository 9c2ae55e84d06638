import type { Comparison } from '../../pack/pack.ts';
import { createLikenessIndex, TOO_ALIKE } from '../../text/likeness.ts';
import { words } from '../../text/normalize.ts';
import { stem } from '../../text/stem.ts';
import { STOP_WORDS } from '../../text/stop-words.ts';
import { disagree, type Quantity, quantitiesIn } from './quantities.ts';

/** A passage as far as it is compared. */
export interface Compared {
  readonly id: string;
  readonly text: string;
  readonly sentences: readonly { readonly start: number; readonly end: number }[];
}

/** Holds new passages against those that are there: the same again, or the same with other numbers. */
export interface PassageComparer {
  add(passage: Compared): void;
  /** At most `MOST` of each kind, the most alike first; a passage is not compared with one of the ids to skip. */
  compare(passage: Compared, skip: ReadonlySet<string>): Comparison[];
}

/**
 * Duplicates by shingles. Contradictions by sentences with quantities that share most of their telling words, and whose
 * numbers differ in a unit that both use. Both are found by what they share, so the cost of one grows little with the pack.
 */
export function createPassageComparer(): PassageComparer {
  const likeness = createLikenessIndex();
  const ids: string[] = [];
  const facts: Fact[] = [];
  const factsWith = new Map<string, number[]>();

  return {
    add(passage) {
      likeness.add(passage.text);
      ids.push(passage.id);
      for (const fact of factsOf(passage)) {
        const place = facts.push(fact) - 1;
        for (const term of fact.terms) {
          const holders = factsWith.get(term);
          if (holders) holders.push(place);
          else factsWith.set(term, [place]);
        }
      }
    },
    compare(passage, skip) {
      const duplicates = likeness
        .like(passage.text)
        .filter(({ id, likeness: how }) => how >= TOO_ALIKE && !skip.has(ids[id] ?? ''))
        .sort((a, b) => b.likeness - a.likeness)
        .map(({ id }): Comparison => ({ kind: 'duplicate', passage: ids[id] ?? '' }));
      return [...duplicates.slice(0, MOST), ...contradictions(passage, skip).slice(0, MOST)];
    },
  };

  function contradictions(passage: Compared, skip: ReadonlySet<string>): Comparison[] {
    const found: { likeness: number; comparison: Comparison }[] = [];
    for (const fact of factsOf(passage)) {
      const shared = new Map<number, number>();
      for (const term of fact.terms) {
        const holders = factsWith.get(term) ?? [];
        // A word that very many sentences have tells nothing, and would make this slow.
        if (holders.length > TOO_COMMON) continue;
        for (const place of holders) shared.set(place, (shared.get(place) ?? 0) + 1);
      }
      for (const [place, common] of shared) {
        const other = facts[place];
        if (!other || common < FEWEST_SHARED || skip.has(other.passage)) continue;
        const alike = common / Math.min(fact.terms.size, other.terms.size);
        const overall = common / (fact.terms.size + other.terms.size - common);
        if (alike < SAME_SUBJECT || overall < SAME_SUBJECT / 2 || !disagree(fact.quantities, other.quantities))
          continue;
        const { passage: id, sentence: there } = other;
        found.push({
          likeness: overall,
          comparison: { kind: 'contradiction', passage: id, here: fact.sentence, there },
        });
      }
    }
    const seen = new Set<string>();
    return found
      .sort((a, b) => b.likeness - a.likeness)
      .map(({ comparison }) => comparison)
      .filter(({ passage: id }) => !seen.has(id) && seen.add(id));
  }
}

// Tried on statements that do and don't contradict each other: three telling words, and most of the shorter sentence's.
const FEWEST_SHARED = 3;
const SAME_SUBJECT = 0.6;
const TOO_COMMON = 300;
const MOST = 3;

interface Fact {
  readonly passage: string;
  readonly sentence: string;
  readonly terms: ReadonlySet<string>;
  readonly quantities: readonly Quantity[];
}

function factsOf({ id, text, sentences }: Compared): Fact[] {
  return sentences.flatMap(({ start, end }) => {
    const sentence = text.slice(start, end);
    const quantities = quantitiesIn(sentence);
    return quantities.length === 0 ? [] : [{ passage: id, sentence, terms: termsOf(sentence), quantities }];
  });
}

function termsOf(sentence: string): ReadonlySet<string> {
  const telling = words(sentence).filter((word) => !STOP_WORDS.has(word) && !/\d/.test(word) && !UNIT_WORDS.test(word));
  return new Set(telling.map(stem));
}

const UNIT_WORDS = /^(?:percent|mg|kg|ml|minutes?|hours?|days?|weeks?|months?|years?|times?|about|around|up|usually)$/;
