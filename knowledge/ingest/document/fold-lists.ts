import { cleanText, countWords } from './clean-text.ts';
import type { ParsedBlock } from './parsed-document.ts';

type Item = ParsedBlock & { kind: 'item' };

/**
 * Lists as prose that can be quoted: bullets that are mere fragments join the line that leads to them, as in
 * `Common effects are: dry lips; sore eyes.` Numbered steps keep their numbers, and items that are sentences stand alone.
 */
export function foldLists(blocks: readonly ParsedBlock[]): ParsedBlock[] {
  const folded: ParsedBlock[] = [];
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at];
    if (!block) break;
    const run = leads(block) ? fragmentsFrom(blocks, at + 1) : [];
    if (run.length > 0 && 'text' in block) {
      const items = run.map(({ text }) => cleanText(text).replace(/[;,.\s]+$/, ''));
      folded.push({ ...block, text: `${cleanText(block.text)} ${items.join('; ')}.` });
      at += run.length;
    } else folded.push(block);
  }
  return folded;
}

function leads(block: ParsedBlock): boolean {
  return (block.kind === 'paragraph' || block.kind === 'item') && cleanText(block.text).endsWith(':');
}

/** The bullets that follow, if all of their list are fragments and few enough words for one sentence. */
function fragmentsFrom(blocks: readonly ParsedBlock[], from: number): Item[] {
  const run: Item[] = [];
  for (const block of blocks.slice(from, from + MOST_ITEMS + 1)) {
    if (block.kind !== 'item' || block.marker !== undefined) break;
    run.push(block);
  }
  const [first] = run;
  const words = run.reduce((sum, { text }) => sum + countWords(text), 0);
  const foldable = run.every(({ text, depth }) => depth === first?.depth && isFragment(text));
  return foldable && run.length <= MOST_ITEMS && words <= MOST_WORDS ? run : [];
}

/** No sentence: short, without an end mark or a break inside. */
function isFragment(text: string): boolean {
  const clean = cleanText(text);
  return countWords(clean) <= 12 && !/[.!?:]["'”’)]?$/.test(clean.replace(/\.$/, '')) && !/[.!?]\s+\p{Lu}/u.test(clean);
}

const MOST_ITEMS = 20;
const MOST_WORDS = 70;
