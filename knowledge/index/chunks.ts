import { createHash } from 'node:crypto';
import type { Pack } from '../pack/pack.ts';
import { leansOnAnother } from '../text/leaning.ts';
import { createLexicon } from '../text/lexicon.ts';

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
export function chunkPack(pack: Pack, examples: readonly string[]): Chunk[] {
  const lexicon = createLexicon(pack.lexicon);
  const chunks: Chunk[] = [];
  const push = (kind: Chunk['kind'], passage: number, text: string, { start, end, count } = NO_SLICE) => {
    const canonical = lexicon.canonical(text);
    const key = createHash('sha256').update(canonical).digest('hex');
    chunks.push({ kind, passage, start, end, sentences: count, text: canonical, key });
  };
  for (const [index, { title, text, questions, sentences }] of pack.passages.entries()) {
    for (const question of questions) push('question', index, question);
    push('title', index, title);
    push('passage', index, `${title}. ${text}`, { start: 0, end: text.length, count: 0 });
    for (const slice of windows(sentences, text)) {
      push('sentences', index, `${title}. ${text.slice(slice.start, slice.end)}`, slice);
    }
  }
  for (const question of pack.outOfScope) push('out-of-scope', -1, question);
  for (const example of examples) push('example', -1, example);
  return chunks;
}

/**
 * Every run of one to `MAX_WINDOW` neighbouring sentences that can be quoted alone: none but the first of a passage may
 * begin by leaning on the sentence before, and none but the last may end by promising what follows ("These are:").
 */
export function windows(
  sentences: readonly { start: number; end: number }[],
  text = '',
): { start: number; end: number; count: number }[] {
  const found: { start: number; end: number; count: number }[] = [];
  for (const [from, first] of sentences.entries()) {
    if (from > 0 && leansOnAnother(text.slice(first.start, first.end)) !== undefined) continue;
    for (const [more, last] of sentences.slice(from, from + MAX_WINDOW).entries()) {
      if (text[last.end - 1] === ':' && from + more + 1 < sentences.length) continue;
      found.push({ start: first.start, end: last.end, count: more + 1 });
    }
  }
  return found;
}

const NO_SLICE = { start: 0, end: 0, count: 0 };
