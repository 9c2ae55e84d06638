import type { SafetyWords } from '../../../knowledge/pack/safety.ts';
import { foldAccents, normalize } from '../../../knowledge/text/normalize.ts';
import type { Spelling } from '../../../knowledge/text/spelling.ts';

/** A sentence in the form that safety rules are matched in: lower-case words, no punctuation. */
export interface TriageSentence {
  readonly words: readonly string[];
  /** Whether it ended in a question mark. */
  readonly question: boolean;
}

/** Undoes what people do to words: chat spelling, leetspeak, s p a c i n g, stretched letters, typing errors. */
export type TriageForm = (message: string) => TriageSentence[];

export function createTriageForm({
  words,
  spelling,
  isWord,
}: {
  words: SafetyWords;
  spelling: Spelling;
  isWord: (word: string) => boolean;
}): TriageForm {
  const expansions = new Map(Object.entries(words.expand).map(([short, long]) => [short.toLowerCase(), long]));
  const longest = Math.max(1, ...[...expansions.keys()].map((short) => short.split(' ').length));

  return (message) => {
    const sentences: TriageSentence[] = [];
    for (const [, body = '', end = ''] of foldAccents(normalize(message.replace(/[\r\n]+/g, '. '))).matchAll(
      SENTENCE,
    )) {
      const words = form(body);
      if (words.length > 0) sentences.push({ words, question: end.includes('?') });
    }
    return sentences;
  };

  function form(sentence: string): string[] {
    const joined = sentence.replace(SPACED_LETTERS, (run) => {
      const word = run.replace(/[^\p{L}]/gu, '');
      return isWord(word) ? ` ${word} ` : run;
    });
    const tokens = joined.match(TOKEN) ?? [];
    const plain = tokens.map((token) => unstretch(unleet(token)));
    return expand(expand(plain).map((token) => spelling.correct(token)));
  }

  /** "h3lp" → "help", "d1e" → "die"; "20mg", "b12" and "2nd" stay. */
  function unleet(token: string): string {
    if (!/\p{L}/u.test(token) || !/[0134578@$!]/.test(token) || isWord(token) || NUMBER_WITH_UNIT.test(token)) {
      return token.replace(/[@$!]+/g, '');
    }
    const read = token.replace(/[0134578@$!]/g, (sign) => LEET[sign] ?? sign);
    const alternative = token.replace(/[0134578@$!]/g, (sign) =>
      sign === '1' || sign === '!' ? 'l' : (LEET[sign] ?? sign),
    );
    if (isWord(read) || expansions.has(read)) return read;
    return isWord(alternative) ? alternative : read;
  }

  /** "sooooo" → "so", "helpp" stays for the spelling to mend. */
  function unstretch(token: string): string {
    if (!/(\p{L})\1\1/u.test(token)) return token;
    const twice = token.replace(/(\p{L})\1{2,}/gu, '$1$1');
    if (isWord(twice)) return twice;
    return token.replace(/(\p{L})\1{2,}/gu, '$1');
  }

  function expand(tokens: readonly string[]): string[] {
    const out: string[] = [];
    for (let i = 0; i < tokens.length; ) {
      let taken = 0;
      for (let length = Math.min(longest, tokens.length - i); length >= 1 && taken === 0; length--) {
        const long = expansions.get(tokens.slice(i, i + length).join(' '));
        if (long === undefined) continue;
        if (long !== '') out.push(...long.split(' '));
        taken = length;
      }
      if (taken === 0) out.push(tokens[i] ?? '');
      i += taken || 1;
    }
    return out;
  }
}

// "but" and a semicolon end a thought as a full stop does: what is denied before them isn't denied after.
const SENTENCE =
  /((?:(?![.!?;…\n]|(?<!\p{L})but(?!\p{L})).|\.(?=\d)|(?<=\p{L})[!](?=\p{L}))+)([.!?;…\s]*(?:but(?!\p{L}))?)/gsu;
const TOKEN = /[\p{L}\p{M}\p{N}@$!]+(?:'[\p{L}]+)?/gu;
const SPACED_LETTERS = /(?<![\p{L}\p{N}])(?:\p{L}[\s.\-_*]+){3,}\p{L}(?![\p{L}\p{N}])/gu;
const NUMBER_WITH_UNIT = /^\d+(?:\p{L}{1,5})$|^\p{L}\d+$/u;
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Pairs of short sentences that follow each other: "I took a test. It is positive." is one thought. */
export function shortNeighbors(sentences: readonly TriageSentence[]): TriageSentence[] {
  return sentences.flatMap((first, i) => {
    const second = sentences[i + 1];
    if (!second || first.question || first.words.length > SHORT || second.words.length > SHORT) return [];
    return [{ words: [...first.words, ...second.words], question: second.question }];
  });
}

const SHORT = 8;
