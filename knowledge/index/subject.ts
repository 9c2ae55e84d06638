import type { Pack, Passage } from '../pack/pack.ts';
import { createLexicon, type Lexicon } from '../text/lexicon.ts';

/** Which subjects a text names. */
export interface NamedSubjects {
  /** The pack's own. */
  readonly own: boolean;
  /** Another medicine, condition or thing. */
  readonly other: boolean;
  /** Where several packs are served: those whose subject it names, if any is. */
  readonly packs?: ReadonlySet<string> | undefined;
}

/** Looks for names of subjects in canonical text. */
export function createSubjectTest(
  pack: Pack,
  { canonical }: Lexicon = createLexicon(pack.lexicon),
): (canonicalText: string) => NamedSubjects {
  const own = anyWord(pack.subjects?.map(({ subject }) => subject) ?? [canonical(pack.subject)]);
  const each = pack.subjects?.map(({ pack: id, subject }) => ({ id, names: anyWord([subject]) })) ?? [];
  const other = anyWord(pack.otherSubjects.map(canonical));
  return (text) => {
    const named = each.filter(({ names }) => names.test(text)).map(({ id }) => id);
    return { own: own.test(text), other: other.test(text), ...(named.length > 0 && { packs: new Set(named) }) };
  };
}

/** What a passage is about, in canonical words where several packs are served. */
export function subjectOf({ subject, subjects = [] }: Pack, passage: Pick<Passage, 'id'> | undefined): string {
  return subjects.find(({ pack }) => passage?.id.startsWith(`${pack}/`))?.subject ?? subject;
}

function anyWord(names: readonly string[]): RegExp {
  const sources = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return sources.length === 0
    ? /(?!)/
    : new RegExp(`(?<![\\p{L}\\p{N}])(?:${sources.join('|')})(?![\\p{L}\\p{N}])`, 'u');
}
