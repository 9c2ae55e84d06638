import type { Language } from '../../../knowledge/pack/pack.ts';
import type { Contact } from '../../reply.ts';
import { contactLine, type TeamsMessage } from './draw-reply.ts';
import { escaped } from './markdown.ts';

/** Something that the channel itself has to say. Whom to call goes with it where a question went unanswered. */
export function drawNotice({
  text,
  contacts,
  language,
}: {
  text: string;
  contacts: readonly Contact[];
  language: Language;
}): TeamsMessage {
  const paragraphs = [escaped(text), ...contacts.map((contact) => contactLine(contact, { linked: true }))];
  return { type: 'message', text: paragraphs.join('\n\n'), textFormat: 'markdown', locale: language };
}
