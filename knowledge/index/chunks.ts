import { createHash } from 'node:crypto';
import type { Pack } from '../pack/pack.ts';
import { leansOnAnother } from '../text/leaning.ts';
import { createLexicon, type Lexicon } from '../text/lexicon.ts';

/** A piece of the pack that has a vector. */
export interface Chunk {
  readonly kind: 'question' | 'title' | 'passage' | 'sentences' | 'out-of-scope' | 'example';
  /** Index in `pack.passages`; -1 for what belongs to none (out of scope, safety examples). */
  readonly passage: number;
  /** For `passage` and `sentences`: which slice of the passage's text this is. */
  readonly start: number;
  readonly end: number;
  /** For `sentences`: how many there are; else 0. */
  readonly sentences: number;
  /** What the embedder reads: canonical words, with the heading before a slice. */
  readonly text: string;
  /** Hash of `text`: chunks with equal keys share a vector, within a pack and from one version to the next. */
  readonly key: string;
}

/** The most sentences that one quote takes from a passage, and so the longest window. */
export const MAX_WINDOW = 3;

/**
 * Cuts a pack into chunks: each question, the title, the whole passage, and each window of one to three neighbouring
 * sentences (what a quote can be). Chunks of one passage stand together, in that order; then questions out of scope,
 * then the safety examples in the order given.
 */
export function chunkPack(
  pack: Pack,
  examples: readonly string[],
  lexicon: Lexicon = createLexicon(pack.lexicon),
): Chunk[] {
  const chunks: Chunk[] = [];
  const push = (kind: Chunk['kind'], passage: number, text: string, { start, end, count } = NO_SLICE) => {
    const key = createHash('sha256').update(text).digest('hex');
    chunks.push({ kind, passage, start, end, sentences: count, text, key });
  };
  for (const [index, { title, text, questions, sentences }] of pack.passages.entries()) {
    for (const question of questions) push('question', index, lexicon.canonical(question));
    const heading = lexicon.canonical(title);
    push('title', index, heading);
    // Sentence by sentence, since each stands in several windows.
    const said = sentences.map(({ start, end }) => lexicon.canonical(text.slice(start, end)));
    const under = (from: number, count: number) => `${heading}. ${said.slice(from, from + count).join(' ')}`;
    push('passage', index, under(0, said.length), { start: 0, end: text.length, count: 0 });
    for (const { from, ...slice } of windows(sentences, text))
      push('sentences', index, under(from, slice.count), slice);
  }
  for (const question of pack.outOfScope) push('out-of-scope', -1, lexicon.canonical(question));
  for (const example of examples) push('example', -1, lexicon.canonical(example));
  return chunks;
}

/**
 * Whether a chunk is searched. Runs of several sentences are not: their sentences are, and choosing among the runs
 * is quoting's, once the passage is found. Nor are safety examples, which triage compares by itself.
 */
export function isSearched({ kind, sentences }: Chunk): boolean {
  return kind !== 'example' && sentences <= 1;
}

/**
 * Every run of one to `MAX_WINDOW` neighbouring sentences that can be quoted alone: none but the first of a passage may
 * begin by leaning on the sentence before, and none but the last may end by promising what follows ("These are:").
 * `from` is the place of its first sentence.
 */
export function windows(
  sentences: readonly { start: number; end: number }[],
  text = '',
): { from: number; start: number; end: number; count: number }[] {
  const found: { from: number; start: number; end: number; count: number }[] = [];
  for (const [from, first] of sentences.entries()) {
    if (from > 0 && leansOnAnother(text.slice(first.start, first.end)) !== undefined) continue;
    for (const [more, last] of sentences.slice(from, from + MAX_WINDOW).entries()) {
      if (text[last.end - 1] === ':' && from + more + 1 < sentences.length) continue;
      found.push({ from, start: first.start, end: last.end, count: more + 1 });
    }
  }
  return found;
}

const NO_SLICE = { start: 0, end: 0, count: 0 };
