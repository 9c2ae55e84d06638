import { randomUUID } from 'node:crypto';
import type { Snapshot } from '../../knowledge/index/snapshot.ts';
import { subjectOf } from '../../knowledge/index/subject.ts';
import type { Language, Passage, Region } from '../../knowledge/pack/pack.ts';
import type { Safety, SafetyContact } from '../../knowledge/pack/safety.ts';
import { words } from '../../knowledge/text/normalize.ts';
import type { Contact, Quote, Reply, ReplyBase } from '../reply.ts';
import type { ContactBook } from './contacts.ts';
import type { Decision } from './decide.ts';
import type { Search } from './in-context.ts';
import type { Conversation } from './memory.ts';
import { chooseExcerpt, type Excerpt, opening, toQuote } from './quote.ts';
import { disclaimersFor, nextQuestions, say } from './reply-parts.ts';
import type { Retrieved } from './retrieve.ts';
import type { SmallTalk } from './small-talk.ts';

export interface ReplyWriterParts {
  readonly snapshot: Snapshot;
  readonly safety: Safety;
  readonly contacts: ContactBook;
  readonly serveUnreviewed: boolean;
  readonly passageUrl: (id: string) => string;
}

/** What every way of replying is given. */
export interface Turn {
  readonly text: string;
  readonly conversation: Conversation;
  readonly region: Region;
  readonly language: Language;
  readonly today: string;
  readonly clinic: string;
}

/** Puts into words what was decided: messages, quotes, disclaimers, contacts and next questions. */
export function createReplyWriter(parts: ReplyWriterParts) {
  const { snapshot, safety, contacts } = parts;
  const { pack } = snapshot;
  return { quotesFor, answer, urgent, referral, clarification, chat, notEnglish, notFound };

  function quotesFor(
    turn: Turn,
    { found, vectors, numbers: { quoting } }: Search,
    decision: Decision & { kind: 'answer' },
    most: number,
  ): Quote[] {
    const ranking = decision.elsewhere ? found.elsewhere : found.ranking;
    const close = ranking.slice(0, most).filter(({ score }) => decision.best.score - score <= quoting.secondPassage);
    return close.flatMap(({ passage }) => {
      const excerpt = chooseExcerpt({ snapshot, passage, vectors, quoting });
      return excerpt ? (quote(turn, excerpt) ?? []) : [];
    });
  }

  function quote({ today }: Turn, excerpt: Excerpt): Quote | undefined {
    const found = toQuote({ pack, excerpt, today, url: parts.passageUrl });
    // A signature that a later change has voided is none.
    return found && (parts.serveUnreviewed || found.review.status !== 'unreviewed') ? found : undefined;
  }

  function answer({
    turn,
    quotes,
    decision,
    found,
    personal,
  }: {
    turn: Turn;
    quotes: readonly Quote[];
    decision: Decision & { kind: 'answer' };
    found: Retrieved;
    personal: boolean;
  }): Reply {
    const passage = pack.passages[decision.best.passage];
    const name = decision.elsewhere ? 'answer_other_region' : personal ? 'answer_personal' : 'answer';
    const fill = { region: passage?.regions.join(', ') ?? '' };
    const base = common(turn, 'answer', name, { quotes, fill, asked: followOn(turn, found, quotes) });
    const first = isWorried(turn) ? say(pack, 'after_urgent', turn.language) : undefined;
    return {
      ...base,
      // The country is named after an urgent turn, too.
      message: decision.elsewhere && first ? `${first}\n${base.message}` : (first ?? base.message),
      kind: 'answer',
      confidence: Math.round(decision.confidence * 1000) / 1000,
    };
  }

  function urgent(turn: Turn, categories: (Reply & { kind: 'urgent' })['categories']): Reply {
    const rules = categories.flatMap((category) => safety.urgent.find((entry) => entry.category === category) ?? []);
    const [worst] = rules;
    const others = rules.slice(1).map(({ title }) => title[turn.language]);
    const also =
      others.length > 0 ? `\n${say(pack, 'urgent_also', turn.language, { dangers: others.join(', ') })}` : '';
    const uses = [...new Set(rules.flatMap((entry) => entry.contacts))];
    const quotes = worst?.quote ? openingOf(turn, worst.quote) : [];
    return {
      ...common(turn, 'urgent', 'urgent', { quotes, uses }),
      message: `${worst?.message[turn.language].trim() ?? ''}${also}`,
      suggestions: [],
      kind: 'urgent',
      category: categories[0] ?? 'other',
      categories,
    };
  }

  function referral(
    turn: Turn,
    reason: (Reply & { kind: 'refer' })['reason'],
    quotes: readonly Quote[],
    found: Retrieved,
  ): Reply {
    const ask = safety.referral.find((rules) => rules.reason === reason)?.ask ?? [];
    const base = common(turn, 'refer', `refer_${reason}`, { quotes, asked: followOn(turn, found, quotes) });
    const toAsk = ask
      .slice(0, 2)
      .map((question) => say(pack, 'refer_ask', turn.language, { question: question[turn.language] }));
    return { ...base, message: [base.message, ...toAsk].join('\n'), kind: 'refer', reason };
  }

  function clarification(turn: Turn, { options }: Decision & { kind: 'clarify' }): Reply {
    const questions = options.flatMap(({ passage }) => questionFor(pack.passages[passage]) ?? []);
    return {
      ...common(turn, 'clarify', 'clarify'),
      kind: 'clarify',
      options: questions.map((question) => ({ question })),
    };
  }

  /** A passage's first question; where several subjects are served, with its own, so that it can be asked as it stands. */
  function questionFor(passage: Passage | undefined): string | undefined {
    const question = passage?.questions[0];
    if (
      question === undefined ||
      pack.subjects === undefined ||
      snapshot.subjects(snapshot.lexicon.canonical(question)).packs
    )
      return question;
    return `${question} (${subjectOf(pack, passage)})`;
  }

  function chat(turn: Turn, talk: SmallTalk): Reply {
    if (isWorried(turn)) return unanswered(turn, 'thanks_after_urgent', []);
    if (talk === 'help') return unanswered(turn, talk, pack.starters, ['emergency', 'crisis']);
    return unanswered(turn, talk, talk === 'hello' ? pack.starters : []);
  }

  function unanswered(
    turn: Turn,
    name: string,
    asked: readonly string[],
    uses: readonly SafetyContact['use'][] = [],
  ): Reply {
    return { ...common(turn, 'unanswered', name, { asked, uses }), kind: 'unanswered' };
  }

  function notEnglish(turn: Turn): Reply {
    return unanswered(turn, 'unanswered_language', [], ['emergency', 'crisis']);
  }

  /** @param instructed whether the message held orders to the bot, which were left out */
  function notFound(turn: Turn, found: Retrieved, instructed: boolean): Reply {
    const said = words(turn.text).length;
    const unclear = said === 0 || (said <= 2 && found.unknownWords > 0.99);
    const { own, other } = found.subjects;
    const elsewhere = other && !own ? 'unanswered_other_subject' : 'unanswered';
    const name = instructed ? 'unanswered_instructions' : unclear ? 'unanswered_unclear' : elsewhere;
    // Next to a danger, other questions would be small talk.
    return unanswered(turn, name, isWorried(turn) ? [] : nearbyQuestions(turn, found));
  }

  /** What all kinds of reply share. After an urgent turn the contacts of its dangers stay in view. */
  function common(
    turn: Turn,
    kind: Reply['kind'],
    name: string,
    { quotes = [], uses = [], asked = [], fill = {} }: Partial<CommonParts> = {},
  ): ReplyBase {
    const { conversation, region, language, clinic } = turn;
    // By its pack too, since disclaimers of several packs name topics so.
    const topics = quotes.flatMap(({ passage: { id: of, topic } }) => [topic, `${of.split('/')[0]}/${topic}`]);
    const still = safety.urgent.filter((rules) => conversation.urgent.some((category) => category === rules.category));
    const needed = [
      ...new Set([
        ...uses,
        ...still.flatMap((rules) => rules.contacts),
        ...topics.flatMap((topic) => USES_BY_TOPIC[topic] ?? []),
      ]),
    ];
    const own = name === 'urgent' ? '' : say(pack, name, language, { clinic, ...fill });
    const emergency: Contact[] = needed.length > 0 ? contacts.forUses(needed, region, language) : [];
    return {
      id: randomUUID(),
      conversationId: conversation.id,
      region,
      message: isWorried(turn) && !SPEAKS_OF_DANGER.has(name) ? `${say(pack, 'still_urgent', language)}\n${own}` : own,
      quotes,
      disclaimers: disclaimersFor(pack, { kind, topics, language }),
      contacts: [...emergency, ...(kind === 'answer' ? [] : contacts.clinic(clinic))],
      suggestions: [...asked],
    };
  }

  function openingOf(turn: Turn, id: string): Quote[] {
    const passage = pack.passages.findIndex((entry) => entry.id === id);
    const entry = pack.passages[passage];
    const span = entry && opening(entry, 2);
    return span ? [quote(turn, { passage, ...span })].flatMap((found) => found ?? []) : [];
  }

  function followOn(turn: Turn, found: Retrieved, quotes: readonly Quote[]): string[] {
    const quoted = new Set(quotes.map((entry) => entry.passage.id));
    const next = found.ranking
      .map(({ passage }) => passage)
      .filter((passage) => !quoted.has(pack.passages[passage]?.id ?? ''));
    return nextQuestions(pack, { passages: next, asked: turn.text, most: 3 });
  }

  function nearbyQuestions(turn: Turn, found: Retrieved): readonly string[] {
    const near = found.ranking.filter(({ features }) => features.question >= NEAR).map(({ passage }) => passage);
    const questions = nextQuestions(pack, { passages: near, asked: turn.text, most: 3 });
    return questions.length > 0 ? questions : pack.starters.slice(0, 3);
  }
}

/** Whether a danger was told of in an earlier turn. */
function isWorried({ conversation }: Turn): boolean {
  return conversation.urgent.length > 0;
}

// Messages that say by themselves what comes first.
const SPEAKS_OF_DANGER: ReadonlySet<string> = new Set([
  'urgent',
  'thanks_after_urgent',
  'answer',
  'answer_personal',
  'answer_other_region',
]);

interface CommonParts {
  readonly quotes: readonly Quote[];
  readonly uses: readonly SafetyContact['use'][];
  readonly asked: readonly string[];
  readonly fill: Readonly<Record<string, string>>;
}

// Topics whose answers come with somebody to call.
const USES_BY_TOPIC: Readonly<Record<string, readonly SafetyContact['use'][]>> = {
  'mental-health': ['crisis'],
  'warning-signs': ['emergency'],
  overdose: ['poison', 'emergency'],
};

// A question this near is worth offering.
const NEAR = 0.35;
