import { createHash } from 'node:crypto';
import { createLexicon, type LexiconEntry } from '../text/lexicon.ts';
import { foldAccents, normalize } from '../text/normalize.ts';
import type { Disclaimer, Messages, Pack, Passage, Source } from './pack.ts';
import { readDefaults, withSubject } from './pack-defaults.ts';

/** Packs that can't be served together: which, and how to mend it. */
export class PacksError extends RangeError {
  readonly code = 'PACKS_APART';

  constructor(message: string) {
    super(message);
    this.name = 'PacksError';
  }
}

/**
 * Several packs as one to search: their passages, whose ids begin with their pack's, and what goes with them. Where two
 * want the same, the first has it: a name in the lexicon, a general disclaimer, a message. Messages that name a subject
 * name all of them. What one pack calls out of scope and another is about is in scope. Throws `PacksError` where there are
 * none, or two have one id.
 */
export function mergePacks(packs: readonly Pack[]): Pack {
  const [first, ...others] = packs;
  if (!first) throw new PacksError('packs: there are none to serve; name one in PACKS');
  if (others.length === 0) return first;
  const ids = packs.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined)
    throw new PacksError(`packs: two have the id "${twice}"; name it once in PACKS, or change one in its pack.yaml`);

  const lexicon = mergeLexicons(packs.map((pack) => pack.lexicon));
  const { canonical } = createLexicon(lexicon);
  const subjects = packs.map(({ id, subject }) => ({ pack: id, subject: canonical(subject) }));
  const names = subjects.map(({ subject }) => subject);
  const isServed = (text: string) => names.some((name) => ` ${canonical(text)} `.includes(` ${name} `));
  const bibliography = mergeSources(packs);
  return Object.freeze<Pack>({
    id: ids.join('+'),
    title: packs.map(({ title }) => title).join(', '),
    subject: first.subject,
    subjects,
    audience: first.audience,
    starters: alternating(packs.map(({ starters }) => starters)).slice(0, STARTERS),
    passages: bibliography.passages,
    sources: bibliography.sources,
    lexicon,
    messages: mergeMessages(packs),
    disclaimers: mergeDisclaimers(packs),
    outOfScope: packs.flatMap((pack) => pack.outOfScope).filter((question) => !isServed(question)),
    otherSubjects: packs.flatMap((pack) => pack.otherSubjects).filter((name) => !isServed(name)),
    hash: createHash('sha256')
      .update(packs.map(({ hash }) => hash).join())
      .digest('hex'),
  });
}

const STARTERS = 6;

/** A name belongs to the first lexicon that has it; rows of one term become one. */
export function mergeLexicons(lexicons: readonly (readonly LexiconEntry[])[]): LexiconEntry[] {
  const terms = new Map<string, string[]>();
  const taken = new Set<string>();
  for (const { term, also } of lexicons.flat()) {
    const names = also.filter((name) => !taken.has(keyOf(name)));
    for (const name of names) taken.add(keyOf(name));
    terms.set(term, [...(terms.get(term) ?? []), ...names]);
  }
  return [...terms].map(([term, also]) => ({ term, also }));
}

/** As the lexicon compares names. */
function keyOf(name: string): string {
  return foldAccents(normalize(name)).replaceAll('-', ' ');
}

/** Ids of sources that two packs use for different texts get their pack's name in front. */
function mergeSources(packs: readonly Pack[]): { passages: Passage[]; sources: Map<string, Source> } {
  const sources = new Map<string, Source>();
  const passages = packs.flatMap((pack) => {
    const renamed = new Map<string, string>();
    for (const [id, source] of pack.sources) {
      const taken = sources.has(id);
      const name = taken ? `${pack.id}-${id}` : id;
      if (taken) renamed.set(id, name);
      sources.set(name, { ...source, id: name });
    }
    const rename = (id: string) => renamed.get(id) ?? id;
    return pack.passages.map((passage) => ({
      ...passage,
      sentences: passage.sentences.map((sentence) => ({ ...sentence, sources: sentence.sources.map(rename) })),
    }));
  });
  return { passages, sources };
}

function mergeMessages(packs: readonly Pack[]): Messages {
  const { messages } = readDefaults();
  const names = packs.map(({ subject }) => subject);
  const common = withSubject(messages, {
    en: new Intl.ListFormat('en').format(names),
    es: new Intl.ListFormat('es').format(names),
  });
  const merged: Record<string, Messages[string]> = { ...common };
  for (const pack of packs.toReversed()) {
    for (const [name, message] of Object.entries(pack.messages)) {
      const about = new RegExp(`\\b${pack.subject.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\b`, 'i');
      if (!(about.test(message.en) && name in common)) merged[name] = message;
    }
  }
  return merged;
}

/** What is for a topic is for that topic of its own pack. */
function mergeDisclaimers(packs: readonly Pack[]): Disclaimer[] {
  const merged = new Map<string, Disclaimer>();
  for (const pack of packs) {
    for (const disclaimer of pack.disclaimers) {
      const { id, topics } = disclaimer;
      if (topics === undefined && merged.has(id)) continue;
      const own = topics?.map((topic) => `${pack.id}/${topic}`);
      const name = merged.has(id) ? `${pack.id}-${id}` : id;
      merged.set(name, { ...disclaimer, id: name, ...(own && { topics: own }) });
    }
  }
  return [...merged.values()];
}

function alternating<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}
