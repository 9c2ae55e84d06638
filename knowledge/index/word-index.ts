import MiniSearch from 'minisearch';
import type { Pack } from '../pack/pack.ts';
import { createLexicon } from '../text/lexicon.ts';
import { words } from '../text/normalize.ts';
import { stem } from '../text/stem.ts';
import { STOP_WORDS } from '../text/stop-words.ts';

/** Finds passages by their words (BM25+). */
export interface WordIndex {
  /** Passages that share a word with the query, best first. `coverage` is the share of the query's weight they hold. */
  search(canonicalQuery: string): WordHit[];
  /** Stems of the query's telling words, each with its inverse document frequency; unknown words weigh the most. */
  weigh(canonicalQuery: string): Map<string, number>;
  /** Whether any passage holds a stem. */
  knows(stem: string): boolean;
}

export interface WordHit {
  /** Index in `pack.passages`. */
  readonly passage: number;
  /** BM25+ score, unbounded. */
  readonly score: number;
  /** 0 to 1. */
  readonly coverage: number;
}

export function createWordIndex(pack: Pack): WordIndex {
  const lexicon = createLexicon(pack.lexicon);
  const index = new MiniSearch<{ id: number; title: string; questions: string; text: string }>({
    fields: ['title', 'questions', 'text'],
    tokenize: tellingStems,
    processTerm: (term) => term,
    searchOptions: { boost: { title: 2, questions: 1.5 }, combineWith: 'OR' },
  });
  const documentsWith = new Map<string, number>();
  const stemsOf: ReadonlySet<string>[] = [];
  for (const [id, passage] of pack.passages.entries()) {
    const document = {
      id,
      title: lexicon.canonical(passage.title),
      questions: lexicon.canonical(passage.questions.join(' \n ')),
      text: lexicon.canonical(passage.text),
    };
    index.add(document);
    const stems = new Set(tellingStems(`${document.title} ${document.questions} ${document.text}`));
    stemsOf.push(stems);
    for (const term of stems) documentsWith.set(term, (documentsWith.get(term) ?? 0) + 1);
  }
  const total = pack.passages.length;
  const idf = (term: string) =>
    Math.log(1 + (total - (documentsWith.get(term) ?? 0) + 0.5) / ((documentsWith.get(term) ?? 0) + 0.5));
  const weigh = (query: string) => new Map(tellingStems(query).map((term) => [term, idf(term)]));

  return {
    weigh,
    knows: (term) => documentsWith.has(term),
    search(query) {
      const weights = weigh(query);
      const sum = [...weights.values()].reduce((a, b) => a + b, 0);
      return index.search(query).map(({ id, score }) => {
        let held = 0;
        for (const [term, weight] of weights) if (stemsOf[id]?.has(term)) held += weight;
        return { passage: Number(id), score, coverage: sum > 0 ? held / sum : 0 };
      });
    },
  };
}

/** English stemming matters here: it lifts MiniSearch's recall@1 on questions of this kind by half. */
export function tellingStems(text: string): string[] {
  return words(text)
    .filter((word) => !STOP_WORDS.has(word))
    .map(stem);
}
