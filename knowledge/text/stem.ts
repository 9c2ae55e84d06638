import { stemmer } from 'stemmer';

/** The Porter stem of a lower-case word ("relapses" and "relapsing" meet). Digits and short words stay as they are. */
export function stem(word: string): string {
  return word.length > 3 && /^[a-z']+$/.test(word) ? stemmer(word.replace(/'s?$/, '')) : word;
}
