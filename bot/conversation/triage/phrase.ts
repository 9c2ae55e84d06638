/**
 * The small language that safety rules are written in, so that a clinician can read them:
 *
 * - `want to die`       these words, in this order
 * - `suicid*`           a word that begins so
 * - `(kill|end) myself` one of these; alternatives may be several words
 * - `[really] want`     may be missing
 * - `took .. pills`     up to three words between; `..6` up to six
 * - `{person}`          any phrase of the group `person` in `words.yaml`
 *
 * Brackets nest. Matched against the words of a sentence in triage form (`triageForm`).
 */
export type Phrase =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'beginning'; readonly letters: string }
  /** A star elsewhere than at the end. */
  | { readonly kind: 'shape'; readonly expression: RegExp }
  | { readonly kind: 'sequence'; readonly parts: readonly Phrase[] }
  | Choice
  | { readonly kind: 'optional'; readonly inner: Phrase }
  | { readonly kind: 'gap'; readonly most: number };

export interface Choice {
  readonly kind: 'choice';
  readonly options: readonly Phrase[];
  /** Options that begin with a certain word, by that word: of hundreds of words in a group, one look-up finds its own. */
  readonly byFirstWord: ReadonlyMap<string, readonly Phrase[]>;
  /** The other options. */
  readonly others: readonly Phrase[];
}

/** Reads phrases; a group named by several of them is read once and shared. */
export type PhraseReader = (phrase: string) => Phrase;

/** The reader throws `SyntaxError` that shows the phrase and what is wrong with it. */
export function createPhraseReader(groups: Readonly<Record<string, readonly string[]>>): PhraseReader {
  const shared = new Map<string, Phrase>();
  // Thousands of phrases are made of a few words.
  const words = new Map<string, Phrase>();
  const open = new Set<string>();
  return read;

  function read(phrase: string): Phrase {
    const parts = phrase.toLowerCase().match(/[()[\]|]|\{[^{}]*\}|\.\.\d*|[^\s()[\]{}|]+|[{}]/g) ?? fail('is empty');
    let at = 0;
    const whole = choice();
    if (at < parts.length) fail(`"${parts[at]}" closes nothing`);
    return whole;

    function choice(): Phrase {
      const options = [sequence()];
      while (parts[at] === '|') {
        at += 1;
        options.push(sequence());
      }
      return options.length === 1 && options[0] ? options[0] : choiceOf(fitted(options));
    }

    function sequence(): Phrase {
      const items: Phrase[] = [];
      for (let part = parts[at]; part !== undefined && !'|)]'.includes(part); part = parts[at]) {
        at += 1;
        if (part === '(') items.push(inside(')'));
        else if (part === '[') items.push({ kind: 'optional', inner: inside(']') });
        else items.push(single(part));
      }
      return items.length === 1 && items[0] ? items[0] : { kind: 'sequence', parts: fitted(items) };
    }

    function inside(closing: string): Phrase {
      const inner = choice();
      if (parts[at] !== closing) fail(`"${closing}" is missing`);
      at += 1;
      return inner;
    }

    function single(part: string): Phrase {
      const gap = /^\.\.(\d*)$/.exec(part);
      if (gap) return { kind: 'gap', most: Number(gap[1] || 3) };
      if (part === '{' || part === '}') fail(`"${part}" stands alone`);
      if (part.startsWith('{')) return group(part.slice(1, -1));
      const made = words.get(part) ?? word(part);
      words.set(part, made);
      return made;
    }

    function word(part: string): Phrase {
      const star = part.indexOf('*');
      if (star < 0) return { kind: 'word', word: part };
      if (star === part.length - 1) return { kind: 'beginning', letters: part.slice(0, -1) };
      const source = part.split('*').map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
      return { kind: 'shape', expression: new RegExp(`^${source.join('.*')}$`, 'u') };
    }

    function group(name: string): Phrase {
      const known = shared.get(name);
      if (known) return known;
      const entries = groups[name] ?? fail(`there is no word group {${name}} in words.yaml`);
      if (open.has(name)) fail(`word group {${name}} names itself`);
      open.add(name);
      const made = choiceOf(entries.map(read));
      open.delete(name);
      shared.set(name, made);
      return made;
    }

    function fail(what: string): never {
      throw new SyntaxError(`safety rule "${phrase}": ${what}`);
    }
  }
}

function choiceOf(options: readonly Phrase[]): Choice {
  if (options.length < WORTH_LOOKING_UP) return { kind: 'choice', options, byFirstWord: NO_WORDS, others: options };
  const byFirstWord = new Map<string, Phrase[]>();
  const others: Phrase[] = [];
  for (const option of options) {
    const word = firstWord(option);
    const list = word === undefined ? others : (byFirstWord.get(word) ?? []);
    if (word !== undefined) byFirstWord.set(word, list);
    list.push(option);
  }
  const lists = [...byFirstWord].map(([word, list]) => [word, fitted(list)] as const);
  return { kind: 'choice', options, byFirstWord: new Map(lists), others: fitted(others) };
}

const NO_WORDS: Choice['byFirstWord'] = new Map();

/** Lists that were grown hold room for a dozen more: of tens of thousands, that is most of what they take. */
export function fitted<T>(grown: readonly T[]): readonly T[] {
  return grown.slice();
}

// Fewer are tried as fast one after the other, and there are thousands of them to keep.
const WORTH_LOOKING_UP = 4;

/** The word that a phrase begins with, where it can begin with no other. */
function firstWord(phrase: Phrase): string | undefined {
  if (phrase.kind === 'word') return phrase.word;
  const first = phrase.kind === 'sequence' ? phrase.parts[0] : undefined;
  return first && firstWord(first);
}

/** A word, or its beginning. */
export type Anchor = Extract<Phrase, { kind: 'word' | 'beginning' }>;

/** Words of which a sentence must hold one for a phrase to match; nothing where none is certain. */
export type Anchors = (phrase: Phrase) => readonly Anchor[] | undefined;

/**
 * What makes looking for thousands of phrases cheap. Of a sequence, the part that could be the fewest words. What was found
 * for a group is remembered, since hundreds of phrases share it.
 */
export function createAnchors(): Anchors {
  const known = new Map<Choice, readonly Anchor[] | undefined>();
  return anchorsOf;

  function anchorsOf(phrase: Phrase): readonly Anchor[] | undefined {
    switch (phrase.kind) {
      case 'word':
        return [phrase];
      case 'beginning':
        return phrase.letters === '' ? undefined : [phrase];
      case 'sequence': {
        const certain = phrase.parts.flatMap((part) => {
          const list = anchorsOf(part);
          return list ? [list] : [];
        });
        return certain.toSorted((a, b) => a.length - b.length)[0];
      }
      case 'choice': {
        if (!known.has(phrase)) known.set(phrase, ofEvery(phrase));
        return known.get(phrase);
      }
      case 'shape':
      case 'optional':
      case 'gap':
        return undefined;
    }
  }

  function ofEvery({ options }: Choice): readonly Anchor[] | undefined {
    const all = options.map(anchorsOf);
    return all.every((list) => list !== undefined) ? all.flatMap((list) => list ?? []) : undefined;
  }
}
