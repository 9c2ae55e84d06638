import type { Logger } from 'pino';
import type { Language } from '../../../knowledge/pack/pack.ts';
import type { Bot } from '../../bot.ts';
import { loggableError } from '../../loggable-error.ts';
import type { ReplyKind } from '../../reply.ts';
import { QUESTION_LIMIT } from '../web/request-schema.ts';
import { isPersonal, type TeamsActivity } from './activity.ts';
import { CARD_TYPE } from './cards/card.ts';
import type { Sending } from './connector/sending.ts';
import type { Conversations } from './conversations.ts';
import { drawReply } from './draw-reply.ts';
import { textToBot } from './incoming-text.ts';
import { drawIntroduction } from './introduction.ts';
import { drawNotice } from './notice.ts';
import { fillIn, languageOf, TEXTS } from './texts.ts';

/** Answers whatever is asked, as a message in the same conversation. Returns what kind of reply that was, if any. */
export interface Answering {
  /** A message, or an edited one, whose answer is given anew. */
  message(activity: TeamsActivity, sending: Sending): Promise<ReplyKind | undefined>;
  /** A question whose button was pressed. */
  pressed(activity: TeamsActivity, sending: Sending, question: string): Promise<Answered>;
}

export interface Answered {
  readonly kind: ReplyKind | undefined;
  /** False where nobody knows. */
  readonly arrived: boolean;
}

const HELP = /^[/]?(?:help|ayuda|\?)[.!]*$/i;
const FORGET = /^[/]?(?:forget|olvidar)[.!]*$/i;

export function createAnswering({
  bot,
  conversations,
  logger,
}: {
  bot: Bot;
  conversations: Conversations;
  logger: Logger;
}): Answering {
  return {
    async message(activity, sending) {
      const language = languageOf(activity.locale);
      const texts = TEXTS[language];
      const notice = (text: string, contacts = bot.emergencyContacts(bot.defaultRegion, language)) =>
        sending.send(drawNotice({ text, contacts, language }));
      // A button of a card that this bot has not drawn: it comes without words, and without a mention.
      if (!activity.text && activity.value !== undefined && activity.value !== null) {
        await notice(texts.unknownAction);
        return undefined;
      }
      const text = textToBot(activity);
      if (text === undefined) return undefined;
      // A quote that was inserted from the compose box is meant for others, or to be looked at.
      const insertedCard = activity.attachments?.some(({ contentType }) => contentType === CARD_TYPE) === true;
      if (text === '' && insertedCard) return undefined;
      if (text === '') await notice(texts.onlyText);
      else if ([...text].length > QUESTION_LIMIT) await notice(fillIn(texts.tooLong, { most: String(QUESTION_LIMIT) }));
      else if (HELP.test(text)) await sending.send(drawIntroduction({ bot, activity, language }));
      else if (FORGET.test(text)) {
        for (const id of conversations.leave(activity)) await bot.forget(id);
        await notice(texts.forgotten, []);
      } else return (await answer(activity, sending, { question: text, language })).kind;
      return undefined;
    },
    pressed: (activity, sending, question) =>
      answer(activity, sending, { question, language: languageOf(activity.locale), pressed: question }),
  };

  async function answer(
    activity: TeamsActivity,
    sending: Sending,
    { question, language, pressed }: { question: string; language: Language; pressed?: string },
  ): Promise<Answered> {
    const typing = sending.typing();
    try {
      const { reply } = await bot.respond({
        text: question,
        conversationId: conversations.current(activity),
        language,
      });
      const personalWith = isPersonal(activity) ? activity.from.id : undefined;
      await typing;
      const messageId = await sending.send(drawReply({ reply, language, personalWith, pressed }));
      conversations.replied(activity, reply, messageId);
      return { kind: reply.kind, arrived: messageId !== undefined };
    } catch (error) {
      logger.error({ error: loggableError(error) }, 'a question from Teams could not be answered');
      await typing;
      const contacts = bot.emergencyContacts(bot.defaultRegion, language);
      const messageId = await sending.send(drawNotice({ text: TEXTS[language].failed, contacts, language }));
      return { kind: undefined, arrived: messageId !== undefined };
    }
  }
}
