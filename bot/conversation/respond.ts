import type { Region } from '../../knowledge/pack/pack.ts';
import { type Clock, today } from '../clock.ts';
import type { Reply, UrgentCategory } from '../reply.ts';
import type { Decision } from './decide.ts';
import { claimsTopic } from './follow-up.ts';
import { createContextReader, type InContext, type Search } from './in-context.ts';
import type { Memory } from './memory.ts';
import { isVerbatim } from './quote.ts';
import type { ReadMessage } from './read-message.ts';
import { say } from './reply-parts.ts';
import type { Shelf } from './shelves.ts';
import type { SmallTalk } from './small-talk.ts';
import type { ExampleIndex } from './triage/examples.ts';
import { FAINT, ruleFired, type Triage, type TriageMessage } from './triage/triage.ts';
import type { Respond } from './turn.ts';
import { createReplyWriter, type ReplyWriterParts, type Turn } from './write-reply.ts';

export interface RespondParts extends ReplyWriterParts {
  readonly memory: Memory;
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
}

/** One turn: danger first, then decisions that are not the bot's, then what the pack says, then "I don't know". */
export function createRespond(parts: RespondParts): Respond {
  const { safety, memory, clock } = parts;
  const { pack } = parts.snapshot;
  const inContext = createContextReader(parts);
  const write = createReplyWriter(parts);

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
    const { reply, search } = await answerTurn(turn, seen, triage);
    for (const quote of reply.quotes) {
      if (!isVerbatim(quote, pack))
        throw new Error(`quote of ${quote.passage.id} is not in the pack; nothing was sent`);
    }
    await memory.remember({
      id: turn.conversation.id,
      topic: (reply.quotes.length > 0 ? search?.topic : undefined) ?? turn.conversation.topic,
      passage: reply.quotes[0]?.passage.id ?? turn.conversation.passage,
      urgent: reply.kind === 'urgent' ? reply.categories : turn.conversation.urgent,
    });
    return {
      reply,
      explanation: {
        searchedFor: search?.searchedFor ?? seen.texts,
        triage,
        nearestExamples: () => parts.nearestExamples(whole),
        ranking: search?.found.ranking.slice(0, 10) ?? [],
        confidence: search?.decision.confidence ?? 0,
        thresholds: search?.numbers.decision,
      },
    };
  };

  async function answerTurn(turn: Turn, seen: ReadMessage, triage: Triage): Promise<Outcome> {
    const { outcome } = triage;
    const talk = parts.smallTalk(turn.text);
    // What is a greeting or thanks and nothing more is no danger, unless a rule says so. A goodbye or a cry for help may be.
    const harmless = talk === 'hello' || talk === 'thanks';
    if (talk && (outcome.kind === 'pass' || (harmless && !ruleFired(triage)))) {
      return { reply: write.chat(turn, talk) };
    }
    if (outcome.kind === 'urgent') return { reply: write.urgent(turn, outcome.categories) };
    const claimed = claimsTopic(turn.text) ? dangerToldBy(turn.conversation.passage) : undefined;
    if (claimed) return { reply: write.urgent(turn, [claimed]) };
    if (outcome.kind === 'pass' && !parts.isEnglish(turn.text)) return { reply: write.notEnglish(turn) };

    const plain = parts.withoutInstructions(turn.text);
    const instructed = plain !== turn.text;
    const read = instructed ? await parts.read(plain) : seen;
    const search = await inContext.search(contextOf(turn), read, triage.outside);
    const { found, decision } = search;
    const maybe = triage.statesOfPerson && (triage.urgent ?? 1) >= FAINT;
    const danger = decision.kind === 'answer' && maybe ? dangerOf(decision.best.passage) : undefined;
    if (danger) return { search, reply: write.urgent(turn, [danger]) };
    if (outcome.kind === 'refer') {
      const fits = decision.kind === 'answer' && !decision.elsewhere && mayGoWithReferral(decision, triage);
      const quotes = fits ? write.quotesFor(turn, search, decision, 1) : [];
      return { search, reply: write.referral(turn, outcome.reason, quotes, found) };
    }
    if (decision.kind === 'answer') {
      // Of elsewhere one only, since the message names one country.
      const quotes = write.quotesFor(turn, search, decision, decision.elsewhere ? 1 : 2);
      // What an order to the bot states is no case of anybody's.
      const personal = triage.statesOfPerson && !instructed;
      if (quotes.length > 0) return { search, reply: write.answer({ turn, quotes, decision, found, personal }) };
    }
    if (decision.kind === 'clarify') return { search, reply: write.clarification(turn, decision) };
    return { search, reply: write.notFound(turn, found, instructed) };
  }

  /** The danger that a passage is about: it was found for somebody who tells of now, not for somebody who asks. */
  function dangerOf(passage: number): UrgentCategory | undefined {
    const id = pack.passages[passage]?.id ?? '';
    return safety.urgent.find(({ passages }) => passages.includes(id))?.category as UrgentCategory | undefined;
  }

  /**
   * Beside "ask your prescriber" a passage stands only if it is likelier than not what was asked; and what to do after
   * too many capsules, or when somebody is in despair, only where there is a trace of that.
   */
  function mayGoWithReferral({ best, confidence }: Decision & { kind: 'answer' }, { evidence }: Triage): boolean {
    if (confidence < 0.5) return false;
    const { id = '', topic } = pack.passages[best.passage] ?? {};
    const grave = safety.urgent.filter(({ contacts, quote, passages, signs }) => {
      const told = [quote, ...passages, ...signs].flatMap((of) => of ?? []);
      if (contacts.includes('poison')) return told.some((of) => of.split('/').at(-2) === topic);
      return contacts.includes('crisis') && told.includes(id);
    });
    return (
      grave.length === 0 ||
      grave.some(({ category }) =>
        evidence.some(
          ({ label, rules, probability = 0 }) => label === category && (rules.length > 0 || probability >= TRACE),
        ),
      )
    );
  }

  /** The danger whose signs a passage tells: somebody who answers "I have exactly that" is in it. */
  function dangerToldBy(id: string | undefined): UrgentCategory | undefined {
    const told = safety.urgent.find(
      ({ quote, passages, signs }) => id !== undefined && [quote, ...passages, ...signs].includes(id),
    );
    return told?.category as UrgentCategory | undefined;
  }
}

interface Outcome {
  readonly reply: Reply;
  /** Absent where nothing was searched for. */
  readonly search?: Search;
}

function contextOf({ text, conversation, region }: Turn): InContext {
  return { text, topic: conversation.topic, passage: conversation.passage, region };
}

const NO_VECTOR = new Float32Array();

// Of a danger: a fifth of what makes it faint.
const TRACE = FAINT / 5;
