import type { Language, Pack } from '../../knowledge/pack/pack.ts';
import type { Reply } from '../reply.ts';

/** The disclaimers that go with a kind of reply and the topics it quotes; the general one is always there. */
export function disclaimersFor(
  pack: Pack,
  { kind, topics, language }: { kind: Reply['kind']; topics: readonly string[]; language: Language },
): { id: string; text: string }[] {
  return pack.disclaimers
    .filter(({ kinds, topics: about }) => {
      if (kinds && !kinds.includes(kind)) return false;
      return !about || about.some((topic) => topics.includes(topic));
    })
    .map(({ id, text }) => ({ id, text: text[language] }));
}

/** One of the bot's own messages. Throws `RangeError` for a name the pack lacks, which its tests would have found. */
export function say(pack: Pack, name: string, language: Language, fill: Readonly<Record<string, string>> = {}): string {
  const message = pack.messages[name]?.[language];
  if (message === undefined) throw new RangeError(`messages.yaml has no "${name}"`);
  return message.replace(/\{(\w+)\}/g, (whole, key: string) => fill[key] ?? whole);
}

/** Questions that lead on from some passages: one each, none that is nearly what was just asked. */
export function nextQuestions(
  pack: Pack,
  { passages, asked, most }: { passages: readonly number[]; asked: string; most: number },
): string[] {
  const seen = new Set([asked.toLowerCase().trim()]);
  const questions: string[] = [];
  for (const index of passages) {
    const question = pack.passages[index]?.questions[0];
    if (question === undefined || seen.has(question.toLowerCase())) continue;
    seen.add(question.toLowerCase());
    questions.push(question);
    if (questions.length === most) break;
  }
  return questions;
}
