import { words } from '../../text/normalize.ts';
import { cleanText, countWords } from './clean-text.ts';
import type { ParsedBlock } from './parsed-document.ts';

/**
 * Blocks without what stands in every document and answers nothing: cookie notes, rights reserved, "back to top", page
 * numbers, and short lines that come again and again. Judged by wording; what can be told by its place (menus in HTML,
 * headers and footers of pages) the parsers leave out themselves.
 */
export function withoutBoilerplate(blocks: readonly ParsedBlock[]): ParsedBlock[] {
  const times = new Map<string, number>();
  for (const block of blocks) {
    const key = keyOf(block);
    if (key !== undefined) times.set(key, (times.get(key) ?? 0) + 1);
  }
  const seen = new Set<string>();
  return blocks.filter((block) => {
    if (block.kind === 'table') return true;
    if (isBoilerplate(block.text)) return false;
    const key = keyOf(block);
    if (key === undefined || (times.get(key) ?? 0) < REPEATED) return true;
    // The first may be the one that means it, such as a title that later pages repeat.
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
}

function isBoilerplate(text: string): boolean {
  const clean = cleanText(text);
  if (clean === '') return true;
  if (countWords(clean) > MOST_WORDS) return false;
  return PATTERNS.some((pattern) => pattern.test(clean));
}

function keyOf(block: ParsedBlock): string | undefined {
  if (block.kind !== 'paragraph' || countWords(block.text) > 15) return undefined;
  return words(block.text).join(' ');
}

const REPEATED = 3;
const MOST_WORDS = 60;

const PATTERNS: readonly RegExp[] = [
  /\b(?:we|this (?:web ?)?site|our (?:web ?)?site|our partners) (?:and our partners )?uses? (?:\w+ )?cookies\b/i,
  /\b(?:accept|reject|manage|allow) (?:all |your |optional |necessary )*cookies\b/i,
  /^cookies?(?: (?:policy|settings|preferences|notice|consent))?\.?$/i,
  /^(?:©|\(c\)|copyright\b).{0,120}$/i,
  /\ball rights reserved\b/i,
  /^(?:skip|jump) to (?:main )?(?:content|navigation)\b/i,
  /^(?:back to (?:the )?top|print(?: this)?(?: page)?|share(?: this)?(?: page| article)?|read more|menu|search|home|log ?in|sign (?:in|up)|subscribe|next|previous|close|loading)[.…»›]*$/i,
  /^(?:share on|follow us on|tweet|sign up (?:for|to) our newsletter|subscribe to our newsletter)\b.{0,60}$/i,
  /^(?:page|seite)\s*\d+(?:\s*(?:of|\/|von)\s*\d+)?$/i,
  /^[-–—\s]*\d{1,4}[-–—\s]*$/,
  /^(?:table of )?contents$/i,
  // A line of a table of contents: dots that lead to a page number.
  /(?:\.\s?){4,}\s*\d{1,4}$/,
];
