import type { Logger } from 'pino';
import { z } from 'zod';
import type { Bot } from '../../bot.ts';
import type { Clock } from '../../clock.ts';
import type { ReplyKind } from '../../reply.ts';
import type { TeamsActivity } from './activity.ts';
import type { Answering } from './answering.ts';
import { CARD_TYPE } from './cards/card.ts';
import { CARD_ACTION } from './cards/card-actions.ts';
import { createRedraw } from './cards/redraw.ts';
import type { Sending } from './connector/sending.ts';
import type { Conversations } from './conversations.ts';
import { readFeedback } from './feedback.ts';
import { createSearch } from './search.ts';
import { fillIn, languageOf, TEXTS } from './texts.ts';

/** Requests of Teams that wait for an answer in the same breath: buttons, feedback, search. */
export interface Invokes {
  invoke(activity: TeamsActivity, sending: Sending): Promise<ReplyKind | undefined>;
}

export function createInvokes({
  bot,
  clock,
  conversations,
  answering,
  publicUrl,
  logger,
}: {
  bot: Bot;
  clock: Clock;
  conversations: Conversations;
  answering: Answering;
  publicUrl: string;
  logger: Logger;
}): Invokes {
  const redraw = createRedraw({ pack: bot.pack, clock, publicUrl });
  const search = createSearch({ bot, clock, publicUrl });

  return {
    async invoke(activity, sending) {
      const language = languageOf(activity.locale);
      switch (activity.name) {
        case 'message/submitAction':
          await feedback(activity, sending);
          return undefined;
        case 'adaptiveCard/action':
          return cardAction(activity, sending);
        case 'composeExtension/query':
          await sending.answer(200, await search.query(activity.value, language));
          return undefined;
        case 'composeExtension/queryLink':
          await sending.answer(200, search.link(activity.value, language));
          return undefined;
        default: {
          const message = fillIn(TEXTS[language].unknownInvoke, { name: activity.name ?? '' });
          await sending.answer(501, { error: { code: 'NotImplemented', message } });
          return undefined;
        }
      }
    },
  };

  async function cardAction(activity: TeamsActivity, sending: Sending): Promise<ReplyKind | undefined> {
    const texts = TEXTS[languageOf(activity.locale)];
    const action = CARD_ACTION_VALUE.safeParse(activity.value).data?.action;
    switch (action?.verb) {
      case 'ask': {
        const { kind, arrived } = await answering.pressed(activity, sending, action.data.question);
        await sending.answer(200, saying(arrived ? texts.answered : texts.perhapsAnswered));
        return kind;
      }
      case 'refresh':
        await sending.answer(200, { statusCode: 200, type: CARD_TYPE, value: redraw(action.data) });
        return undefined;
      default:
        await sending.answer(200, saying(texts.unknownAction));
        return undefined;
    }
  }

  async function feedback(activity: TeamsActivity, sending: Sending): Promise<void> {
    const given = readFeedback(activity.value);
    const replyId = conversations.replyId(activity);
    const outcome = given && replyId !== undefined ? await bot.keepFeedback({ replyId, ...given }) : 'unreadable';
    if (outcome !== 'saved') logger.info({ outcome }, 'feedback from Teams was not kept');
    // Teams has thanked for it already, and knows nothing else to do.
    await sending.answer(200);
  }
}

const CARD_ACTION_VALUE = z.object({ action: CARD_ACTION });

function saying(value: string) {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value };
}
