import type { Region } from '../../knowledge/pack/pack.ts';

/** The region that a question names ("… in the UK?"), which then decides whose rules are quoted. */
export function namedRegion(message: string): Region | undefined {
  return NAMES.find(([, pattern]) => pattern.test(message))?.[0];
}

// "us" in lower case is a pronoun; the country is written US, USA or America. Cities are the ones with most people.
const NAMES: readonly (readonly [Region, RegExp])[] = [
  ['NZ', /\bNZ\b|\bnew zealand|\bkiwi\b|\bpharmac\b|\b(?:auckland|wellington|christchurch|dunedin|hamilton nz)\b/i],
  [
    'AU',
    /\b(?:australia\w*|aussie\w*|TGA|sydney|melbourne|brisbane|perth|adelaide|canberra|hobart|darwin|queensland|tasmania|NSW)\b/i,
  ],
  ['UK', /\b(?:northern ireland|belfast)\b/i],
  ['IE', /\b(?:ireland|irish|HSE|dublin|galway|limerick|waterford)\b/i],
  [
    'UK',
    /\b(?:U\.?K\.?|united kingdom|britain|british|england|english clinics?|scotland|scottish|wales|welsh|NHS|MHRA|london|manchester|birmingham|leeds|glasgow|edinburgh|liverpool|bristol|cardiff|swansea|sheffield|newcastle|nottingham)\b/i,
  ],
  ['US', /\bU\.?S\.?(?:A\.?)?(?=\W|$)/],
  [
    'US',
    /\b(?:usa|america\w*|united states|the states|i-?pledge|FDA|CVS|walgreens|texas|california|florida|chicago|boston|ohio|seattle|atlanta|new york|NYC|los angeles)\b/i,
  ],
  [
    'EU',
    /\b(?:EU|E\.U\.|europe\w*|EMA|germany|france|spain|italy|netherlands|belgium|austria|portugal|poland|sweden|denmark|greece|berlin|paris|madrid|rome|munich|lyon|amsterdam|vienna|lisbon|warsaw)\b/i,
  ],
];
