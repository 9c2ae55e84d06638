import type { SafetyWords } from '../../../knowledge/pack/safety.ts';
import type { PhraseReader } from './phrase.ts';
import { createPhraseIndex } from './phrase-index.ts';
import type { Found, Matcher } from './phrase-match.ts';
import type { TriageSentence } from './triage-form.ts';

/** Reasons why words of danger are no danger: asked about, imagined, long over, denied, or of nobody. */
export type Guard = 'negation' | 'information' | 'hypothetical' | 'past' | 'no_person';

/** What the guards hear in one sentence. */
export interface Heard {
  /** The guards that hold for words that begin at `start`. */
  holdAt(start: number): Guard[];
  /** Whether the sentence speaks of a person: oneself, or somebody near. */
  readonly speaksOfPerson: boolean;
  /** Whether the sentence tells of somebody's present: not asked in general, imagined or long over. */
  readonly tellsOfNow: boolean;
  /** Whether the sentence denies anything. */
  readonly denies: boolean;
}

export type Guards = (sentence: TriageSentence, ends: Matcher) => Heard;

export function createGuards({ guards }: Pick<SafetyWords, 'guards'>, read: PhraseReader): Guards {
  const listen = createPhraseIndex(
    Object.entries(guards).flatMap(([tag, phrases]) => phrases.map((phrase) => ({ tag, phrase }))),
    read,
  );
  return ({ words, question }, ends) => {
    const heard = listen(words, ends);
    const speaksOfPerson = heard.has('person');
    const asksAbout = heard.has('information');
    const elsewhere = asksAbout || heard.has('hypothetical') || heard.has('past');
    return {
      speaksOfPerson,
      denies: heard.has('negation'),
      tellsOfNow: !elsewhere && (speaksOfPerson || !question),
      holdAt(start) {
        const found: Guard[] = [];
        if (heard.get('negation')?.some((denial) => reaches(denial, start))) found.push('negation');
        if (asksAbout) found.push('information');
        if (heard.has('hypothetical')) found.push('hypothetical');
        if (heard.has('past')) found.push('past');
        if (!speaksOfPerson && question) found.push('no_person');
        return found;
      },
    };
  };
}

/** A denial reaches over the few words that follow it: "I am not feeling suicidal". */
function reaches(denial: Found, start: number): boolean {
  return denial.end <= start && start - denial.end <= NEGATION_REACH;
}

const NEGATION_REACH = 3;
