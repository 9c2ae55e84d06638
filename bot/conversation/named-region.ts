import type { Region } from '../../knowledge/pack/pack.ts';

/** The region that a question names ("… in the UK?"), which then decides whose rules are quoted. */
export function namedRegion(message: string): Region | undefined {
  return NAMES.find(([, pattern]) => pattern.test(message))?.[0];
}

// "us" in lower case is a pronoun; the country is written US, USA or America.
const NAMES: readonly (readonly [Region, RegExp])[] = [
  ['NZ', /\bNZ\b|\bnew zealand|\bpharmac\b/i],
  ['AU', /\b(?:australia\w*|aussie|TGA)\b/i],
  ['IE', /\b(?:republic of ireland|ireland|irish|HSE)\b/i],
  ['UK', /\b(?:U\.?K\.?|united kingdom|britain|british|england|scotland|wales|northern ireland|NHS|MHRA)\b/i],
  ['US', /\bU\.?S\.?(?:A\.?)?(?=\W|$)|\b[Aa]merica\w*|\b[Uu]nited [Ss]tates|\bi-?PLEDGE\b|\bipledge\b|\bFDA\b/],
  ['EU', /\b(?:EU|E\.U\.|europe\w*|EMA)\b/i],
];
