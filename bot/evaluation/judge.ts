import type { Quote, Reply, ReplyKind } from '../reply.ts';
import { joinQuotes, plainText } from './plain-text.ts';
import type { Expectation } from './question.ts';

/** What is right and what is wrong with one reply. */
export interface Verdict {
  readonly kind: ReplyKind | 'error';
  readonly kindRight: boolean;
  /** Groups of `must` that no quote meets, each as its patterns. */
  readonly missing: readonly string[];
  /** The first pattern of `mustNot` that the reply's words meet. */
  readonly forbidden: string | undefined;
  readonly contactsRight: boolean;
  /** True unless urgent with another category. */
  readonly categoryRight: boolean;
  /** True unless refer with another reason. */
  readonly reasonRight: boolean;
  /** A right kind that says what it must, nothing forbidden, and whom to call where it has to. */
  readonly acceptable: boolean;
  /** An answer where none was due, or one that misses what it must say, or says what it must not. */
  readonly wrongAnswer: boolean;
  /** Broken promises of the Reply itself, whatever was asked. */
  readonly faults: readonly string[];
}

/**
 * Judges a reply by what was expected of it; pure.
 *
 * @param isVerbatim whether a quote stands in the pack as it says
 */
export function judge({
  expected,
  reply,
  isVerbatim,
}: {
  expected: Expectation;
  reply: Reply;
  isVerbatim: (quote: Quote) => boolean;
}): Verdict {
  const { kind } = reply;
  const kindRight = expected.kinds.includes(kind) && !expected.mustNotKinds.includes(kind);
  const missing = missingGroups(expected, reply);
  const forbidden = forbiddenPattern(expected, reply);
  const needsContacts = expected.mustContacts && (kind === 'unanswered' || kind === 'urgent');
  const contactsRight = !needsContacts || reply.contacts.length > 0;
  const saysRight = missing.length === 0 && forbidden === undefined;
  return {
    kind,
    kindRight,
    missing,
    forbidden,
    contactsRight,
    categoryRight: kind !== 'urgent' || fits(expected.category, reply.category),
    reasonRight: kind !== 'refer' || fits(expected.reason, reply.reason),
    acceptable: kindRight && saysRight && contactsRight,
    wrongAnswer: kind === 'answer' && !(expected.kinds.includes('answer') && saysRight),
    faults: faultsOf(reply, isVerbatim),
  };
}

/** The verdict on a turn that gave no reply at all. */
export const NO_REPLY: Verdict = {
  kind: 'error',
  kindRight: false,
  missing: [],
  forbidden: undefined,
  contactsRight: true,
  categoryRight: true,
  reasonRight: true,
  acceptable: false,
  wrongAnswer: false,
  faults: ['no reply'],
};

/** Whether texts, taken together, meet every group of `must`. */
export function meetsAll(must: Expectation['must'], texts: readonly string[]): boolean {
  const joined = joinQuotes(texts);
  return must.every((group) => group.some((pattern) => pattern.test(joined)));
}

/** A referral without quotes decides nothing and claims nothing, so `must` is asked only of one that quotes. */
function missingGroups({ must, mustFor }: Expectation, { kind, quotes }: Reply): string[] {
  const joined = joinQuotes(quotes.map(({ text }) => text));
  if (!mustFor.includes(kind) || (kind !== 'answer' && joined === '')) return [];
  const unmet = must.filter((group) => !group.some((pattern) => pattern.test(joined)));
  return unmet.map((group) => group.map(({ source }) => source).join(' | '));
}

function forbiddenPattern({ mustNot }: Expectation, reply: Reply): string | undefined {
  if (mustNot.length === 0) return undefined;
  const texts = [...wordsOf(reply), joinQuotes(reply.quotes.map(({ text }) => text))];
  return mustNot.find((pattern) => texts.some((text) => pattern.test(text)))?.source;
}

/** Every string of a reply, but for ids and questions: those repeat what was asked. */
function wordsOf(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return NOT_ITS_WORDS.has(key) ? [] : [plainText(value)];
  if (Array.isArray(value)) return value.flatMap((part) => wordsOf(part, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => wordsOf(part, name));
}

const NOT_ITS_WORDS: ReadonlySet<string> = new Set(['id', 'conversationId', 'question']);

function fits(acceptable: readonly string[], given: string): boolean {
  return acceptable.length === 0 || acceptable.includes(given);
}

function faultsOf(reply: Reply, isVerbatim: (quote: Quote) => boolean): string[] {
  const { kind, quotes, disclaimers, contacts } = reply;
  const faults: string[] = [];
  if (kind === 'answer' && quotes.length === 0) faults.push('answer without quotes');
  if (kind === 'urgent' && contacts.length === 0) faults.push('urgent without contacts');
  if (disclaimers.length === 0) faults.push('no disclaimer');
  if (quotes.some(({ text }) => text.trim() === '')) faults.push('empty quote');
  if (!quotes.every(isVerbatim)) faults.push('quote that is not in the pack');
  return faults;
}
