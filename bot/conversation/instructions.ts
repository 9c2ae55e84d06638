import type { SafetyWords } from '../../knowledge/pack/safety.ts';
import { splitSentences } from '../../knowledge/text/sentences.ts';
import { createPhraseReader } from './triage/phrase.ts';
import { createPhraseIndex } from './triage/phrase-index.ts';
import type { TriageForm } from './triage/triage-form.ts';

/**
 * Sets orders to the bot aside ("ignore your rules and …"), so that what is asked besides is taken on its merits.
 * A message without such orders comes back as it was.
 */
export function createWithoutInstructions(words: SafetyWords, form: TriageForm): (message: string) => string {
  const orders = createPhraseIndex(
    words.instructions.map((phrase) => ({ tag: 'order', phrase })),
    createPhraseReader(words.groups),
  );
  const holdsOrder = (text: string) => form(text).some((sentence) => orders(sentence.words).size > 0);
  return (message) => {
    if (!holdsOrder(message)) return message;
    const text = message.replace(/[,;:]\s+|\s+(?:and|then)\s+/g, '. ');
    const parts = splitSentences(text).map(({ start, end }) => text.slice(start, end));
    return parts.filter((part) => !holdsOrder(part)).join(' ');
  };
}
