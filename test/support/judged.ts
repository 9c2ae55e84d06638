import type { NearestExample } from '../../bot/conversation/triage/examples.ts';
import { NO_TRIAGE } from '../../bot/conversation/triage/triage.ts';
import type { Explanation } from '../../bot/conversation/turn.ts';
import { judge } from '../../bot/evaluation/judge.ts';
import { type Expectation, type Question, readQuestions } from '../../bot/evaluation/question.ts';
import type { Judged } from '../../bot/evaluation/run-questions.ts';
import type { Quote, Reply, ReplyBase } from '../../bot/reply.ts';

/** A question as its line in a file reads, with what a test does not care about filled in. */
export function question(line: Readonly<Record<string, unknown>>): Question {
  const [found] = readQuestions(
    JSON.stringify({ id: 'one', q: 'Q?', kinds: ['answer'], bucket: 'test', ...line }),
    'test.jsonl',
  );
  if (!found) throw new RangeError('no question');
  return found;
}

export function expectation(line: Readonly<Record<string, unknown>>): Expectation {
  const [turn] = question(line).turns;
  if (!turn) throw new RangeError('no turn');
  return turn;
}

const BASE: ReplyBase = {
  id: 'reply',
  conversationId: 'conversation',
  region: 'US',
  message: 'The message.',
  quotes: [],
  disclaimers: [{ id: 'general', text: 'General information only.' }],
  contacts: [],
  suggestions: [],
};

export function answer(text: string, more: Partial<ReplyBase> = {}): Reply {
  return { ...BASE, kind: 'answer', confidence: 0.9, quotes: [quoteOf(text)], ...more };
}

export function unanswered(more: Partial<ReplyBase> = {}): Reply {
  return { ...BASE, kind: 'unanswered', ...more };
}

export function refer(reason: (Reply & { kind: 'refer' })['reason'], more: Partial<ReplyBase> = {}): Reply {
  return { ...BASE, kind: 'refer', reason, ...more };
}

export function urgent(category: (Reply & { kind: 'urgent' })['category'], more: Partial<ReplyBase> = {}): Reply {
  const contacts = [{ label: 'Emergency services', phone: '911' }];
  return { ...BASE, kind: 'urgent', category, categories: [category], contacts, ...more };
}

export function quoteOf(text: string): Quote {
  return {
    text,
    passage: { id: 'tiny/permanence/does-it-come-back', title: 'T', topic: 'permanence', url: '/passages/x' },
    start: 0,
    end: text.length,
    sources: [],
    review: { status: 'unreviewed' },
  };
}

/** An explanation whose ranking names passages of a pack by their places. */
export function explanation(passages: readonly number[] = [], confidence = 0.9): Explanation {
  const features = {
    question: 0.6,
    questionMean: 0.5,
    center: 0.5,
    passage: 0.4,
    words: 0.3,
    coverage: 0.2,
    fusion: 0.1,
    regional: 0,
  };
  return {
    searchedFor: ['what was searched for'],
    triage: { ...NO_TRIAGE, urgent: 0, refer: 0, outside: 0 },
    nearestExamples: () => new Map<string, NearestExample>(),
    ranking: passages.map((passage, place) => ({ passage, score: 3 - place, features })),
    confidence,
    thresholds: { answer: 0.7, clarify: 0.4 },
  };
}

/** A question (or, with several replies, a dialog) as it comes out of a run. */
export function judged(
  line: Readonly<Record<string, unknown>>,
  reply: Reply | readonly Reply[],
  about: Explanation = explanation(),
): Judged {
  const replies = 'kind' in reply ? [reply] : reply;
  const asked = question(line);
  return {
    question: asked,
    turns: asked.turns.flatMap((expected, i) => {
      const given = replies[i];
      if (!given) return [];
      const verdict = judge({ expected, reply: given, isVerbatim: () => true });
      return [{ expected, verdict, given: { reply: given, explanation: about }, milliseconds: 5 }];
    }),
  };
}
