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
