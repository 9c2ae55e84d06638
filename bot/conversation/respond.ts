import { randomUUID } from 'node:crypto';
import type { Snapshot } from '../../knowledge/index/snapshot.ts';
import { subjectOf } from '../../knowledge/index/subject.ts';
import type { Language, Passage, Region } from '../../knowledge/pack/pack.ts';
import type { Safety, SafetyContact } from '../../knowledge/pack/safety.ts';
import { words } from '../../knowledge/text/normalize.ts';
import { type Clock, today } from '../clock.ts';
import type { Numbers } from '../fitted/fitted.ts';
import type { Contact, Quote, Reply, ReplyBase, UrgentCategory } from '../reply.ts';
import type { ContactBook } from './contacts.ts';
import type { Decision } from './decide.ts';
import { claimsTopic } from './follow-up.ts';
import { createContextReader, type InContext, type Search } from './in-context.ts';
import type { Conversation, Memory } from './memory.ts';
import { chooseExcerpt, type Excerpt, isVerbatim, opening, toQuote } from './quote.ts';
import type { ReadMessage } from './read-message.ts';
import { disclaimersFor, nextQuestions, say } from './reply-parts.ts';
import type { Retrieved } from './retrieve.ts';
import type { Shelf } from './shelves.ts';
import type { SmallTalk } from './small-talk.ts';
import type { ExampleIndex } from './triage/examples.ts';
import { FAINT, ruleFired, type Triage, type TriageMessage } from './triage/triage.ts';
import type { Respond } from './turn.ts';

export interface RespondParts {
  readonly snapshot: Snapshot;
  readonly safety: Safety;
  readonly memory: Memory;
  readonly contacts: ContactBook;
  readonly clock: Clock;
  /** What passages are searched by; together they hold all of `snapshot`. */
  readonly shelves: readonly Shelf[];
  readonly read: (message: string) => Promise<ReadMessage>;
  readonly triage: TriageMessage;
  readonly nearestExamples: ExampleIndex;
  readonly smallTalk: (message: string) => SmallTalk | undefined;
  readonly isEnglish: (message: string) => boolean;
  readonly withoutInstructions: (message: string) => string;
  readonly clinicName: string | undefined;
  readonly defaultRegion: Region;
  readonly serveUnreviewed: boolean;
  readonly passageUrl: (id: string) => string;
}

/** What every way of replying is given. */
interface Turn {
  readonly text: string;
  readonly conversation: Conversation;
  readonly region: Region;
  readonly language: Language;
  readonly today: string;
  readonly clinic: string;
}

/** One turn: danger first, then decisions that are not the bot's, then what the pack says, then "I don't know". */
export function createRespond(parts: RespondParts): Respond {
  const { snapshot, safety, memory, contacts, clock } = parts;
  const { pack } = snapshot;
  const inContext = createContextReader(parts);

  return async (message) => {
    const language = message.language ?? 'en';
    const turn: Turn = {
      text: message.text,
      conversation: await memory.recall(message.conversationId),
      region: message.region ?? parts.defaultRegion,
      language,
      today: today(clock),
      clinic: parts.clinicName ?? say(pack, 'clinic_unnamed', language),
    };
    const seen = await parts.read(message.text);
    const [whole = NO_VECTOR] = seen.vectors;
    const triage = await inContext.triage(contextOf(turn), seen);
    const { reply, topic, found, decision, numbers, searchedFor } = await answerTurn(turn, seen, triage);
    for (const quote of reply.quotes) {
      if (!isVerbatim(quote, pack))
        throw new Error(`quote of ${quote.passage.id} is not in the pack; nothing was sent`);
    }
    await memory.remember({
      id: turn.conversation.id,
      topic: (reply.quotes.length > 0 ? topic : undefined) ?? turn.conversation.topic,
      passage: reply.quotes[0]?.passage.id ?? turn.conversation.passage,
      urgent: reply.kind === 'urgent' ? reply.categories : turn.conversation.urgent,
    });
    return {
      reply,
      explanation: {
        searchedFor,
        triage,
        nearestExamples: () => parts.nearestExamples(whole),
        ranking: found?.ranking.slice(0, 10) ?? [],
        confidence: decision?.confidence ?? 0,
        thresholds: numbers?.decision,
      },
    };
  };

  async function answerTurn(turn: Turn, seen: ReadMessage, triage: Triage): Promise<Outcome> {
    const { outcome } = triage;
    const searchedFor = seen.texts;
    const talk = parts.smallTalk(turn.text);
    // What is a greeting or thanks and nothing more is no danger, unless a rule says so. A goodbye may be one.
    if (talk && (outcome.kind === 'pass' || (talk !== 'goodbye' && !ruleFired(triage)))) {
      return { reply: chat(turn, talk), searchedFor };
    }
    if (outcome.kind === 'urgent') return { reply: urgent(turn, outcome.categories), searchedFor };
    const claimed = claimsTopic(turn.text) ? dangerToldBy(turn.conversation.passage) : undefined;
    if (claimed) return { reply: urgent(turn, [claimed]), searchedFor };
    if (outcome.kind === 'pass' && !parts.isEnglish(turn.text)) {
      return { reply: unanswered(turn, 'unanswered_language', [], ['emergency', 'crisis']), searchedFor };
    }

    const plain = parts.withoutInstructions(turn.text);
    const instructed = plain !== turn.text;
    const read = instructed ? await parts.read(plain) : seen;
    const search = await inContext.search(contextOf(turn), read, triage.outside);
    const { found, decision, numbers } = search;
    const base = { found, decision, numbers, searchedFor: search.searchedFor, topic: search.topic };
    const maybe = triage.statesOfPerson && (triage.urgent ?? 1) >= FAINT;
    const danger = decision.kind === 'answer' && maybe ? dangerOf(decision.best.passage) : undefined;
    if (danger) return { ...base, reply: urgent(turn, [danger]) };
    if (outcome.kind === 'refer') {
      const quotes = decision.kind === 'answer' && !decision.elsewhere ? quotesFor(turn, search, decision, 1) : [];
      return { ...base, reply: referral(turn, outcome.reason, quotes, found) };
    }
    if (decision.kind === 'answer') {
      // Of elsewhere one only, since the message names one country.
      const quotes = quotesFor(turn, search, decision, decision.elsewhere ? 1 : 2);
      // What an order to the bot states is no case of anybody's.
      const personal = triage.statesOfPerson && !instructed;
      if (quotes.length > 0) return { ...base, reply: answer({ turn, quotes, decision, found, personal }) };
    }
    if (decision.kind === 'clarify') {
      const options = decision.options.flatMap(({ passage }) => questionFor(pack.passages[passage]) ?? []);
      return {
        ...base,
        reply: {
          ...common(turn, 'clarify', 'clarify'),
          kind: 'clarify',
          options: options.map((question) => ({ question })),
        },
      };
    }
    const said = words(turn.text).length;
    const unclear = said === 0 || (said <= 2 && found.unknownWords > 0.99);
    const { own, other } = found.subjects;
    const elsewhere = other && !own ? 'unanswered_other_subject' : 'unanswered';
    const name = instructed ? 'unanswered_instructions' : unclear ? 'unanswered_unclear' : elsewhere;
    return { ...base, reply: unanswered(turn, name, nearbyQuestions(turn, found)) };
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

  /** The danger that a passage is about: it was found for somebody who tells of now, not for somebody who asks. */
  function dangerOf(passage: number): UrgentCategory | undefined {
    const id = pack.passages[passage]?.id ?? '';
    return safety.urgent.find(({ passages }) => passages.includes(id))?.category as UrgentCategory | undefined;
  }

  /** The danger whose signs a passage tells: somebody who answers "I have exactly that" is in it. */
  function dangerToldBy(id: string | undefined): UrgentCategory | undefined {
    const told = safety.urgent.find(
      ({ quote, passages, signs }) => id !== undefined && [quote, ...passages, ...signs].includes(id),
    );
    return told?.category as UrgentCategory | undefined;
  }

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
    const first = turn.conversation.urgent.length > 0 ? say(pack, 'after_urgent', turn.language) : undefined;
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

  function chat(turn: Turn, talk: SmallTalk): Reply {
    const worried = turn.conversation.urgent.length > 0;
    return unanswered(turn, worried ? 'thanks_after_urgent' : talk, talk === 'hello' && !worried ? pack.starters : []);
  }

  function unanswered(
    turn: Turn,
    name: string,
    asked: readonly string[],
    uses: readonly SafetyContact['use'][] = [],
  ): Reply {
    return { ...common(turn, 'unanswered', name, { asked, uses }), kind: 'unanswered' };
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
    const emergency: Contact[] = needed.length > 0 ? contacts.forUses(needed, region, language) : [];
    return {
      id: randomUUID(),
      conversationId: conversation.id,
      region,
      message: name === 'urgent' ? '' : say(pack, name, language, { clinic, ...fill }),
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

interface CommonParts {
  readonly quotes: readonly Quote[];
  readonly uses: readonly SafetyContact['use'][];
  readonly asked: readonly string[];
  readonly fill: Readonly<Record<string, string>>;
}

interface Outcome {
  readonly reply: Reply;
  /** What the next message may lean on, in canonical words. */
  readonly topic?: string | undefined;
  readonly found?: Retrieved;
  readonly decision?: Decision;
  readonly numbers?: Numbers;
  readonly searchedFor: readonly string[];
}

function contextOf({ text, conversation, region }: Turn): InContext {
  return { text, topic: conversation.topic, region };
}

const NO_VECTOR = new Float32Array();

// Topics whose answers come with somebody to call.
const USES_BY_TOPIC: Readonly<Record<string, readonly SafetyContact['use'][]>> = {
  'mental-health': ['crisis'],
  'warning-signs': ['emergency'],
  overdose: ['poison', 'emergency'],
};

// A question this near is worth offering.
const NEAR = 0.35;
