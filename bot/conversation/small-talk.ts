import type { SafetyWords } from '../../knowledge/pack/safety.ts';
import { words } from '../../knowledge/text/normalize.ts';

export type SmallTalk = Exclude<keyof SafetyWords['smallTalk'], 'acknowledge'>;

/** Recognises a message that is nothing but a greeting, thanks, a goodbye or "help". An "ok" is taken for thanks. */
export function createSmallTalk({
  smallTalk,
}: Pick<SafetyWords, 'smallTalk'>): (message: string) => SmallTalk | undefined {
  const phrases = (['thanks', 'goodbye', 'hello', 'help', 'acknowledge'] as const).flatMap((kind) =>
    smallTalk[kind].flatMap(spellOut).map((phrase) => ({ kind, words: plainWords(phrase) })),
  );
  phrases.sort((a, b) => b.words.length - a.words.length);

  return (message) => {
    const all = plainWords(message);
    if (all.length > MOST_WORDS) return undefined;
    const kinds = kindsIn(all, FILLER)?.filter((kind) => kind !== 'acknowledge') ?? [];
    const [first = kindsIn(all, NO_FILLER)?.length ? 'thanks' : undefined] = kinds;
    return kinds.find((kind) => kind !== 'hello') ?? first;
  };

  /** Of the phrases that words are made of, with nothing but filler between; nothing when there is more to them. */
  function kindsIn(
    [first, ...rest]: readonly string[],
    filler: ReadonlySet<string>,
  ): (keyof SafetyWords['smallTalk'])[] | undefined {
    if (first === undefined) return [];
    for (const phrase of phrases) {
      if (phrase.words[0] !== first || phrase.words.some((word, i) => i > 0 && rest[i - 1] !== word)) continue;
      const more = kindsIn(rest.slice(phrase.words.length - 1), filler);
      if (more) return [phrase.kind, ...more];
    }
    return filler.has(first) ? kindsIn(rest, filler) : undefined;
  }
}

/** "good (morning|day)" → "good morning", "good day". */
function spellOut(phrase: string): string[] {
  const [brackets, inside = ''] = /\(([^()]*)\)/.exec(phrase) ?? [];
  if (brackets === undefined) return [phrase];
  return inside.split('|').flatMap((choice) => spellOut(phrase.replace(brackets, () => choice)));
}

/** "that's" and "thats" are one. */
function plainWords(text: string): string[] {
  return words(text).map((word) => word.replaceAll("'", ''));
}

const MOST_WORDS = 12;
const NO_FILLER: ReadonlySet<string> = new Set();
const FILLER: ReadonlySet<string> = new Set(
  'so very much for the your that this all you ok okay cool great good help info answer oh ah and now again everyone all team doc bot mate love x xx xxx really been it was useful kind of to from a lot is lol then there my friend sir have'.split(
    ' ',
  ),
);
