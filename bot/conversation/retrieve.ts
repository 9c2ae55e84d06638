import { similarity } from '../../knowledge/embedding/embedder.ts';
import type { Snapshot } from '../../knowledge/index/snapshot.ts';
import type { NamedSubjects } from '../../knowledge/index/subject.ts';
import type { Region } from '../../knowledge/pack/pack.ts';
import { holdsIn } from '../../knowledge/pack/region.ts';
import { splitWords } from '../../knowledge/text/normalize.ts';
import type { Fitted } from '../fitted/fitted.ts';
import { weigh } from './weigh.ts';

/** A question in the forms that it is searched by. */
export interface Query {
  /** Canonical words: lexicon applied, spelling mended. */
  readonly text: string;
  /** Of the whole and, where it has several sentences, of each that may hold the question. */
  readonly vectors: readonly Float32Array[];
  /** Probability that it is about something else than the pack, where that is known: see `Triage`. */
  readonly outside?: number | undefined;
}

/** One passage as a candidate: its score, and what the score is made of. */
export interface Ranking {
  /** Index in `pack.passages`. */
  readonly passage: number;
  readonly score: number;
  readonly features: RankingFeatures;
}

export interface RankingFeatures {
  /** Cosine to the nearest of its questions, or to its title. */
  readonly question: number;
  /** Mean cosine to the three nearest of them. */
  readonly questionMean: number;
  /** Cosine to the middle of them all. */
  readonly center: number;
  /** Cosine to its text, or to the nearest run of its sentences. */
  readonly passage: number;
  /** BM25+ as a share of the best passage's. */
  readonly words: number;
  /** Share of the query's weight in words that the passage holds. */
  readonly coverage: number;
  /** Reciprocal ranks in the three lists, summed and scaled to 0..1 (Cormack et al. 2009, k = 60). */
  readonly fusion: number;
  /** 1 for a passage written for the region, 0 for one that holds everywhere. */
  readonly regional: number;
}

/** How a query lies to the pack as a whole. */
export interface Retrieved {
  /** Best first; only passages that hold in the region unless `elsewhere`. */
  readonly ranking: readonly Ranking[];
  /** The same for passages of other regions. */
  readonly elsewhere: readonly Ranking[];
  /** Cosine to the nearest question that the pack is known not to answer. */
  readonly outOfScope: number;
  /** Of the query: 0 without words, 1 from 63 on, each doubling as much as the last. */
  readonly length: number;
  /** Share of the query's weight in words that no passage knows. */
  readonly unknownWords: number;
  readonly subjects: NamedSubjects;
  /** As the query gave it; 0 where it is not known. */
  readonly outside: number;
  /** Of the `VOTERS` nearest questions, in scope or out: how many belong to each passage; -1 for out of scope. */
  readonly votes: ReadonlyMap<number, number>;
}

/** Orders passages by how well they fit; pure. */
export function retrieve({
  snapshot,
  query,
  region,
  weights,
}: {
  snapshot: Snapshot;
  query: Query;
  region: Region;
  weights: Fitted['ranking'];
}): Retrieved {
  const { pack, chunks, nearest, byWords, centers } = snapshot;
  const found = new Map<number, Found>();
  let outOfScope = -1;
  const voters: { passage: number; score: number }[] = [];
  for (const vector of query.vectors) {
    const questionsHere = new Map<number, number[]>();
    for (const { id, score } of nearest.search(vector, NEAREST)) {
      const chunk = chunks[id];
      if (!chunk) continue;
      if (chunk.kind === 'question' || chunk.kind === 'out-of-scope') voters.push({ passage: chunk.passage, score });
      if (chunk.kind === 'out-of-scope') {
        outOfScope = Math.max(outOfScope, score);
        continue;
      }
      const entry = found.get(chunk.passage) ?? { questions: [], passage: 0, by: undefined };
      found.set(chunk.passage, entry);
      if (chunk.kind === 'question' || chunk.kind === 'title') {
        const list = questionsHere.get(chunk.passage);
        if (list) list.push(score);
        else questionsHere.set(chunk.passage, [score]);
      } else entry.passage = Math.max(entry.passage, score);
    }
    // One vector speaks for a passage: the one that its questions lie nearest to.
    for (const [passage, scores] of questionsHere) {
      const entry = found.get(passage);
      if (!entry || (scores[0] ?? 0) <= (entry.questions[0] ?? 0)) continue;
      entry.questions = scores;
      entry.by = vector;
    }
  }
  const wordHits = byWords.search(query.text);
  const wordsOf = new Map(wordHits.map((hit) => [hit.passage, hit]));
  for (const hit of wordHits.slice(0, WORD_CANDIDATES)) {
    if (!found.has(hit.passage)) found.set(hit.passage, { questions: [], passage: 0, by: undefined });
  }

  const byQuestion = ranks([...found], ([, entry]) => entry.questions[0] ?? 0);
  const byPassage = ranks([...found], ([, entry]) => entry.passage);
  const byWord = new Map(wordHits.map((hit, place) => [hit.passage, place]));
  const bestWords = wordHits[0]?.score ?? 1;

  const all = [...found].map(([passage, entry]): Ranking => {
    const top = entry.questions.slice(0, 3);
    const hit = wordsOf.get(passage);
    const features: RankingFeatures = {
      question: top[0] ?? 0,
      questionMean: top.reduce((a, b) => a + b, 0) / 3,
      center: centers[passage] && entry.by ? similarity(centers[passage], entry.by) : 0,
      passage: entry.passage,
      words: hit ? hit.score / bestWords : 0,
      coverage: hit?.coverage ?? 0,
      fusion:
        (reciprocal(byQuestion.get(passage)) + reciprocal(byPassage.get(passage)) + reciprocal(byWord.get(passage))) *
        ((RRF_K + 1) / 3),
      regional: pack.passages[passage]?.regions.includes('all') ? 0 : 1,
    };
    return { passage, score: weigh(weights, features), features };
  });
  all.sort((a, b) => b.score - a.score || a.passage - b.passage);

  let unknown = 0;
  let weight = 0;
  for (const [term, idf] of byWords.weigh(query.text)) {
    weight += idf;
    if (!byWords.knows(term)) unknown += idf;
  }
  const subjects = snapshot.subjects(query.text);
  // Where the question names what one of several packs is about, the others have nothing to say.
  const meant = all.filter(({ passage }) => {
    const [name = ''] = (pack.passages[passage]?.id ?? '').split('/');
    return subjects.packs === undefined || subjects.packs.has(name);
  });
  const here = (ranking: Ranking) => {
    const passage = pack.passages[ranking.passage];
    return passage !== undefined && holdsIn(passage, region);
  };
  return {
    ranking: meant.filter(here),
    elsewhere: meant.filter((ranking) => !here(ranking)),
    length: Math.min(1, Math.log2(1 + splitWords(query.text).length) / 6),
    outOfScope,
    outside: query.outside ?? 0,
    subjects,
    votes: countVotes(voters),
    unknownWords: weight > 0 ? unknown / weight : 0,
  };
}

/** What the search by vectors says of one passage. */
interface Found {
  /** Cosines to its questions and title, the nearest first, of the vector that they lie nearest to. */
  questions: number[];
  /** That vector. */
  by: Float32Array | undefined;
  /** Cosine to its text, or to the nearest run of its sentences. */
  passage: number;
}

/** Enough chunks that the best passage has its three nearest questions and its text among them. */
const NEAREST = 250;
const WORD_CANDIDATES = 10;
const RRF_K = 60;
/** How many of the nearest questions have a vote. */
export const VOTERS = 10;

function countVotes(voters: { passage: number; score: number }[]): Map<number, number> {
  const votes = new Map<number, number>();
  voters.sort((a, b) => b.score - a.score);
  for (const { passage } of voters.slice(0, VOTERS)) votes.set(passage, (votes.get(passage) ?? 0) + 1);
  return votes;
}

function reciprocal(rank: number | undefined): number {
  return rank === undefined ? 0 : 1 / (RRF_K + 1 + rank);
}

function ranks<T extends readonly [number, unknown]>(
  entries: readonly T[],
  score: (entry: T) => number,
): Map<number, number> {
  return new Map(entries.toSorted((a, b) => score(b) - score(a)).map(([passage], place) => [passage, place]));
}
