import type { Bot } from '../../bot/bot.ts';
import type { Message } from '../../bot/conversation/turn.ts';
import type { Contact, Quote, Reply, ReplyBase } from '../../bot/reply.ts';
import { reviewState } from '../../knowledge/pack/review.ts';
import { tinyPack } from './tiny-pack.ts';

/** A `Bot` in memory whose kind of reply a test chooses by a word in the question; see `replyTo`. */
export interface TinyBot extends Bot {
  /** Every message that reached it, oldest first. */
  readonly heard: readonly Message[];
  readonly closed: () => boolean;
}

/** @param before awaited before each reply: how a test keeps a question under way */
export function createTinyBot({ before = () => Promise.resolve() }: { before?: () => Promise<void> } = {}): TinyBot {
  const heard: Message[] = [];
  let closed = false;
  const known = new Set<string>();
  return {
    heard,
    closed: () => closed,
    pack: tinyPack,
    defaultRegion: 'US',
    async respond(message) {
      heard.push(message);
      await before();
      const conversationId =
        message.conversationId !== undefined && known.has(message.conversationId)
          ? message.conversationId
          : `conversation-${known.size + 1}`;
      known.add(conversationId);
      const reply = replyTo(message, conversationId);
      const explanation = {
        searchedFor: [message.text],
        triage: { outcome: { kind: 'pass' as const }, evidence: [] },
        ranking: [],
        confidence: 0.9,
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
    async forget(conversationId) {
      known.delete(conversationId);
    },
    async close() {
      closed = true;
    },
  };
}

function emergencyContacts(region: string, language: string): Contact[] {
  const label = language === 'es' ? 'Emergencias' : 'Emergency services';
  return [
    { label, phone: region === 'UK' ? '999' : '911' },
    { label: 'Crisis line', phone: '1-800-000', url: 'https://example.org/crisis', hours: 'Day and night' },
  ];
}

function replyTo({ text, region = 'US', language = 'en' }: Message, conversationId: string): Reply {
  const base: ReplyBase = {
    id: `reply-to-${conversationId}`,
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
