/**
 * The one normal form that questions and the pack are compared in.
 *
 * Folds compatibility forms (NFKC), drops zero-width and control characters, straightens quotation marks and dashes,
 * squeezes white space and lowers case. Meaning-bearing punctuation stays.
 */
export function normalize(text: string): string {
  return tidy(text).toLowerCase();
}

/** As `normalize`, but keeps the case: what the embedder reads. */
export function tidy(text: string): string {
  return text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(SINGLE_QUOTES, "'")
    .replace(DOUBLE_QUOTES, '"')
    .replace(DASHES, '-')
    .replace(/[\p{White_Space}\p{Cc}]+/gu, ' ')
    .trim();
}

/** The letters and digits of a text, lower case and without accents, in words: how two wordings are compared. */
export function words(text: string): string[] {
  return splitWords(foldAccents(normalize(text)));
}

/** As `words`, of a text that is normalized and without accents already, such as canonical text. */
export function splitWords(normal: string): string[] {
  return normal.match(WORD) ?? [];
}

/** `wie geht's, Señora` → `wie geht's, senora`. */
export function foldAccents(text: string): string {
  return text.normalize('NFD').replace(COMBINING_LATIN, '').normalize('NFC');
}

// Format characters (zero-width joiners, soft hyphens, bidirectional marks) and variation selectors carry no meaning
// here, and are used to slip words past a filter.
const INVISIBLE = /\p{Cf}|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]/gu;
const SINGLE_QUOTES = /[\u2018\u2019\u201A\u201B\u2032\u02BC\u0060\u00B4]/g;
const DOUBLE_QUOTES = /[\u201C\u201D\u201E\u201F\u2033\u00AB\u00BB]/g;
const DASHES = /[\u2010-\u2015\u2212]/g;
// Only the accents that Latin script uses: Hindi vowel signs are combining marks too and must stay.
const COMBINING_LATIN = /[\u0300-\u036F]/g;
const WORD = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}]+)?/gu;
