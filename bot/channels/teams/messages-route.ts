import type { Request } from 'express';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { jsonBody } from '../web/json-body.ts';
import { ProblemError } from '../web/problem.ts';
import { rateLimit } from '../web/rate-limit.ts';
import type { RequestNotes } from '../web/request-log.ts';
import { parseRequest } from '../web/request-schema.ts';
import type { Handler, Route } from '../web/route.ts';
import { isLoopbackName, isThisMachine } from '../web/this-machine.ts';
import { ACTIVITY, identityOf, type TeamsActivity } from './activity.ts';
import { type AllowedTenants, refusalOf, refusalOfAnonymous } from './auth/admit.ts';
import { refuse } from './auth/refusal.ts';
import { createReplayMemory } from './auth/replay-memory.ts';
import { KeysError } from './auth/signing-keys.ts';
import type { Caller, VerifyToken } from './auth/token.ts';
import type { TeamsChannel } from './channel.ts';

/** Who may send messages: holders of a Bot Framework token, or, offline, programs of this machine. */
export type Admission =
  | { readonly kind: 'token'; readonly verify: VerifyToken; readonly tenants: AllowedTenants }
  | { readonly kind: 'anonymous' };

/** An activity with what Teams puts around a long message; what it may carry besides is of no use here. */
const BODY_LIMIT = 256 * 1024;
/** Objects and lists within one another; cards and their data stay far below. */
const MOST_NESTED = 100;

/**
 * `POST /api/messages`: what the Bot Framework sends. The token is checked before a byte of the body is read, the body
 * against the token before anything is done, and what has come before is not done again.
 */
export function messagesRoute({
  channel,
  admission,
  clock,
  perMinute,
}: {
  channel: TeamsChannel;
  admission: Admission;
  clock: Clock;
  /** Messages, and as many invokes, that one person may send in a minute. */
  perMinute: number;
}): Route {
  const callers = new WeakMap<Request, Caller>();
  const activities = new WeakMap<Request, TeamsActivity>();
  const replays = createReplayMemory({ clock });

  const knowCaller: Handler = async (req, res, next) => {
    if (admission.kind === 'anonymous') {
      if (!isOfThisMachine(req)) throw refuse('not_loopback', res.locals.notes);
    } else callers.set(req, await verified(admission.verify, req, res.locals.notes));
    next();
  };

  const admit: Handler = (req, res, next) => {
    if (isDeeper(req.body, MOST_NESTED)) throw new ProblemError('invalid_request', 'The body is nested too deep.');
    const activity = parseRequest(ACTIVITY, req.body);
    const caller = callers.get(req);
    const refusal =
      admission.kind === 'anonymous'
        ? refusalOfAnonymous(activity)
        : caller
          ? refusalOf(activity, caller, admission.tenants)
          : 'no_token';
    if (refusal) throw refuse(refusal, res.locals.notes);
    activities.set(req, activity);
    next();
  };

  const receive: Handler = async (req, res) => {
    const activity = activities.get(req);
    if (!activity) throw refuse('no_token', res.locals.notes);
    const until = callers.get(req)?.until ?? 0;
    switch (replays.meet({ key: identityOf(activity), body: req.body, until })) {
      case 'changed':
        throw refuse('changed_replay', res.locals.notes);
      case 'duplicate':
        res.status(200).end();
        return;
      case 'new': {
        const { status, body, kind } = await channel.receive(activity);
        if (kind) res.locals.notes.kind = kind;
        if (body === undefined) res.status(status).end();
        else res.status(status).json(body);
      }
    }
  };

  // All of Teams comes from a handful of addresses, so who counts is the person.
  const limit = rateLimit({
    perMinute,
    keyOf: (req) => {
      const activity = activities.get(req);
      return JSON.stringify([activity?.type === 'invoke', activity?.from.id]);
    },
  });

  return {
    method: 'post',
    path: '/api/messages',
    handlers: [knowCaller, ...jsonBody({ limit: BODY_LIMIT }), admit, limit, receive],
    describes: DESCRIPTION,
  };
}

async function verified(verify: VerifyToken, req: Request, notes: RequestNotes): Promise<Caller> {
  try {
    const outcome = await verify(req.headers.authorization);
    if (outcome.kind === 'refused') throw refuse(outcome.refusal, notes);
    return outcome.caller;
  } catch (error) {
    if (!(error instanceof KeysError)) throw error;
    notes.refused = 'no_keys';
    const detail = 'The keys that tokens are checked with are out of reach; nobody is let in until they are back.';
    throw new ProblemError('not_ready', detail, { cause: error });
  }
}

function isDeeper(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return most === 0 || Object.values(value).some((part) => isDeeper(part, most - 1));
}

/** A page elsewhere could have its own name point here, and then post as if it were of this machine. */
function isOfThisMachine(req: Request): boolean {
  const { host = '', origin } = req.headers;
  const name = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
  return isThisMachine(req) && isLoopbackName(name) && origin === undefined;
}

const DESCRIPTION: Route['describes'] = {
  operationId: 'messages',
  summary: 'Activities of the Bot Framework, from Microsoft Teams; answers go to its connector',
  security: [{ botFramework: [] }],
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: z.toJSONSchema(z.object({ type: z.string(), id: z.string(), serviceUrl: z.string() }), { io: 'input' }),
      },
    },
  },
  responses: {
    200: { description: 'Taken; to an invoke, its answer' },
    400: { $ref: '#/components/responses/Problem' },
    401: { $ref: '#/components/responses/Problem' },
    403: { $ref: '#/components/responses/Problem' },
    413: { $ref: '#/components/responses/Problem' },
    415: { $ref: '#/components/responses/Problem' },
    429: { $ref: '#/components/responses/TooManyRequests' },
    501: { description: 'An invoke that this bot does not know' },
    503: { $ref: '#/components/responses/Problem' },
  },
};
