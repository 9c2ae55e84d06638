import type { Language } from '../../../knowledge/pack/pack.ts';
import type { Bot } from '../../bot.ts';
import { isPersonal, type TeamsActivity } from './activity.ts';
import { CARD_TYPE } from './cards/card.ts';
import { drawQuoteCard } from './cards/quote-card.ts';
import { contactLine, type TeamsMessage } from './draw-reply.ts';
import { escaped } from './markdown.ts';
import { fillIn, TEXTS } from './texts.ts';

/** As many questions as make a beginning. */
const STARTERS = 3;

/** What the bot is, how to ask it, what becomes of the words, and whom to call: on install, and on `help`. */
export function drawIntroduction({
  bot,
  activity,
  language,
}: {
  bot: Pick<Bot, 'starters' | 'defaultRegion' | 'pack'>;
  activity: TeamsActivity;
  language: Language;
}): TeamsMessage {
  const texts = TEXTS[language];
  const { questions, contacts } = bot.starters(bot.defaultRegion, language);
  const next = questions.slice(0, STARTERS);
  const paragraphs = [
    fillIn(texts.welcome, { subject: escaped(bot.pack.subject) }),
    isPersonal(activity) ? texts.howPersonal : texts.howMentioned,
    texts.howElse,
    `**${texts.note}:** ${texts.privacy} ${texts.limits}`,
    ...contacts.map((contact) => contactLine(contact, { linked: true })),
  ];
  const card = drawQuoteCard({ quotes: [], next, language, alone: false, nextTitle: texts.starters });
  return {
    type: 'message',
    text: paragraphs.join('\n\n'),
    textFormat: 'markdown',
    locale: language,
    ...(next.length > 0 && { attachments: [{ contentType: CARD_TYPE, content: card }] }),
  };
}
