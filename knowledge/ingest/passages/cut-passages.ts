import { leansOnAnother } from '../../text/leaning.ts';
import { splitSentences } from '../../text/sentences.ts';
import { countWords } from '../document/clean-text.ts';
import type { SourceDocument } from '../document/source-document.ts';
import { type Section, sectionsOf } from './section.ts';

/** A piece of a document that becomes a passage: `text.slice(start, end)` of the document. */
export interface Piece {
  readonly headings: readonly string[];
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly page?: number | undefined;
}

export const FEWEST_WORDS = 40;
export const MOST_WORDS = 120;

/**
 * Cuts a document at headings, and a section of more than 120 words at ends of sentences, into pieces of 40 to 120. Only
 * a section that is shorter gives a shorter piece: what stands under two headings is never mixed. A sentence of more than
 * 120 words is cut at a word.
 */
export function cutPassages(document: SourceDocument): Piece[] {
  return sectionsOf(document).flatMap((section) => {
    const sentences = sentencesOf(document.text, section);
    return cut(sentences).map(({ from, to }): Piece => {
      const first = sentences[from];
      const start = first?.start ?? 0;
      const end = sentences[to - 1]?.end ?? start;
      return { headings: section.headings, text: document.text.slice(start, end), start, end, page: first?.page };
    });
  });
}

interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly words: number;
  readonly page: number | undefined;
  /** It can't be understood without the one before. */
  readonly leans: boolean;
  /** It ends in a colon. */
  readonly promises: boolean;
  readonly endsBlock: boolean;
}

function sentencesOf(text: string, section: Section): Sentence[] {
  return section.blocks.flatMap((block) => {
    const spans = splitSentences(text.slice(block.start, block.end)).flatMap(({ start, end }) =>
      withoutExcess(text, block.start + start, block.start + end),
    );
    return spans.map(({ start, end }, at) => {
      const sentence = text.slice(start, end);
      return {
        start,
        end,
        words: countWords(sentence),
        page: block.page,
        leans: leansOnAnother(sentence) !== undefined,
        promises: sentence.endsWith(':'),
        endsBlock: at === spans.length - 1,
      };
    });
  });
}

/** A sentence of more words than a passage holds, in parts of equal length; better where a comma or a semicolon stands. */
function withoutExcess(text: string, start: number, end: number): { start: number; end: number }[] {
  const words = [...text.slice(start, end).matchAll(/\S+/g)];
  if (words.length <= MOST_WORDS) return [{ start, end }];
  const size = Math.ceil(words.length / Math.ceil(words.length / (MOST_WORDS - SLACK)));
  const parts: { start: number; end: number }[] = [];
  let from = 0;
  while (from < words.length) {
    let to = Math.min(words.length, from + size);
    if (to < words.length) {
      const pause = words.slice(to - SLACK, to + SLACK).findLastIndex(([word]) => /[;,:]$/.test(word));
      if (pause >= 0) to = to - SLACK + pause + 1;
    }
    const [first, last] = [words[from], words[to - 1]];
    if (!first || !last) break;
    parts.push({ start: start + first.index, end: start + last.index + last[0].length });
    from = to;
  }
  return parts;
}

const SLACK = 10;

/** The cheapest way to cut a run of sentences, found by dynamic programming. */
function cut(sentences: readonly Sentence[]): { from: number; to: number }[] {
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let to = 1; to <= sentences.length; to++) {
    let cheapest = { cost: Number.POSITIVE_INFINITY, from: to - 1 };
    let words = 0;
    for (let from = to - 1; from >= 0; from--) {
      words += sentences[from]?.words ?? 0;
      if (words > MOST_WORDS && from < to - 1) break;
      const cost = (best[from]?.cost ?? 0) + costOf(sentences, from, to, words);
      if (cost < cheapest.cost) cheapest = { cost, from };
    }
    best.push(cheapest);
  }
  const pieces: { from: number; to: number }[] = [];
  for (let to = sentences.length; to > 0; ) {
    const from = best[to]?.from ?? 0;
    pieces.unshift({ from, to });
    to = from;
  }
  return pieces;
}

// Chosen by reading what came out for leaflets: few pieces, of middling length, that begin and end where a thought does.
const GOOD_LENGTH = 80;
const PIECE = 0.6;
const TOO_SHORT = 5;
const INSIDE_A_BLOCK = 1.2;
const LEANING_START = 1.5;
const PROMISING_END = 4;

function costOf(sentences: readonly Sentence[], from: number, to: number, words: number): number {
  const last = to === sentences.length;
  let cost = PIECE + ((words - GOOD_LENGTH) / FEWEST_WORDS) ** 2;
  if (words < FEWEST_WORDS) cost += TOO_SHORT;
  if (from > 0 && sentences[from]?.leans) cost += LEANING_START;
  if (!last && sentences[to - 1]?.promises) cost += PROMISING_END;
  if (!last && !sentences[to - 1]?.endsBlock) cost += INSIDE_A_BLOCK;
  return cost;
}
