import { cleanText, countWords } from '../document/clean-text.ts';

/**
 * Questions that a sentence answers, by its form alone: "X can cause Y" answers "Can X cause Y?". English only; a sentence
 * of another form gives none. They are proposals for a person to mend.
 */
export function sentenceQuestions(sentence: string): string[] {
  const { label, rest } = withoutLabel(cleanText(sentence));
  const plain = withoutOpening(rest).replace(/[.!?]+$/, '');
  const questions = label === '' ? [] : labelQuestions(label);
  for (const { pattern, ask } of FORMS) {
    const match = pattern.exec(plain);
    if (!match) continue;
    const groups = match.groups ?? {};
    const subject = nounPhrase(groups.subject ?? '');
    if (groups.subject !== undefined && subject === undefined) continue;
    questions.push(...ask({ subject: subject ?? '', verb: groups.verb ?? '', rest: short(groups.rest ?? '') }));
  }
  return questions;
}

interface Found {
  readonly subject: string;
  readonly verb: string;
  /** The first words of what follows. */
  readonly rest: string;
}

interface Form {
  readonly pattern: RegExp;
  readonly ask: (found: Found) => string[];
}

const SUBJECT = '(?<subject>\\S+(?: \\S+){0,6}?)';
const ADVERB = '(?:also |often |usually |sometimes |typically |significantly |generally |rarely |commonly )?';
const form = (pattern: string, ask: Form['ask']): Form => ({ pattern: new RegExp(`^${pattern}`, 'i'), ask });

const FORMS: readonly Form[] = [
  form(`${SUBJECT} (?:is|are) ${ADVERB}(?:an?|one of|the) (?<rest>.+)`, ({ subject }) => [`What is ${subject}?`]),
  form(`${SUBJECT} (?<verb>is|are|was|were) (?<rest>(?!an? |one of |the ).+)`, ({ subject, verb, rest }) => [
    `${capital(verb)} ${subject} ${rest}?`,
  ]),
  form(`${SUBJECT} (?<verb>can|may|might|could|will) ${ADVERB}(?<rest>.+)`, ({ subject, verb, rest }) => [
    `${/may|might/i.test(verb) ? 'Can' : capital(verb)} ${subject} ${rest}?`,
  ]),
  form(`${SUBJECT} (?<verb>should|must) (?:always )?(?<rest>.+)`, ({ subject, rest }) => [
    `Should ${subject} ${rest}?`,
  ]),
  form(`${SUBJECT} works? (?:by|on|in|against|through) .+`, ({ subject }) => [`How does ${subject} work?`]),
  form(`${SUBJECT} (?:usually |typically )?(?:lasts?|takes?) .*\\d.*`, ({ subject }) => [
    `How long does ${subject} last?`,
  ]),
  form(
    `${SUBJECT} ${ADVERB}(?<verb>causes|reduces|decreases|increases|helps|promotes|prevents|affects|makes|treats|stops|improves|contains|interacts) (?<rest>.+)`,
    ({ subject, verb, rest }) => [`Does ${subject} ${bare(verb)} ${rest}?`],
  ),
  form(`${SUBJECT} (?:includes?|involves?):? .+`, ({ subject }) => [`What are ${subject}?`]),
  form(
    '(?<verb>Take|Use|Avoid|Store|Keep|Apply|Swallow|Drink|Eat|Wear|Stop|Call|Tell|Ask) (?<rest>.+)',
    ({ verb, rest }) =>
      /avoid|stop/i.test(verb)
        ? [`Should I ${verb.toLowerCase()} ${rest}?`]
        : [`When should I ${verb.toLowerCase()} ${rest}?`],
  ),
  form(
    '.*\\d ?(?:%|percent|in \\d+) (?:of )?(?:the )?(?<subject>patients|people|individuals|women|men|children|adults|users)\\b ?(?:will |may |can |who )?(?<rest>.*)',
    ({ subject, rest }) =>
      rest === '' ? [] : [`How many ${subject} ${rest}?`, `What percentage of ${subject} ${rest}?`],
  ),
  form(
    '.*\\b(?:regular |routine )?(?<subject>blood tests?|check-?ups?|scans?) (?:is|are) (?:required|needed|necessary).*',
    ({ subject }) => [`Do I need ${subject}?`],
  ),
  form(
    '.*\\b(?:lasts?|for) (?:around |about |up to )?\\d[\\d –-]*(?:to \\d+ )?(?:days?|weeks?|months?|years?)\\b.*',
    () => ['How long does it last?'],
  ),
  form(`.*\\b(?:may|might|will|can|must|should) (?:also |then )?(?:require|need) (?<rest>.+)`, ({ rest }) => [
    `Do I need ${rest}?`,
    `Can I have ${rest}?`,
  ]),
  form(
    '.*\\b(?:lasts?|takes?|for) (?:around |about |up to )?\\d[\\d –-]*(?:to \\d+ )?(?<subject>days?|weeks?|months?|years?)\\b.*',
    ({ subject }) => [`How many ${subject} is it?`],
  ),
  form('.*\\d ?(?:%|percent)(?=.*\\b(?:improve|success|clear|cured?|resol|remission|results?|gone|heal)).*', () => [
    'What is the success rate?',
    'What percentage of people does it work for?',
  ]),
  form('.*\\b(?:recur|relapse|come back|comes back|return of|recurrence)(?=.*).*', () => [
    'Does it come back?',
    'How likely is it to come back?',
  ]),
  form(`${SUBJECT} (?:can |may |will )?depends? on .*`, ({ subject }) => [`What does ${subject} depend on?`]),
];

/** "Dry skin and lips: One of the most common …" is about dry skin and lips. */
function withoutLabel(sentence: string): { label: string; rest: string } {
  const [, label = '', rest = ''] =
    /^(?:\d{1,2}[.)] )?([\p{L}][^:.;!?]{1,60}): (?=\S+ \S+ \S)(.+)$/u.exec(sentence) ?? [];
  if (label !== '' && countWords(label) <= 7) return { label, rest };
  return { label: '', rest: sentence.replace(/^\d{1,2}[.)] /, '') };
}

function labelQuestions(label: string): string[] {
  const name = lower(label);
  return [`What about ${name}?`, label];
}

/** "For many people, a course is enough" → "a course is enough". */
function withoutOpening(sentence: string): string {
  const opened =
    /^(?:In|For|With|During|After|Before|While|If|When|As|However|Generally|Usually|Often|Sometimes|Typically|Ultimately|Additionally)\b[^,.;:]{0,80}, (?=\S+ \S)(.+)$/.exec(
      sentence,
    );
  return opened?.[1] ?? sentence;
}

/** In lower case unless it is a name; nothing for what stands for something said before. */
function nounPhrase(text: string): string | undefined {
  const [first = ''] = text.split(' ');
  if (PRONOUNS.has(first.toLowerCase()) || /[,;:()]| (?:who|that|which|whether) |^the key /.test(`${text} `))
    return undefined;
  return lower(text);
}

const PRONOUNS: ReadonlySet<string> = new Set(
  'it its this that these those they them their he she his her we our i there here which who what if however but and so some others such both'.split(
    ' ',
  ),
);

function lower(text: string): string {
  return /^\p{Lu}[\p{Ll}'’-]*(?: |$|,)/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}

function bare(verb: string): string {
  return verb.toLowerCase().replace(/s$/, '');
}

/** Up to a break of thought, and no more than nine words. */
function short(text: string): string {
  const [clause = ''] = text.split(/[,;:(]|\s[–—-]\s| (?:because|which|although|while|since|so that|when|if|that) /);
  return clause
    .split(' ')
    .slice(0, 9)
    .join(' ')
    .replace(/ (?:and|or|the|an?|of|to|in|on|for|with|by|as|at)$/, '')
    .trim();
}
