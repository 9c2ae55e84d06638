import type { Language, Region } from '../../../../knowledge/pack/pack.ts';
import type { Contact, Reply } from '../../../reply.ts';
import { isContact, isListOf, isRecord, isReply, isStarters, type Starters } from './shapes.ts';

/** What is asked of the server. Never throws: what fails is an outcome to show. */
export interface Api {
  ask(question: Question): Promise<Outcome<Reply>>;
  starters(locale: Locale): Promise<Outcome<Starters>>;
  rate(rating: Rating): Promise<Outcome<undefined>>;
  /** Deletes a conversation on the server. */
  forget(conversationId: string): Promise<Outcome<undefined>>;
}

export interface Locale {
  readonly region: Region | undefined;
  readonly language: Language;
}
export interface Question extends Locale {
  readonly question: string;
  readonly conversationId: string | undefined;
}
export interface Rating {
  readonly replyId: string;
  readonly rating: 'up' | 'down';
  readonly reason?: string | undefined;
  readonly comment?: string | undefined;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };
export interface Failure {
  readonly why: FailureWhy;
  /** Emergency contacts, where the server sent any. */
  readonly contacts: readonly Contact[];
}
export const FAILURES = [
  'offline',
  'unreachable',
  'slow',
  'too_many',
  'too_long',
  'refused',
  'not_allowed',
  'expired',
  'broken',
  'reloaded',
] as const;
export type FailureWhy = (typeof FAILURES)[number];

/** @param base folder of the server, with a slash at its end */
export function createApi({ base }: { base: URL }): Api {
  return {
    ask: (question) => request('api/ask', json('POST', question), isReply),
    starters: (locale) => {
      const query = new URLSearchParams(Object.entries(locale).filter(([, value]) => value !== undefined));
      return request(`api/starters?${query}`, {}, isStarters);
    },
    rate: (rating) => request('api/feedback', json('POST', rating), isNothing),
    forget: (id) => request(`api/conversations/${encodeURIComponent(id)}`, { method: 'DELETE' }, isNothing),
  };

  async function request<T>(
    path: string,
    options: RequestInit,
    isExpected: (body: unknown) => body is T,
  ): Promise<Outcome<T>> {
    if (!navigator.onLine) return failed('offline');
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      // No cookie goes along, and none is taken, also where the page and the bot share a host.
      const response = await fetch(new URL(path, base), { ...options, signal, credentials: 'omit' });
      const body: unknown = response.status === 204 ? undefined : await response.json();
      if (!response.ok) return failed(whyOf(response.status), contactsOf(body));
      return isExpected(body) ? { ok: true, value: body } : failed('broken');
    } catch (error) {
      if (error instanceof DOMException && error.name === 'TimeoutError') return failed('slow');
      if (error instanceof SyntaxError) return failed('broken');
      return failed(navigator.onLine ? 'unreachable' : 'offline');
    }
  }
}

const TIMEOUT_MS = 20_000;

function json(method: string, body: object): RequestInit {
  return { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

function isNothing(body: unknown): body is undefined {
  return body === undefined;
}

function failed(why: FailureWhy, contacts: readonly Contact[] = []): { ok: false; failure: Failure } {
  return { ok: false, failure: { why, contacts } };
}

function whyOf(status: number): FailureWhy {
  switch (status) {
    case 400:
      return 'refused';
    case 403:
      return 'not_allowed';
    case 404:
      return 'expired';
    case 413:
      return 'too_long';
    case 429:
      return 'too_many';
    default:
      return 'broken';
  }
}

function contactsOf(body: unknown): readonly Contact[] {
  return isRecord(body) && isListOf(body.contacts, isContact) ? body.contacts : [];
}
