import type { Snapshot } from '../../knowledge/index/snapshot.ts';
import type { Passage, Region } from '../../knowledge/pack/pack.ts';
import { hasFormOfQuestion, leansOnTopic, namesTopic } from './follow-up.ts';
import { namedRegion } from './named-region.ts';
import type { ReadMessage } from './read-message.ts';
import type { Retrieved } from './retrieve.ts';
import { type OnShelf, type Shelf, searchShelves } from './shelves.ts';
import { ruleFired, type Triage, type TriageMessage } from './triage/triage.ts';

/** A message, and what the one before it was about: canonical words, or nothing. */
export interface InContext {
  readonly text: string;
  readonly topic: string | undefined;
  /** Id of the passage that was quoted last. */
  readonly passage?: string | undefined;
  readonly region: Region;
}

/** What a search found, and what to do about it. */
export interface Search extends OnShelf {
  /** What the next message may lean on, in canonical words. */
  readonly topic: string | undefined;
  readonly vectors: readonly Float32Array[];
  readonly searchedFor: readonly string[];
}

/** Judges and searches a message with the topic before it where it leans on it, and alone where it does not. */
export interface ContextReader {
  triage(message: InContext, seen: ReadMessage): Promise<Triage>;
  /** @param outside probability that the message is about something else than the pack, where that is known */
  search(message: InContext, seen: ReadMessage, outside: number | undefined): Promise<Search>;
}

export function createContextReader({
  snapshot,
  shelves,
  read,
  triage,
}: {
  snapshot: Snapshot;
  shelves: readonly Shelf[];
  read: (message: string) => Promise<ReadMessage>;
  triage: TriageMessage;
}): ContextReader {
  return { triage: triageInContext, search: searchInContext };

  /**
   * A message that leans on the topic before it is judged with it as well: "how do I stop them?" is no danger after a
   * question about nosebleeds, and "I have exactly that" is one after the signs of pancreatitis.
   */
  async function triageInContext({ text, topic }: InContext, seen: ReadMessage): Promise<Triage> {
    const alone = triage(text, seen);
    if (topic === undefined || leansOnTopic(text) !== 'yes') return alone;
    const said = `${topic}. ${text}`;
    const joined = triage(said, await read(said));
    if (alone.outcome.kind === 'urgent') return ruleFired(alone) ? alone : joined;
    return joined.outcome.kind === 'urgent' && alone.statesOfPerson ? joined : alone;
  }

  /** Searches for the message alone and, where it may lean on the topic before it, with that topic; keeps what fits better. */
  async function searchInContext(
    { text, topic, passage, region }: InContext,
    seen: ReadMessage,
    outside: number | undefined,
  ): Promise<Search> {
    const named = namedRegion(text) ?? region;
    // "figured you'd say that" points back to the topic, but asks nothing about it.
    const remarks = outside !== undefined && outside >= REMARK && !hasFormOfQuestion(text);
    const leans = topic === undefined || remarks ? 'no' : leansOnTopic(text);
    // What leans on a topic says little by itself of what it is about.
    const leaning = leans === 'yes' ? 0 : outside;
    const search = (message: ReadMessage, outside: number | undefined, prefer?: string) => {
      const query = { text: message.texts[0] ?? '', vectors: message.vectors, outside };
      const adjust =
        prefer === undefined ? undefined : (found: Retrieved, shelf: Shelf) => preferWords(found, shelf, prefer);
      return {
        ...searchShelves({ shelves, query, region: named, adjust }),
        topic: query.text,
        vectors: message.vectors,
        searchedFor: message.texts,
      };
    };
    const alone = search(seen, leaning);
    if (leans === 'no') return alone;
    if (namesAnother(alone.found)) return search(seen, outside);
    if (leans === 'maybe' && alone.decision.kind === 'answer') return alone;
    const joined = search(await read(`${topic} ${text}`), leaning, seen.texts[0]);
    const held = heldOf(seen.texts[0] ?? '');
    const holds = ({ found: { ranking } }: Search) => (held.get(ranking[0]?.passage ?? -1) ?? 0) > 0;
    // "ok and what about sunscreen" is about sunscreen, whatever came before.
    if (namesTopic(text) && holds(alone) && !holds(joined)) return goingOn(alone);
    const better =
      leans === 'yes'
        ? joined.decision.confidence >= alone.decision.confidence - 0.2
        : joined.decision.confidence > alone.decision.confidence;
    if (!better) return alone;
    return holds(joined) ? goingOn({ ...joined, topic }) : { ...joined, topic };

    /** "and doxycycline?" goes on to another passage by words of its own: a "why?" after it asks about that. */
    function goingOn(search: Search): Search {
      const [best] = search.found.ranking;
      const next = best && snapshot.pack.passages[best.passage];
      const answered = search.decision.kind === 'answer' && !search.decision.elsewhere;
      return next && answered && next.id !== passage ? { ...search, topic: subjectOf(next) } : search;
    }
  }

  /** What a passage is about, as a topic: its first question. */
  function subjectOf({ title, questions: [first = title] }: Passage): string {
    return snapshot.lexicon.canonical(first);
  }

  /** Of each passage, the share of a message's weight in words that it holds. */
  function heldOf(message: string): Map<number, number> {
    return new Map(snapshot.byWords.search(message).map(({ passage, coverage }) => [passage, coverage]));
  }

  /** Whether a message names a subject that is another's, and that the pack says nothing of: "and Humira?". */
  function namesAnother({ subjects, unknownWords }: Retrieved): boolean {
    return subjects.other && !subjects.own && unknownWords >= UNKNOWN;
  }

  /** Of what fits the topic, first what holds the message's own words: "what about alcohol?" is about alcohol. */
  function preferWords(found: Retrieved, { snapshot }: Shelf, message: string): Retrieved {
    const held = new Map(snapshot.byWords.search(message).map(({ passage, coverage }) => [passage, coverage]));
    const lift = (ranking: Retrieved['ranking']) =>
      ranking
        .map((entry) => ({ ...entry, score: entry.score + OWN_WORDS * (held.get(entry.passage) ?? 0) }))
        .sort((a, b) => b.score - a.score);
    return { ...found, ranking: lift(found.ranking), elsewhere: lift(found.elsewhere) };
  }
}

// A message that is no question is taken for a remark where it is about something else as likely as not.
const REMARK = 0.5;

// Share of a message's weight in words: of two or three words that tell, one.
const UNKNOWN = 0.3;

// How much the words of a message that leans on a topic weigh against the topic's; tried on the fitting dialogs.
const OWN_WORDS = 3;
