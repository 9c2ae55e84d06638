import { stem } from '../../../knowledge/text/stem.ts';
import type { RuleHit } from './rules.ts';
import type { TriageSentence } from './triage-form.ts';

/** What a classifier reads of a message beside its tokens: hashed, so that words never met have a place, too. */
export interface Clues {
  /** Of words, neighbouring words and groups of letters: each place once. */
  readonly words: readonly number[];
  /** Of rules that found something: each place once. */
  readonly rules: readonly number[];
}

/** What the rules of one label found. */
export interface LabelledHits {
  readonly label: string;
  readonly rules: readonly RuleHit[];
}

/** How many places clues are hashed to (Weinberger et al. 2009). */
export const PLACES = 32_768;

/**
 * @param sentences of the message, in triage form
 * @param danger    whether a label is a danger, rather than a decision to refer
 */
export function cluesOf(
  sentences: readonly TriageSentence[],
  hits: readonly LabelledHits[],
  danger: (label: string) => boolean,
): Clues {
  const words = sentences.flatMap(({ words: said, question }, i) => [
    ...(i > 0 ? ['.'] : []),
    ...said.map(stem),
    ...(question ? ['?'] : []),
  ]);
  const found = new Set<number>();
  for (const [i, word] of words.entries()) {
    found.add(place(`word ${word}`));
    if (i + 1 < words.length) found.add(place(`pair ${word} ${words[i + 1]}`));
    if (i + 2 < words.length) found.add(place(`around ${word} ${words[i + 2]}`));
  }
  // Letters recognize words in forms and misspellings that were never met.
  const letters = ` ${words.join(' ')} `;
  for (const length of LETTERS) {
    for (let i = 0; i + length <= letters.length; i++) found.add(place(`letters ${letters.slice(i, i + length)}`));
  }

  const ruled = new Set<number>();
  for (const { label, rules } of hits) {
    for (const { strength, stoppedBy } of rules) {
      const how = stoppedBy.length > 0 ? 'stopped' : strength;
      ruled.add(place(`rule ${label} ${how}`));
      ruled.add(place(`rule of ${danger(label) ? 'danger' : 'referral'} ${how}`));
    }
  }
  return { words: [...found], rules: [...ruled] };
}

const LETTERS = [4, 5];

/** FNV-1a, folded. */
function place(clue: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < clue.length; i++) {
    hash ^= clue.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % PLACES;
}
