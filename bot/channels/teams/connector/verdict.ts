import { HttpError } from '@microsoft/agents-hosting';

/**
 * What became of a message whose sending failed. `refused`: surely not delivered, and the same again may go through.
 * `rejected`: surely not delivered, and never will be as it is. `unknown`: it may have been delivered.
 */
export type Verdict = 'refused' | 'rejected' | 'unknown';

export interface Failure {
  readonly verdict: Verdict;
  /** Status or error code, for the log. */
  readonly why: string;
  /** Milliseconds that the connector asked to be left alone. */
  readonly retryAfter?: number | undefined;
}

/** Statuses by which the connector says that it has not taken the message: too many, in conflict, not ready. */
const REFUSING: ReadonlySet<number> = new Set([412, 429, 503]);

/** Failures before a connection stood, so before anything was sent. */
const UNCONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** @param now milliseconds since 1970, for a date in `Retry-After` */
export function failureOf(error: unknown, now: number): Failure {
  if (error instanceof HttpError) {
    const { status } = error;
    const why = String(status);
    if (REFUSING.has(status)) {
      return { verdict: 'refused', why, retryAfter: retryAfter(error.response.headers.get('retry-after'), now) };
    }
    // From 500 on it failed with the message in hand: a gateway that gave up may have passed it on.
    return { verdict: status < 500 ? 'rejected' : 'unknown', why };
  }
  const code = codeOf(error);
  return { verdict: UNCONNECTED.has(code) ? 'refused' : 'unknown', why: code };
}

/** `fetch` wraps what the socket said; a host with several addresses fails with all of theirs. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause;
  for (const part of [inner, cause, error]) {
    if (part instanceof Error && 'code' in part && typeof part.code === 'string') return part.code;
  }
  return error.name;
}

/** Seconds or a date (RFC 9110, section 10.2.3). */
function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
