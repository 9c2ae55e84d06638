import type { SafetyWords } from '../../../knowledge/pack/safety.ts';
import { compilePhrases } from './phrase.ts';
import type { TriageSentence } from './triage-form.ts';

/** Reasons why words of danger are no danger: asked about, imagined, long over, denied, or of nobody. */
export type Guard = 'negation' | 'information' | 'hypothetical' | 'past' | 'no_person';

export interface Guards {
  /** The guards that hold for a match at `[start, end)` of a sentence. */
  hold(sentence: TriageSentence, start: number, end: number): Guard[];
  /** Whether a sentence speaks of a person: oneself, or somebody near. */
  speaksOfPerson(sentence: TriageSentence): boolean;
  /** Whether a sentence asks about something rather than tells of it. */
  asksAbout(sentence: TriageSentence): boolean;
}

export function createGuards({ guards, groups }: SafetyWords): Guards {
  const negation = compilePhrases(guards.negation, groups);
  const information = compilePhrases(guards.information, groups);
  const hypothetical = compilePhrases(guards.hypothetical, groups);
  const past = compilePhrases(guards.past, groups);
  const person = compilePhrases(guards.person, groups);

  return {
    hold(sentence, start) {
      const found: Guard[] = [];
      if (denied(sentence.text, start)) found.push('negation');
      if (has(information, sentence.text)) found.push('information');
      if (has(hypothetical, sentence.text)) found.push('hypothetical');
      if (has(past, sentence.text)) found.push('past');
      if (!has(person, sentence.text) && sentence.question) found.push('no_person');
      return found;
    },
    speaksOfPerson: (sentence) => has(person, sentence.text),
    asksAbout: (sentence) => has(information, sentence.text),
  };

  /** A denial reaches over the few words that follow it: "I am not feeling suicidal". */
  function denied(text: string, start: number): boolean {
    for (const match of text.slice(0, start).matchAll(negation)) {
      const between = text.slice(match.index + match[0].length, start).trim();
      if (between === '' || between.split(' ').length <= NEGATION_REACH) return true;
    }
    return false;
  }
}

const NEGATION_REACH = 3;

function has(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}
