import type { Bot } from '../../bot/bot.ts';
import type { NearestExample } from '../../bot/conversation/triage/examples.ts';
import { NO_TRIAGE } from '../../bot/conversation/triage/triage.ts';
import type { Message } from '../../bot/conversation/turn.ts';
import type { Contact, Quote, Reply, ReplyBase } from '../../bot/reply.ts';
import type { Feedback } from '../../bot/store/store.ts';
import { reviewState } from '../../knowledge/pack/review.ts';
import { tinyPack } from './tiny-pack.ts';

/** A `Bot` in memory whose kind of reply a test chooses by a word in the question; see `replyTo`. */
export interface TinyBot extends Bot {
  /** Every message that reached it, oldest first. */
  readonly heard: readonly Message[];
  /** Conversations that it was told to forget, oldest first. */
  readonly forgotten: readonly string[];
  /** All feedback that it took, oldest first. It knows the replies that it has given. */
  readonly rated: readonly Feedback[];
  readonly closed: () => boolean;
}

export interface TinyBotParts {
  /** Awaited before each reply: how a test keeps a question under way. */
  readonly before?: () => Promise<void>;
  /** The last word on each reply: how a test makes one of its own. */
  readonly change?: (reply: Reply) => Reply;
}

export function createTinyBot({
  before = () => Promise.resolve(),
  change = (reply) => reply,
}: TinyBotParts = {}): TinyBot {
  const heard: Message[] = [];
  const forgotten: string[] = [];
  const rated: Feedback[] = [];
  const replies = new Set<string>();
  let closed = false;
  const known = new Set<string>();
  return {
    heard,
    rated,
    forgotten,
    closed: () => closed,
    pack: tinyPack,
    defaultRegion: 'US',
    async respond(message) {
      heard.push(message);
      await before();
      const conversationId =
        message.conversationId !== undefined && known.has(message.conversationId)
          ? message.conversationId
          : conversationIdOf(known.size + forgotten.length + 1);
      known.add(conversationId);
      const reply = change(replyTo(message, conversationId, `reply-${heard.length}`));
      replies.add(reply.id);
      const explanation = {
        searchedFor: [message.text],
        triage: NO_TRIAGE,
        nearestExamples: () => new Map<string, NearestExample>(),
        ranking: [],
        confidence: 0.9,
        thresholds: undefined,
      };
      return { reply, explanation };
    },
    starters: (region, language) => ({
      greeting: language === 'es' ? '¡Hola!' : 'Hello!',
      questions: tinyPack.starters,
      contacts: emergencyContacts(region, language),
    }),
    emergencyContacts,
    passage: (id) => tinyPack.passages.find((passage) => passage.id === id),
    async keepFeedback(feedback) {
      if (!replies.has(feedback.replyId)) return 'unknown_reply';
      rated.push(feedback);
      return 'saved';
    },
    async forget(conversationId) {
      known.delete(conversationId);
      forgotten.push(conversationId);
    },
    async close() {
      closed = true;
    },
  };
}

/** As the real ones look: the API takes no other. */
export function conversationIdOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function emergencyContacts(region: string, language: string): Contact[] {
  const label = language === 'es' ? 'Emergencias' : 'Emergency services';
  return [
    { label, phone: region === 'UK' ? '999' : '911' },
    { label: 'Crisis line', phone: '1-800-000', url: 'https://example.org/crisis', hours: 'Day and night' },
  ];
}

function replyTo({ text, region = 'US', language = 'en' }: Message, conversationId: string, id: string): Reply {
  const base: ReplyBase = {
    id,
    conversationId,
    region,
    message: 'This is what our passages say.',
    quotes: [],
    disclaimers: [{ id: 'general', text: 'General information only.' }],
    contacts: [],
    suggestions: ['What helps with dry lips?'],
  };
  // The message holds what was typed, as a careless error would.
  if (text.includes('break')) throw Object.assign(new Error(`cannot answer: ${text}`), { code: 'TINY_BROKEN' });
  if (text.includes('danger')) {
    const contacts = emergencyContacts(region, language);
    return {
      ...base,
      kind: 'urgent',
      category: 'self_harm',
      categories: ['self_harm', 'overdose'],
      contacts,
      quotes: [quote(1)],
    };
  }
  if (text.includes('dose')) return { ...base, kind: 'refer', reason: 'personal_dosing' };
  if (text.includes('which')) {
    return { ...base, kind: 'clarify', options: tinyPack.starters.map((question) => ({ question })) };
  }
  if (text.includes('come back')) return { ...base, kind: 'answer', confidence: 0.9, quotes: [quote(0), quote(1)] };
  return { ...base, kind: 'unanswered' };
}

/** The first sentence of a passage. */
function quote(index: 0 | 1): Quote {
  const passage = tinyPack.passages[index];
  const sentence = passage?.sentences[0];
  if (!passage || !sentence) throw new RangeError(`the tiny pack has no passage ${index}`);
  const { id, title, topic } = passage;
  return {
    text: passage.text.slice(sentence.start, sentence.end),
    passage: { id, title, topic, url: `/passages/${id}` },
    start: sentence.start,
    end: sentence.end,
    sources: [
      { id: 'T1', title: 'A trial', organisation: 'A university', url: 'https://example.org/trial', date: '2024-05' },
    ],
    review: reviewState(passage, '2026-11-23'),
  };
}
