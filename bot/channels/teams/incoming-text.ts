import { z } from 'zod';
import { isPersonal, type TeamsActivity } from './activity.ts';

/**
 * What was typed to the bot, its own mention taken out. Undefined where the bot isn't spoken to: in a channel or a
 * group, a message that does not mention it is not read.
 */
export function textToBot(activity: TeamsActivity): string | undefined {
  const mentions = mentionsOf(activity);
  if (!isPersonal(activity) && mentions.length === 0) return undefined;
  let text = activity.text ?? '';
  for (const mention of mentions) text = text.replaceAll(mention, ' ');
  return plain(text);
}

const MENTION = z.object({
  type: z.literal('mention'),
  mentioned: z.object({ id: z.string() }),
  // An empty one would be found between all letters.
  text: z.string().min(1),
});

/** As the text writes them: `<at>Name</at>`. */
function mentionsOf({ entities = [], recipient }: TeamsActivity): string[] {
  return entities.flatMap((entity) => {
    const mention = MENTION.safeParse(entity).data;
    return mention?.mentioned.id === recipient.id ? [mention.text] : [];
  });
}

const CHARACTERS: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** Marks of other people's mentions, of cards and of formatting; no comparison that somebody types looks like these. */
const TAG =
  /<\/?(?:at|attachment|span|div|p|br|a|b|i|u|s|em|strong|ul|ol|li|blockquote|pre|code|emoji|img)(?:\s[^<>]*)?\/?>/gi;

function plain(text: string): string {
  const untagged = text
    .replace(TAG, ' ')
    .replace(/&(?:nbsp|lt|gt|quot|#39|amp);/g, (name) => CHARACTERS[name] ?? name)
    .replace(/[^\S\n]+/g, ' ');
  // Half of a surrogate pair is nothing that a tokenizer takes.
  return Buffer.from(untagged).toString().trim();
}
