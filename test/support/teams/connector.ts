import { createServer, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { Card } from '../../../bot/channels/teams/cards/card.ts';
import { listening } from './listening.ts';

/** What the bot sent, as it came over the wire. */
export interface Sent {
  readonly type: string;
  readonly text?: string;
  readonly replyToId?: string;
  readonly summary?: string;
  readonly importance?: string;
  readonly recipient?: { readonly id: string };
  readonly conversation?: { readonly id: string };
  readonly channelData?: { readonly feedbackLoop?: { readonly type: string } };
  readonly suggestedActions?: {
    readonly to: string[];
    readonly actions: { type: string; title: string; value: string }[];
  };
  readonly attachments?: { readonly contentType: string; readonly content: Card }[];
  readonly entities?: CitationEntity[];
}

export interface CitationEntity {
  readonly type: string;
  readonly additionalType?: string[];
  readonly citation: {
    readonly '@type': string;
    readonly position: number;
    readonly appearance: { readonly name: string; readonly abstract: string; readonly url?: string };
  }[];
}

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly bytes: number;
  readonly activity: Sent;
}

/** What a request is answered with; undefined: taken, as usual. */
export type Answer = (
  res: ServerResponse,
  sent: Sent,
  /** How many messages (not typing indicators) have come, this one included. */
  count: number,
) => boolean;

/** In the place of Teams' connector: takes what the bot sends over real HTTP, and keeps it. */
export interface Connector {
  readonly serviceUrl: string;
  readonly received: Received[];
  /** Activities but for typing indicators, oldest first. */
  messages(): Sent[];
  /** Has a say in each answer from now on; true where it has answered. */
  answerWith(answer: Answer): void;
}

export async function startConnector(): Promise<Connector> {
  const received: Received[] = [];
  let answer: Answer = () => false;
  const server = createServer(async (req, res) => {
    const activity = (await json(req)) as Sent;
    const { authorization } = req.headers;
    received.push({
      method: req.method ?? '',
      path: req.url ?? '',
      authorization,
      bytes: JSON.stringify(activity).length * 2,
      activity,
    });
    if (activity.type !== 'typing' && answer(res, activity, messages().length)) return;
    res.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id: `sent-${received.length}` }));
  });
  const url = await listening(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const messages = () => received.map(({ activity }) => activity).filter(({ type }) => type !== 'typing');
  return {
    serviceUrl: `${url}/teams/`,
    received,
    messages,
    answerWith: (other) => {
      answer = other;
    },
  };
}
