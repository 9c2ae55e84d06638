import { words } from '../../text/normalize.ts';
import { splitSentences } from '../../text/sentences.ts';
import { STOP_WORDS } from '../../text/stop-words.ts';
import { sentenceQuestions } from './sentence-questions.ts';

/** The check asks for six; more give the search more to find a passage by. */
const FEWEST = 6;
const MOST = 14;

/**
 * Questions for a passage, by rule: from its heading, from the forms of its sentences, and at last its telling words.
 * None that `isTaken` knows, so that no two passages have the same.
 *
 * @param subject what the pack is about
 */
export function proposeQuestions({
  title,
  headings,
  text,
  subject,
  isTaken,
}: {
  title: string;
  headings: readonly string[];
  text: string;
  subject: string;
  isTaken: (question: string) => boolean;
}): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const propose = (question: string, most: number) => {
    const key = questionKey(question);
    if (found.length >= most || seen.has(key) || key.length < 3 || question.length > 150 || isTaken(question)) return;
    seen.add(key);
    found.push(question);
  };
  for (const question of headingQuestions(title, subject)) propose(question, FEWEST);
  const sentences = splitSentences(text).map(({ start, end }) => text.slice(start, end));
  for (const sentence of sentences) for (const question of sentenceQuestions(sentence)) propose(question, MOST);
  for (const words of keywordQueries({ title, headings, text, subject })) propose(words, FEWEST);
  return found;
}

/** What makes two questions the same to the pack check. */
export function questionKey(question: string): string {
  return words(question).join(' ');
}

function headingQuestions(title: string, subject: string): string[] {
  const heading = title.replace(/^(?:\d+(?:\.\d+)*[.)]?|[A-Z][.)])\s+/, '').replace(/\s*[.:]$/, '');
  if (heading.endsWith('?')) return [afterColon(heading), heading];
  if (ASKS.test(heading)) return [`${heading}?`];
  const name = /^\p{Lu}[\p{Ll}'’-]+(?: |$)/u.test(heading)
    ? heading.charAt(0).toLowerCase() + heading.slice(1)
    : heading;
  const about = words(heading).includes(subject.toLowerCase()) ? name : `${name} ${subject}`;
  return [`What should I know about ${name}?`, about];
}

/** "Conclusion: Is it for good?" asks what stands behind the colon. */
function afterColon(heading: string): string {
  const at = heading.lastIndexOf(': ');
  return at < 0 ? heading : heading.slice(at + 2);
}

const ASKS = /^(?:how|what|when|why|who|where|which|can|could|do|does|is|are|should|will|may)\b/i;

/** Its commonest telling words, three at a time, as people type them into a search box. */
function* keywordQueries({
  title,
  headings,
  text,
  subject,
}: {
  title: string;
  headings: readonly string[];
  text: string;
  subject: string;
}): Generator<string> {
  const counts = new Map<string, number>();
  const own = new Set(words(subject));
  for (const word of words(`${title} ${headings.join(' ')} ${text}`)) {
    if (word.length < 3 || STOP_WORDS.has(word) || own.has(word) || /^\d+$/.test(word)) continue;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const common = [...counts].sort((a, b) => b[1] - a[1]).map(([word]) => word);
  for (let at = 0; at < common.length; at += 2) yield [...common.slice(at, at + 3), subject].join(' ');
}
