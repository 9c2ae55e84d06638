import type { LanguageRules } from '../../../knowledge/pack/safety.ts';
import { foldAccents, normalize } from '../../../knowledge/text/normalize.ts';
import { createGuards } from './guards.ts';
import { createPhraseReader, type PhraseReader } from './phrase.ts';
import { createMatcher } from './phrase-match.ts';
import { createRuleMatcher, type RuleHit } from './rules.ts';
import { shortNeighbors, type TriageSentence } from './triage-form.ts';

/** What the rules of other languages find in a message, by category. */
export type OtherLanguages = (message: string) => ReadonlyMap<string, readonly RuleHit[]>;

/**
 * Dangers told of in other languages, by words alone: the model and the classifier know English. Every language is listened
 * for in every message, since people mix them and a guesser of languages errs on short ones.
 *
 * Throws `SyntaxError` when a phrase can't be read.
 */
export function createOtherLanguages(languages: readonly LanguageRules[]): OtherLanguages {
  const matchers = languages.map(createLanguageMatcher);
  return (message) => {
    const sentences = sentencesOf(message);
    const found = new Map<string, RuleHit[]>();
    for (const match of matchers) {
      for (const { category, hit } of match(sentences)) {
        const hits = found.get(category);
        if (hits) hits.push(hit);
        else found.set(category, [hit]);
      }
    }
    return found;
  };
}

/** Reads phrases of one language; they stand in the form that messages are brought into. */
export function createLanguageReader({ groups }: Pick<LanguageRules, 'groups'>): PhraseReader {
  const formed = Object.entries(groups).map(([name, phrases]) => [name, phrases.map(phraseForm)]);
  const read = createPhraseReader(Object.fromEntries(formed));
  return (phrase) => read(phraseForm(phrase));
}

type Sentence = TriageSentence & { readonly ends: ReturnType<typeof createMatcher> };

function createLanguageMatcher(language: LanguageRules) {
  const read = createLanguageReader(language);
  const listen = createGuards({ guards: { ...language.guards, person: [] } }, read);
  const categories = new Map<string, string>();
  const rules = Object.entries(language.dangers).flatMap(([category, list]) =>
    list.map((rule) => {
      const id = `${language.language}-${category}-${rule.id}`;
      categories.set(id, category);
      // Certain, since nothing else in triage can speak for it.
      return { ...rule, id, says: `${rule.says} (in ${language.name})`, strength: 'certain' as const };
    }),
  );
  const match = createRuleMatcher(rules, read);
  return (sentences: readonly Sentence[]): { category: string; hit: RuleHit }[] =>
    match(
      sentences.map(({ words, question, ends }) => {
        // What stops a rule is listened for only where one has found something, which is seldom.
        let heard: ReturnType<typeof listen> | undefined;
        const hear = () => (heard ??= listen({ words, question: false }, ends));
        return {
          words,
          question,
          ends,
          heard: {
            holdAt: (start: number) => hear().holdAt(start),
            speaksOfPerson: true,
            tellsOfNow: true,
            denies: false,
          },
        };
      }),
    ).map((hit) => ({ category: categories.get(hit.rule) ?? '', hit }));
}

function sentencesOf(message: string): Sentence[] {
  const told = normalize(message.replace(/[\r\n]+/g, '. '))
    .split(SENTENCE_END)
    .map((sentence) => ({ words: wordForms(sentence), question: false }))
    .filter(({ words }) => words.length > 0);
  return [...told, ...shortNeighbors(told)].map((sentence) => ({ ...sentence, ends: createMatcher(sentence.words) }));
}

/** A phrase with its signs ("*", "|", "{group}") as they are, and its words in the form of a message's. */
function phraseForm(phrase: string): string {
  return phrase
    .split(/(\{[^{}]*\}|\.\.\d*|[()[\]|{}])/)
    .map((part, i) => (i % 2 === 1 ? part : phraseWords(part)))
    .join(' ')
    .trim();
}

function phraseWords(part: string): string {
  return part
    .split(/\s+/)
    .map((word) => (PLAIN.test(word) ? word : unplain(word)))
    .join(' ');
}

function unplain(word: string): string {
  const form = wordForms(normalize(word)).join(' ');
  return word.endsWith('*') ? `${form}*` : form;
}

/**
 * Words of normalized text, without accents and apostrophes ("j'ai" is two). Of Han script each sign is a word, since
 * nothing stands between words there. Arabic words lose the article and the "and" that are written onto them.
 */
function wordForms(text: string): string[] {
  return (fold(text).match(WORD) ?? []).map((word) => {
    const plain = word.replace(/(\p{L})\1{2,}/gu, '$1');
    return ARABIC.test(plain) ? plain.replace(ARABIC_AND, '').replace(ARABIC_ARTICLE, '') : plain;
  });
}

function fold(text: string): string {
  return foldAccents(text)
    .replace(/[łßœæøı]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[\u064B-\u065F\u0670\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .normalize('NFD')
    .replace(/\u093C/g, '')
    .replace(/\u0901/g, '\u0902')
    .normalize('NFC');
}

// Most words of phrases: what of them is in its form already need not be brought into it.
const PLAIN = /^(?:(?!([a-z])\1\1)[a-z0-9])*\*?$/;
const LETTERS: Readonly<Record<string, string>> = { ł: 'l', ß: 'ss', œ: 'oe', æ: 'ae', ø: 'o', ı: 'i' };
const SENTENCE_END = /[.!?;…。！？；؟؛।]+/u;
const WORD = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+/gu;
const ARABIC = /^\p{Script=Arabic}/u;
const ARABIC_AND = /^[وف](?=.{3})/u;
const ARABIC_ARTICLE = /^ال(?=.{2})/u;
