import type { Logger } from 'pino';
import type { Bot } from '../../bot.ts';
import type { Clock } from '../../clock.ts';
import type { ReplyKind } from '../../reply.ts';
import { isPersonal, type TeamsActivity } from './activity.ts';
import { createAnswering } from './answering.ts';
import type { RunTurn, TurnResult } from './connector/adapter.ts';
import { createSending, type Sending } from './connector/sending.ts';
import { createConversations } from './conversations.ts';
import { drawIntroduction } from './introduction.ts';
import { createInvokes } from './invokes.ts';
import { languageOf } from './texts.ts';

export interface TeamsChannel {
  /** A whole turn for an activity that was let in: reads it, answers it through the connector. */
  receive(activity: TeamsActivity): Promise<TurnResult & { readonly kind?: ReplyKind | undefined }>;
}

/** What happens to an activity, by its type. Adds no answer logic: whatever is asked goes to the bot. */
export function createTeamsChannel({
  bot,
  clock,
  logger,
  publicUrl,
  runTurn,
}: {
  bot: Bot;
  clock: Clock;
  logger: Logger;
  publicUrl: string | undefined;
  runTurn: RunTurn;
}): TeamsChannel {
  const conversations = createConversations({ clock });
  const answering = createAnswering({ bot, conversations, logger });
  const invokes = createInvokes({ bot, clock, conversations, answering, publicUrl: publicUrl ?? '', logger });

  return {
    async receive(activity) {
      let kind: ReplyKind | undefined;
      const result = await runTurn(activity, async (context) => {
        kind = await react(activity, createSending({ context, logger }));
      });
      return { ...result, kind };
    },
  };

  async function react(activity: TeamsActivity, sending: Sending): Promise<ReplyKind | undefined> {
    switch (activity.type) {
      case 'message':
        return answering.message(activity, sending);
      case 'messageUpdate':
        // Others are of messages that are deleted, or restored.
        return activity.channelData?.eventType === 'editMessage' ? answering.message(activity, sending) : undefined;
      case 'invoke':
        return invokes.invoke(activity, sending);
      case 'installationUpdate':
        await installed(activity, sending);
        return undefined;
      default:
        return undefined;
    }
  }

  async function installed(activity: TeamsActivity, sending: Sending): Promise<void> {
    if (activity.action === 'remove') {
      for (const id of conversations.leave(activity)) await bot.forget(id);
    }
    // A personal chat begins with the manifest's prompt starters, which a message would push away.
    if (activity.action !== 'add' || isPersonal(activity)) return;
    await sending.send(drawIntroduction({ bot, activity, language: languageOf(activity.locale) }));
  }
}
