import { foldAccents, normalize } from './normalize.ts';

/** One row of `lexicon.yaml`: the field's term and what people call it. */
export interface LexiconEntry {
  readonly term: string;
  /** Lay words, brand names, abbreviations, other spellings. Several words are one phrase. */
  readonly also: readonly string[];
}

/** Knows the field's terms by all their names. */
export interface Lexicon {
  readonly entries: readonly LexiconEntry[];
  /**
   * The text, normalized, with every lay word replaced by the field's term: "does tane make u purge" →
   * "does isotretinoin make u early flare". The longest name wins where two overlap, and a term is its own name: of
   * "tetracycline antibiotics" the first word alone is not replaced.
   */
  canonical(text: string): string;
}

/** Throws `RangeError` when two entries claim the same name, since only one of them could ever be right. */
export function createLexicon(entries: readonly LexiconEntry[]): Lexicon {
  const termByName = new Map<string, string>();
  for (const { term, also } of entries) {
    for (const name of also) {
      const key = unhyphenated(foldAccents(normalize(name)));
      const other = termByName.get(key);
      if (other !== undefined && other !== term) {
        throw new RangeError(`lexicon: "${name}" stands for both "${other}" and "${term}"; keep it under one of them`);
      }
      termByName.set(key, term);
    }
  }
  const terms = entries.map(({ term }) => unhyphenated(foldAccents(normalize(term))));
  const names = [...new Set([...termByName.keys(), ...terms])].sort((a, b) => b.length - a.length);
  const pattern =
    names.length > 0
      ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${names.map(escapeForRegExp).join('|')})(?![\\p{L}\\p{N}])`, 'gu')
      : undefined;
  return {
    entries,
    canonical(text) {
      const normal = foldAccents(normalize(text));
      return pattern ? normal.replace(pattern, (name) => termByName.get(unhyphenated(name)) ?? name) : normal;
    },
  };
}

/** "mini-pill" and "mini pill" are one name. */
function unhyphenated(name: string): string {
  return name.replaceAll('-', ' ');
}

function escapeForRegExp(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '[ -]');
}
