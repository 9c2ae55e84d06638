import { createHash } from 'node:crypto';
import type { Pack } from '../pack/pack.ts';
import { createLexicon } from '../text/lexicon.ts';

/** A piece of the pack that has a vector. */
export interface Chunk {
  readonly kind: 'question' | 'title' | 'passage' | 'sentences' | 'out-of-scope';
  /** Index in `pack.passages`; -1 for what belongs to none. */
  readonly passage: number;
  /** For `passage` and `sentences`: which slice of the passage's text this is. */
  readonly start: number;
  readonly end: number;
  /** What the embedder reads: canonical words, with the heading before a slice. */
  readonly text: string;
  /** Hash of `text`: chunks with equal keys share a vector, within a pack and from one version to the next. */
  readonly key: string;
}

/** The most sentences that one quote takes from a passage, and so the longest window. */
export const MAX_WINDOW = 3;

/**
 * Cuts a pack into chunks: each question, the title, the whole passage, and each window of one to three neighbouring
 * sentences (what a quote can be). Chunks of one passage stand together, in that order.
 */
export function chunkPack(pack: Pack): Chunk[] {
  const lexicon = createLexicon(pack.lexicon);
  const chunks: Chunk[] = [];
  const push = (kind: Chunk['kind'], passage: number, start: number, end: number, text: string) => {
    const canonical = lexicon.canonical(text);
    chunks.push({
      kind,
      passage,
      start,
      end,
      text: canonical,
      key: createHash('sha256').update(canonical).digest('hex'),
    });
  };
  for (const [index, { title, text, questions, sentences }] of pack.passages.entries()) {
    for (const question of questions) push('question', index, 0, 0, question);
    push('title', index, 0, 0, title);
    push('passage', index, 0, text.length, `${title}. ${text}`);
    for (const { start, end } of windows(sentences))
      push('sentences', index, start, end, `${title}. ${text.slice(start, end)}`);
  }
  for (const question of pack.outOfScope) push('out-of-scope', -1, 0, 0, question);
  return chunks;
}

/** Every run of one to `MAX_WINDOW` neighbouring sentences. */
export function windows(
  sentences: readonly { start: number; end: number }[],
): { start: number; end: number; count: number }[] {
  const found: { start: number; end: number; count: number }[] = [];
  for (const [from, first] of sentences.entries()) {
    for (const [more, last] of sentences.slice(from, from + MAX_WINDOW).entries()) {
      found.push({ start: first.start, end: last.end, count: more + 1 });
    }
  }
  return found;
}
