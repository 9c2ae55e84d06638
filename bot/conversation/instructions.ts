import type { SafetyWords } from '../../knowledge/pack/safety.ts';
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
    const parts = message.split(BETWEEN_PARTS);
    return parts.filter((part) => !holdsOrder(part)).join(' ');
  };
}

// An order and a question often share a sentence, and what follows a full stop may begin in lower case.
const BETWEEN_PARTS = /(?<=[.!?…])\s+|[,;:]\s+|\s+(?:and|then)\s+|[\r\n]+/i;
