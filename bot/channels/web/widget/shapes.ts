import type { Contact, Quote, Reply } from '../../../reply.ts';

/** What `GET /api/starters` answers. */
export interface Starters {
  readonly greeting: string;
  readonly questions: readonly string[];
  readonly contacts: readonly Contact[];
}

/*
 * Whether a value is what the drawing code relies on. What comes from a server or from the tab's storage is checked
 * here once, so that nothing after this point meets a surprise.
 */

export function isReply(value: unknown): value is Reply {
  return (
    isRecord(value) &&
    hasTexts(value, ['id', 'conversationId', 'region', 'message']) &&
    isOneOf(value.kind, ['answer', 'urgent', 'refer', 'clarify', 'unanswered']) &&
    isListOf(value.quotes, isQuote) &&
    isListOf(value.disclaimers, (disclaimer) => isRecord(disclaimer) && hasTexts(disclaimer, ['text'])) &&
    isListOf(value.contacts, isContact) &&
    isListOf(value.suggestions, isText) &&
    (value.kind !== 'clarify' || isListOf(value.options, (option) => isRecord(option) && isText(option.question)))
  );
}

export function isStarters(value: unknown): value is Starters {
  return (
    isRecord(value) &&
    isText(value.greeting) &&
    isListOf(value.questions, isText) &&
    isListOf(value.contacts, isContact)
  );
}

export function isContact(value: unknown): value is Contact {
  return isRecord(value) && isText(value.label) && hasOptionalTexts(value, ['phone', 'url', 'hours']);
}

function isQuote(value: unknown): value is Quote {
  return (
    isRecord(value) &&
    isText(value.text) &&
    isRecord(value.passage) &&
    hasTexts(value.passage, ['id', 'title', 'url']) &&
    typeof value.start === 'number' &&
    typeof value.end === 'number' &&
    isListOf(value.sources, isSource) &&
    isRecord(value.review) &&
    isOneOf(value.review.status, ['reviewed', 'unreviewed', 'overdue']) &&
    hasOptionalTexts(value.review, ['by', 'on', 'due'])
  );
}

function isSource(value: unknown): boolean {
  return (
    isRecord(value) && hasTexts(value, ['id', 'title', 'organisation']) && hasOptionalTexts(value, ['url', 'date'])
  );
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[];
export function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean;
export function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isItem(item));
}

export function isOneOf<T extends string>(value: unknown, known: readonly T[]): value is T {
  return known.some((one) => one === value);
}

function hasTexts(value: Readonly<Record<string, unknown>>, names: readonly string[]): boolean {
  return names.every((name) => isText(value[name]));
}

function hasOptionalTexts(value: Readonly<Record<string, unknown>>, names: readonly string[]): boolean {
  return names.every((name) => value[name] === undefined || isText(value[name]));
}
