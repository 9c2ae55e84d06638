import { withFrontMatter } from '../../pack/edit-front-matter.ts';
import type { Passage } from '../../pack/pack.ts';
import { DOCUMENTS_FILE, type PackDocument, SOURCES_FILE } from '../../pack/pack-files.ts';
import { parsePassage } from '../../pack/parse-passage.ts';
import { createLikenessIndex } from '../../text/likeness.ts';
import { splitSentences } from '../../text/sentences.ts';
import type { PassageComparer } from '../compare/compare-passages.ts';
import type { SourceDocument } from '../document/source-document.ts';
import { cutPassages, type Piece } from '../passages/cut-passages.ts';
import { proposeQuestions, questionKey } from '../passages/propose-questions.ts';
import { freeName, slug } from '../passages/slug.ts';
import type { ChangeSet } from './change-set.ts';
import { draftBody, draftFile } from './draft-file.ts';
import { withEntry } from './edit-list.ts';
import type { PackFolder } from './pack-folder.ts';

/** What adding a document does to a pack. */
export interface Plan {
  readonly changes: ChangeSet;
  readonly document: PackDocument;
  /** Passages, by what becomes of them; ids. */
  readonly added: readonly string[];
  readonly unchanged: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
  /** Edited by hand, and changed in the document too: the hand's stays, the document's is a draft beside it. */
  readonly contested: readonly string[];
  readonly duplicates: number;
  readonly contradictions: number;
}

/**
 * Works out what adding a document changes. A document of the same name is an earlier version of it: passages whose words
 * are in both stay as they are, with their questions and signatures; changed ones keep their file and questions; those
 * that are gone are removed. Reads, and writes nothing.
 */
export function planDocument({
  pack,
  document,
  about,
  comparer,
  takenQuestions,
}: {
  pack: PackFolder;
  document: SourceDocument;
  about: Omit<PackDocument, 'id' | 'title' | 'pages'>;
  /** Knows all passages of the pack. */
  comparer: PassageComparer;
  /** Keys of all questions of the pack. */
  takenQuestions: ReadonlySet<string>;
}): Plan {
  const earlier = pack.documents.find(({ file }) => file === about.file);
  const id = earlier?.id ?? freeId(pack);
  const { pages, title: documentTitle } = document;
  const entry: PackDocument = { id, ...about, title: documentTitle, ...(pages !== undefined && { pages }) };
  const old = [...pack.passages.values()].filter(({ from }) => from?.document === id);
  const pieces = withoutRepeats(cutPassages(document)).map((piece) => asDraft(piece));
  const matches = match(pieces, old);

  const write = new Map<string, string>();
  const lists = {
    added: [] as string[],
    unchanged: [] as string[],
    updated: [] as string[],
    contested: [] as string[],
  };
  const files = new Set(pack.passages.keys());
  const questionsNow = new Set<string>();
  const isTaken = (question: string) => {
    const key = questionKey(question);
    return takenQuestions.has(key) || questionsNow.has(key);
  };
  const counts = { duplicate: 0, contradiction: 0 };
  for (const [place, piece] of pieces.entries()) {
    const found = matches.get(place);
    if (found?.kind === 'same') keep(found.passage, piece);
    else if (found?.kind === 'changed' && found.passage.contentHash === found.passage.from?.drafted) {
      writeDraft(piece, found.passage.file, found.passage);
      lists.updated.push(found.passage.id);
    } else {
      const file = newFile(piece);
      writeDraft(piece, file, undefined);
      if (found) lists.contested.push(found.passage.id);
      else lists.added.push(idOf(file));
    }
  }
  const matched = new Set([...matches.values()].map(({ passage }) => passage.file));
  const gone = old.filter(({ file }) => !matched.has(file));
  write.set(`documents/${id}.txt`, `${document.text}\n`);
  write.set(DOCUMENTS_FILE.file, withEntry(rawList(pack, DOCUMENTS_FILE.file), 'documents', id, entry));
  write.set(SOURCES_FILE.file, withEntry(pack.read(SOURCES_FILE.file), 'sources', id, sourceOf(entry)));
  return {
    changes: { write, remove: gone.map(({ file }) => file) },
    document: entry,
    ...lists,
    removed: gone.map((passage) => passage.id),
    duplicates: counts.duplicate,
    contradictions: counts.contradiction,
  };

  function asDraft(piece: Piece): DraftPiece {
    const title = titleOf(piece, documentTitle);
    const raw = `---\nquestions: []\nregions: [all]\nreview: { status: unreviewed }\n---\n${draftBody({ title, text: piece.text, source: id })}`;
    const { passage } = parsePassage({ packId: pack.id, file: 'passages/a/b.md', raw });
    return { ...piece, title, hash: passage?.contentHash ?? '' };
  }

  /** Only where it stands in the document may have changed. */
  function keep(passage: Passage, piece: DraftPiece): void {
    lists.unchanged.push(passage.id);
    const from = originOf(piece);
    const edited = withFrontMatter(pack.read(passage.file), 'from', { ...from, drafted: passage.from?.drafted });
    if (edited !== undefined) write.set(passage.file, edited);
  }

  function writeDraft(piece: DraftPiece, file: string, before: Passage | undefined): void {
    const { title, text, headings } = piece;
    const sentences = splitSentences(text);
    const compare = comparer.compare({ id: idOf(file), text, sentences }, new Set(old.map((passage) => passage.id)));
    for (const { kind } of compare) counts[kind] += 1;
    const questions = before?.questions ?? proposeQuestions({ title, headings, text, subject: pack.subject, isTaken });
    for (const question of questions) questionsNow.add(questionKey(question));
    const raw = draftFile({ title, text, questions, source: id, from: originOf(piece), compare });
    // A signature of the words before stays to be seen, though it is void: somebody has to sign anew.
    const signed = before?.review.status === 'reviewed' ? withFrontMatter(raw, 'review', before.review) : undefined;
    write.set(file, signed ?? raw);
    files.add(file);
  }

  function newFile({ headings, title }: DraftPiece): string {
    const topic = slug(headings[0] ?? documentTitle, 'document');
    const name = freeName(slug(title, 'passage'), (taken) => files.has(`passages/${topic}/${taken}.md`));
    return `passages/${topic}/${name}.md`;
  }

  function originOf({ page, headings, start, end, hash }: DraftPiece) {
    return { document: id, ...(page !== undefined && { page }), headings, start, end, drafted: hash };
  }

  function idOf(file: string): string {
    return file.replace(/^passages\//, `${pack.id}/`).replace(/\.md$/, '');
  }
}

type DraftPiece = Piece & { readonly title: string; readonly hash: string };

/** A heading that says nothing by itself is told with the one above it, or with the document's title. */
function titleOf({ headings }: Piece, documentTitle: string): string {
  const own = headings.at(-1);
  if (own === undefined) return documentTitle;
  return GENERIC.test(own) ? `${headings.at(-2) ?? documentTitle}: ${own}` : own;
}

const GENERIC =
  /^(?:introduction|overview|summary|conclusions?|background|general|notes?|other|about|details|information|more)$/i;

/** A paragraph that a document says twice is one passage. */
function withoutRepeats(pieces: readonly Piece[]): Piece[] {
  const seen = new Set<string>();
  return pieces.filter(({ text }) => !seen.has(text) && seen.add(text));
}

type Match = { readonly kind: 'same' | 'changed'; readonly passage: Passage };

/** Which piece is which earlier passage: by their very words as drafted, else the most alike. */
function match(pieces: readonly DraftPiece[], old: readonly Passage[]): Map<number, Match> {
  const matches = new Map<number, Match>();
  const free = new Map(old.map((passage) => [passage.file, passage]));
  const byHash = new Map(old.map((passage) => [passage.from?.drafted ?? '', passage]));
  for (const [place, { hash }] of pieces.entries()) {
    const passage = byHash.get(hash);
    if (!passage || !free.delete(passage.file)) continue;
    matches.set(place, { kind: 'same', passage });
  }
  const rest = [...free.values()];
  const index = createLikenessIndex();
  for (const { text } of rest) index.add(text);
  const pairs = pieces.flatMap(({ text }, place) =>
    matches.has(place) ? [] : index.like(text).map(({ id, likeness }) => ({ place, passage: rest[id], likeness })),
  );
  for (const { place, passage, likeness } of pairs.sort((a, b) => b.likeness - a.likeness)) {
    if (likeness < CHANGED || !passage || matches.has(place) || !free.delete(passage.file)) continue;
    matches.set(place, { kind: 'changed', passage });
  }
  return matches;
}

/** Likeness from which a passage is a new wording of an earlier one, and not another. */
const CHANGED = 0.3;

function freeId({ documents, sources }: PackFolder): string {
  const taken = new Set([...documents.map(({ id }) => id), ...sources]);
  for (let number = 1; ; number++) if (!taken.has(`D${number}`)) return `D${number}`;
}

function rawList(pack: PackFolder, file: string): string {
  return pack.documents.length > 0 ? pack.read(file) : '';
}

function sourceOf({ id, title, file, added }: PackDocument) {
  return { id, title, organisation: 'Document of the clinic', date: added, read: 'full', note: `Added from ${file}.` };
}
