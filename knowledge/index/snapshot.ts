import { similarity } from '../embedding/embedder.ts';
import type { Pack, Passage } from '../pack/pack.ts';
import { createLexicon, type Lexicon } from '../text/lexicon.ts';
import { type Chunk, isSearched } from './chunks.ts';
import { createHnswlibIndex } from './hnswlib-index.ts';
import { createRoughFirstIndex } from './rough-first-index.ts';
import { createSubjectTest, type NamedSubjects } from './subject.ts';
import type { VectorIndex } from './vector-index.ts';
import { createWordIndex, type WordDocument, type WordIndex } from './word-index.ts';

/** A pack made searchable. Never changed: a new version of the pack is a new snapshot. */
export interface Snapshot {
  readonly pack: Pack;
  readonly lexicon: Lexicon;
  readonly chunks: readonly Chunk[];
  /** `vectors[i]` belongs to `chunks[i]`. */
  readonly vectors: readonly Float32Array[];
  /** Places in `chunks` of each passage's chunks. */
  readonly byPassage: readonly (readonly number[])[];
  /** Over what is searched: a hit's id is a place in `chunks`. */
  readonly nearest: VectorIndex;
  readonly byWords: WordIndex;
  readonly subjects: (canonicalText: string) => NamedSubjects;
  /** The middle of the vectors that ask for a passage, its questions' and its title's: one for each, at unit length. */
  readonly centers: readonly Float32Array[];
  /** Vectors of the examples, in the order given. */
  readonly examples: readonly Float32Array[];
}

/** A snapshot from vectors at hand: `vectors[i]` belongs to `chunks[i]`, in the order of `chunkPack`. */
export function assembleSnapshot({
  pack,
  chunks,
  vectors,
  lexicon = createLexicon(pack.lexicon),
  leading,
  rough,
}: {
  pack: Pack;
  chunks: readonly Chunk[];
  vectors: readonly Float32Array[];
  lexicon?: Lexicon;
  /** How many of the vectors' first numbers are looked at first; absent: all. */
  leading?: number;
  /** Over those numbers of the chunks that are searched, in their order. */
  rough?: VectorIndex;
}): Snapshot {
  const searched = chunks.flatMap((chunk, place) => (isSearched(chunk) ? [place] : []));
  return {
    pack,
    lexicon,
    chunks,
    vectors,
    byPassage: groupByPassage(chunks, pack.passages.length),
    nearest: nearestAt(searched, { vectors, leading, rough }),
    byWords: createWordIndex(documentsOf(chunks, pack.passages.length)),
    subjects: createSubjectTest(pack, lexicon),
    centers: centersOf(chunks, vectors, pack.passages.length),
    // Examples stand last.
    examples: vectors.filter((_, place) => chunks[place]?.kind === 'example'),
  };
}

/**
 * Some of a snapshot's passages, searched as if there were no others: by vectors, and by words, whose weights follow from
 * how many passages hold them. Places and passages keep their numbers.
 */
export function partOf(snapshot: Snapshot, holds: (passage: Passage) => boolean): Snapshot {
  const { pack, chunks, vectors } = snapshot;
  const inPart = pack.passages.map(holds);
  const isOfPart = ({ passage }: Chunk) => passage < 0 || inPart[passage] === true;
  const places = chunks.flatMap((chunk, place) => (isSearched(chunk) && isOfPart(chunk) ? [place] : []));
  const documents = documentsOf(chunks, pack.passages.length);
  return {
    ...snapshot,
    // Most of what there is needs no index of its own, which takes seconds to build.
    nearest:
      2 * places.length > snapshot.nearest.size
        ? onlyAt(snapshot.nearest, new Set(places))
        : nearestAt(places, { vectors }),
    byWords: createWordIndex(documents.map((document, passage) => (inPart[passage] ? document : undefined))),
  };
}

/** Of an index's hits those at `places`: of twice as many, since some are elsewhere. */
function onlyAt(index: VectorIndex, places: ReadonlySet<number>): VectorIndex {
  return {
    size: places.size,
    search: (vector, k) =>
      index
        .search(vector, 2 * k)
        .filter(({ id }) => places.has(id))
        .slice(0, k),
  };
}

/** Over the vectors at some places; hits are places. `leading` and `rough` as `assembleSnapshot` takes them. */
function nearestAt(
  places: readonly number[],
  {
    vectors,
    leading = vectors[0]?.length ?? 0,
    rough,
  }: { vectors: readonly Float32Array[]; leading?: number | undefined; rough?: VectorIndex | undefined },
): VectorIndex {
  const held = places.map((place) => vectors[place] ?? new Float32Array());
  const heads = () => held.map((vector) => vector.subarray(0, leading));
  const nearest = createRoughFirstIndex({
    rough: rough ?? createHnswlibIndex(heads(), leading),
    vectors: held,
    leading,
    dimension: vectors[0]?.length ?? 0,
  });
  return inPlaces(nearest, places);
}

/** Of each passage its canonical title, questions and text, as its chunks hold them. */
function documentsOf(chunks: readonly Chunk[], passages: number): WordDocument[] {
  const documents = Array.from({ length: passages }, () => ({ title: '', questions: '', text: '' }));
  for (const { kind, passage, text } of chunks) {
    const document = documents[passage];
    if (!document) continue;
    if (kind === 'title') document.title = text;
    if (kind === 'question') document.questions += `${text}\n`;
    // The whole passage stands under its title, which comes before it among the chunks.
    if (kind === 'passage') document.text = text.slice(document.title.length);
  }
  return documents;
}

/** Hits as places in a longer list, of which only those at `places` are searched. */
function inPlaces(index: VectorIndex, places: readonly number[]): VectorIndex {
  return {
    size: index.size,
    search: (vector, k) => index.search(vector, k).map(({ id, score }) => ({ id: places[id] ?? -1, score })),
  };
}

function centersOf(chunks: readonly Chunk[], vectors: readonly Float32Array[], passages: number): Float32Array[] {
  const centers = Array.from({ length: passages }, () => new Float32Array(vectors[0]?.length ?? 0));
  for (const [place, { kind, passage }] of chunks.entries()) {
    const center = centers[passage];
    const vector = vectors[place];
    if (!center || !vector || !(kind === 'question' || kind === 'title')) continue;
    for (let i = 0; i < center.length; i++) center[i] = (center[i] ?? 0) + (vector[i] ?? 0);
  }
  for (const center of centers) {
    const length = Math.sqrt(similarity(center, center)) || 1;
    for (let i = 0; i < center.length; i++) center[i] = (center[i] ?? 0) / length;
  }
  return centers;
}

function groupByPassage(chunks: readonly Chunk[], passages: number): number[][] {
  const groups: number[][] = Array.from({ length: passages }, () => []);
  for (const [place, { passage }] of chunks.entries()) groups[passage]?.push(place);
  return groups;
}
