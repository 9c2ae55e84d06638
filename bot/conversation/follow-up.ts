import { tellingStems } from '../../knowledge/index/word-index.ts';
import { words } from '../../knowledge/text/normalize.ts';

/**
 * How much a message leans on the one before it: `yes` when it can't be understood alone ("and for how long?"),
 * `maybe` when it is short enough to go either way, `no` when it stands on its own.
 */
export function leansOnTopic(message: string): 'yes' | 'maybe' | 'no' {
  const all = words(message);
  const telling = tellingStems(message);
  if (all.length === 0) return 'no';
  const text = all.join(' ');
  if (all.length <= 12 && OPENERS.test(text)) return telling.length <= 2 ? 'yes' : 'maybe';
  if (telling.length <= 1 && all.length <= 6) return 'yes';
  if (all.length <= 10 && POINTERS.test(text)) return 'yes';
  return all.length <= 7 ? 'maybe' : 'no';
}

/** Whether a message says outright what it is about: "what about alcohol?", "and doxycycline?", not "what about that?". */
export function namesTopic(message: string): boolean {
  const text = words(message).join(' ');
  return NAMES.some((pattern) => pattern.test(text)) && tellingStems(message).length > 0;
}

const POINTS = 'that|this|it|them|those|these|him|her|me|us|you|they|we|i|he|she|then|now|afterwards|later|also|so';
// "and in winter?" and "and how long?" ask on about what came before.
const ASKS_ON =
  'for|in|on|at|to|of|after|before|during|until|with|without|from|since|if|when|why|how|what|which|who|where|is|are|was|does|do|did|can|could|will|would|should|must|may|how|long|often|much|many|no|not|the other';
const NAMES = [
  new RegExp(`^(?:[a-z']+ ){0,3}(?:what|how) about (?!(?:${POINTS})\\b)`),
  new RegExp(`^(?:ok(?:ay)? |oh |so )?and (?!(?:${POINTS}|${ASKS_ON})\\b)(?:my |a |an |the )?[a-z'-]+(?: [a-z'-]+)?$`),
];

/** Whether a message has the form of a question, or goes on from one: "ok that explains a lot" has neither. */
export function hasFormOfQuestion(message: string): boolean {
  return message.includes('?') || ASKING.test(words(message).join(' '));
}

const ASKING =
  /^(?:and|or|also|but|for|in|with|about|even|then|same)\b|\b(?:what|which|why|how|when|where|who|whose|does|do|did|is|are|was|can|could|will|would|should|must|may)\b/;
const OPENERS =
  /^(?:ok(?:ay)? |oh |so |right |hm+ |well |thanks |cool )*(?:and|what about|how about|but|or|also|even|then|why|how come|how so|same for|does that|is that|is this|are they|are those|can that|will that|will they|do they|for (?:how long|men|women|teens|teenagers|guys|girls)|in (?:men|women|teens|what way)|how long|how often|how much|how many|how bad|how common|when|until when|since when|really|like what|such as|which ones|who says|says who)\b/;
const POINTERS =
  /\b(?:that|this|those|these|them|it|they|then|there|either|too|as well|instead|afterwards|after that|before that|the other)\b/;

/**
 * Whether somebody says to have what was just told of: "I have exactly that since 2 am", "that's me right now", "he's
 * got all of those". Not where it is denied, supposed or long past.
 */
export function claimsTopic(message: string): boolean {
  const all = words(message);
  const text = all.join(' ');
  return all.length <= LONGEST_CLAIM && CLAIMS.some((claim) => claim.test(text)) && !NO_CLAIM.test(text);
}

const LONGEST_CLAIM = 16;
const WHO = "(?:i|we|he|she|they|(?:my|our) [a-z]+)(?:'[a-z]+)?";
// What may follow: "I have that since Monday" speaks of the topic, "I have that cream" of a cream.
const END =
  '(?= (?:since|right|now|today|tonight|too|as well|at|the|last|this|for|all|and|but|so|already|yes|oh|exactly|help|what|with|every)\\b|$)';
const CLAIMS = [
  new RegExp(
    `\\b${WHO}(?: [a-z]+){0,2} (?:have|has|having|got|getting|get|gets)(?: (?:exactly|precisely|just|literally|nearly|all|most|some|both|every|one|of))* (?:that|this|those|these|them|it)${END}`,
  ),
  new RegExp(
    `\\b(?:i|we|he|she|they)'(?:ve|s)(?: [a-z]+){0,2}(?: (?:exactly|all|most|some|both|of))* (?:that|this|those|these|them)${END}`,
  ),
  new RegExp(
    `\\b(?:that|this|it)(?:s|'s| is| sounds(?: a lot| just| exactly)? like)(?: (?:exactly|literally|totally|just|like|so))* (?:me|him|her|us|mine|my [a-z]+)${END}`,
  ),
  /\b(?:that|this|it)(?:s|'s| is) (?:exactly |just |literally )?(?:what (?:i|we|he|she|my [a-z]+)(?:'[a-z]+)?\b|happening to (?:me|him|her|my [a-z]+))/,
  new RegExp(`\\b(?:same here|me too|mine too)${END}`),
];
const NO_CLAIM =
  /\b(?:if|not|never|don't|doesn't|didn't|haven't|hasn't|isn't|nothing|none|without|ago|years?|used to|once|worried|scared|afraid|hope|glad|god forbid|when i was|as a (?:kid|child))\b/;
