import { setTimeout as sleep } from 'node:timers/promises';
import { Activity } from '@microsoft/agents-activity';
import type { TurnContext } from '@microsoft/agents-hosting';
import type { Logger } from 'pino';
import { loggableError } from '../../../loggable-error.ts';
import { type TeamsMessage, withoutCard } from '../draw-reply.ts';
import { DeliveryError } from './deliver.ts';

/** What a turn can say. A failure to say it is logged, and the turn goes on. */
export interface Sending {
  /** The id of the message in Teams; undefined where it was not delivered, or nobody knows. */
  send(message: TeamsMessage): Promise<string | undefined>;
  /** Shows that an answer is being made. The promise settles when that is out, or no longer worth waiting for. */
  typing(): Promise<void>;
  /** What an invoke is answered with; of several the last one counts. */
  answer(status: number, body?: unknown): Promise<void>;
}

/** The answer is made in milliseconds: it does not wait longer than this for the sign that it is being made. */
const TYPING_MS = 1000;

export function createSending({ context, logger }: { context: TurnContext; logger: Logger }): Sending {
  return {
    async send(message) {
      try {
        return await sendOnce(message);
      } catch (error) {
        logger.error({ error: loggableError(error) }, 'a message to Teams was not delivered');
        // Surely not delivered, and maybe because of the card: words alone are better than nothing.
        if (!(error instanceof DeliveryError) || error.verdict !== 'rejected' || !message.attachments) return undefined;
        return sendOnce(withoutCard(message)).catch((again: unknown) => {
          logger.error({ error: loggableError(again) }, 'nor was it without its card');
          return undefined;
        });
      }
    },
    async typing() {
      const sent = context.sendActivity(Activity.fromObject({ type: 'typing' })).catch((error: unknown) => {
        logger.debug({ error: loggableError(error) }, 'the typing indicator was not delivered');
      });
      await Promise.race([sent, sleep(TYPING_MS, undefined, { ref: false })]);
    },
    async answer(status, body) {
      await context.sendActivity(Activity.fromObject({ type: 'invokeResponse', value: { status, body } }));
    },
  };

  async function sendOnce(message: TeamsMessage): Promise<string | undefined> {
    const response = await context.sendActivity(Activity.fromObject(message));
    return response?.id || undefined;
  }
}
