import type { Ranking, RankingFeatures, Retrieved } from '../../bot/conversation/retrieve.ts';

/** A passage as a candidate, with what a test does not care about at 0. */
export function ranked({
  passage = 0,
  score = 1,
  features = {},
}: {
  passage?: number;
  score?: number;
  features?: Partial<RankingFeatures>;
}): Ranking {
  const none = { question: 0, questionMean: 0, center: 0, passage: 0, words: 0, coverage: 0, fusion: 0, regional: 0 };
  return { passage, score, features: { ...none, ...features } };
}

/** What a search found, with what a test does not care about left out. */
export function retrieved(found: Partial<Retrieved> = {}): Retrieved {
  return {
    ranking: [],
    elsewhere: [],
    outside: 0,
    length: 0.5,
    outOfScope: 0,
    unknownWords: 0,
    subjects: { own: false, other: false },
    votes: new Map(),
    ...found,
  };
}
