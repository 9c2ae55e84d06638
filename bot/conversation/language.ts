import { words } from '../../knowledge/text/normalize.ts';

/** Tells a message in English from one that is not. Guessers of a language fail on short questions; this asks less. */
export type IsEnglish = (message: string) => boolean;

/**
 * @param isWord    whether a word is English (or one of the pack's)
 * @param languages words that give another language away, by language
 */
export function createIsEnglish({
  isWord,
  languages,
}: {
  isWord: (word: string) => boolean;
  languages: Readonly<Record<string, readonly string[]>>;
}): IsEnglish {
  const telling = Object.values(languages).map((list) => new Set(list));
  return (message) => {
    const letters = message.match(/\p{L}/gu) ?? [];
    if (letters.length === 0) return true;
    const foreign = letters.filter((letter) => !/\p{Script=Latin}/u.test(letter));
    if (foreign.length > letters.length / 2) return false;
    const all = words(message);
    const unknown = all.filter((word) => /\p{L}/u.test(word) && !isWord(word) && !ENGLISH.has(word));
    const english = all.filter((word) => ENGLISH.has(word));
    // Letters that English lacks, in a message of mostly unknown words: of unknown words alone, mistyped English is full.
    if (OTHER_LETTER.test(message.normalize('NFC')) && unknown.length > all.length / 2) return false;
    return telling.every((list) => {
      const given = all.filter((word) => list.has(word) && !ENGLISH.has(word));
      // Two words that only the other language has, and more of them than of English ones.
      if (given.length >= 2 && given.length > english.length) return false;
      return !(
        given.length >= 1 &&
        unknown.length >= 2 &&
        given.length + unknown.length > all.length / 2 &&
        english.length <= 1
      );
    });
  };
}

const OTHER_LETTER = /(?![a-z])\p{Script=Latin}/iu;

/** The commonest English words: what an English message can hardly do without. */
const ENGLISH: ReadonlySet<string> = new Set(
  (
    'the of and to in is you that it he was for on are as with his they i at be this have from or had by not but what all were ' +
    'we when your can said there use an each which she do how their if will up other about out many then them these so some her ' +
    'would make like him into time has look two more go see no way could my than been who now find long down day did get come ' +
    'may after before does should am is was me a an any just still been because while over why where take taking start stop help ' +
    "i'm don't can't it's during since been really much need want know think feel good bad going first last"
  ).split(' '),
);
