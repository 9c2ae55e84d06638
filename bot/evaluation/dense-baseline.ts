import { randomUUID } from 'node:crypto';
import { type Embedder, similarity } from '../../knowledge/embedding/embedder.ts';
import { MAX_WINDOW, windows } from '../../knowledge/index/chunks.ts';
import type { Pack, Region } from '../../knowledge/pack/pack.ts';
import { type Excerpt, toQuote } from '../conversation/quote.ts';
import { disclaimersFor, say } from '../conversation/reply-parts.ts';
import type { Ranking } from '../conversation/retrieve.ts';
import { NO_TRIAGE } from '../conversation/triage/triage.ts';
import type { Respond } from '../conversation/turn.ts';

/**
 * What plain dense retrieval would reply, to measure the bot against: the passage whose text is nearest to the message
 * as typed, and of it the nearest run of three sentences. No triage, lexicon, question vectors, words or threshold; it
 * always answers.
 */
export async function createDenseBaseline({
  pack,
  embedder,
  region,
  today,
  onProgress,
}: {
  pack: Pack;
  embedder: Pick<Embedder, 'embed' | 'embedAll'>;
  region: Region;
  /** ISO date. */
  today: string;
  onProgress?: (done: number, total: number) => void;
}): Promise<Respond> {
  const texts = pack.passages.map(({ text }) => text);
  const vectors = await embedder.embedAll(texts, onProgress);
  const excerptsOf = new Map<number, Promise<EmbeddedExcerpt[]>>();

  return async ({ text, conversationId = randomUUID() }) => {
    const query = await embedder.embed(text);
    const ranking = vectors
      .map((vector, passage) => toRanking(passage, similarity(query, vector)))
      .sort((a, b) => b.score - a.score);
    const confidence = Math.min(1, Math.max(0, ranking[0]?.score ?? 0));
    const excerpts = await excerptsIn(ranking[0]?.passage ?? -1);
    const [best] = excerpts.toSorted((a, b) => similarity(query, b.vector) - similarity(query, a.vector));
    const quote = best && toQuote({ pack, excerpt: best, today, url: (id) => `/passages/${id}` });
    return {
      reply: {
        kind: 'answer',
        id: randomUUID(),
        conversationId,
        region,
        message: say(pack, 'answer', 'en'),
        quotes: quote ? [quote] : [],
        disclaimers: disclaimersFor(pack, { kind: 'answer', topics: [], language: 'en' }),
        contacts: [],
        suggestions: [],
        confidence,
      },
      explanation: {
        searchedFor: [text],
        triage: NO_TRIAGE,
        nearestExamples: () => new Map(),
        ranking: ranking.slice(0, 10),
        confidence,
        thresholds: undefined,
      },
    };
  };

  function excerptsIn(passage: number): Promise<EmbeddedExcerpt[]> {
    const known = excerptsOf.get(passage) ?? embedExcerpts(passage);
    excerptsOf.set(passage, known);
    return known;
  }

  async function embedExcerpts(passage: number): Promise<EmbeddedExcerpt[]> {
    const { text = '', sentences = [] } = pack.passages[passage] ?? {};
    const full = windows(sentences).filter(({ count }) => count === Math.min(MAX_WINDOW, sentences.length));
    const embedded = await embedder.embedAll(full.map(({ start, end }) => text.slice(start, end)));
    return full.map(({ start, end }, i) => ({ passage, start, end, vector: embedded[i] ?? new Float32Array() }));
  }
}

interface EmbeddedExcerpt extends Excerpt {
  readonly vector: Float32Array;
}

function toRanking(passage: number, score: number): Ranking {
  const features = {
    question: 0,
    questionMean: 0,
    center: 0,
    passage: score,
    words: 0,
    coverage: 0,
    fusion: 0,
    regional: 0,
  };
  return { passage, score, features };
}
