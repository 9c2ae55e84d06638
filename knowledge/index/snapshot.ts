import { createHash } from 'node:crypto';
import { setImmediate as otherWork } from 'node:timers/promises';
import { type Embedder, similarity } from '../embedding/embedder.ts';
import type { Pack, Passage } from '../pack/pack.ts';
import { createLexicon, type Lexicon } from '../text/lexicon.ts';
import { type Chunk, chunkPack, isSearched } from './chunks.ts';
import { createHnswlibIndex, growHnswlibIndex, type HnswlibIndex } from './hnswlib-index.ts';
import { openNearest } from './nearest-file.ts';
import { createRoughFirstIndex } from './rough-first-index.ts';
import { readSnapshotFile, type StoredVectors, type Unusable, writeSnapshotFile } from './snapshot-file.ts';
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

export interface OpenedSnapshot {
  readonly snapshot: Snapshot;
  /** How many vectors were computed now; the rest came from the folder. */
  readonly embedded: number;
  /** Set when what was on disk was there but could not be used. */
  readonly warning: string | undefined;
}

/**
 * The snapshot of a pack: from the folder when what is there is whole and was made of the same chunks by the same
 * model, else built, embedding only texts that have no vector yet, and saved.
 *
 * @param onProgress hears how many of the new texts are embedded
 */
export async function openSnapshot({
  folder,
  pack,
  examples = [],
  embedder,
  onProgress,
}: {
  folder: string;
  pack: Pack;
  /** Texts that are compared with messages but never searched: their vectors are kept in `snapshot.examples`. */
  examples?: readonly string[];
  embedder: Embedder;
  onProgress?: (done: number, total: number) => void;
}): Promise<OpenedSnapshot> {
  const lexicon = createLexicon(pack.lexicon);
  const chunks = chunkPack(pack, examples, lexicon);
  const stored = await readSnapshotFile(folder);
  const usable = usableVectors(stored, embedder);
  const manifest = 'vectors' in usable ? usable.manifest : undefined;
  const known = new Map<string, Float32Array>();
  if ('vectors' in usable)
    for (const [i, key] of usable.manifest.keys.entries()) known.set(key, usable.vectors[i] ?? new Float32Array());

  const keysSha256 = hashOfKeys(chunks.filter(isSearched));
  const same = manifest?.nearest.keysSha256 === keysSha256 && manifest.nearest.dimension === embedder.leading;
  const opened = same ? await openNearest(folder, manifest.nearest) : undefined;
  const filling = opened ? filled(opened) : fillRough(chunks, embedder.leading);
  await filling.take(known);
  const missing = new Map(chunks.filter((chunk) => !known.has(chunk.key)).map((chunk) => [chunk.key, chunk.text]));
  for await (const fresh of embedInPortions(missing, embedder, onProgress)) {
    for (const [key, vector] of fresh) known.set(key, vector);
    await filling.take(fresh);
  }
  const vectors = chunks.map((chunk) => known.get(chunk.key) ?? new Float32Array());
  const rough = filling.finish();
  if (!opened || missing.size > 0 || manifest?.packHash !== pack.hash) {
    const keys = [...new Set(chunks.map((chunk) => chunk.key))];
    await writeSnapshotFile(folder, {
      packHash: pack.hash,
      modelHash: embedder.modelHash,
      dimension: embedder.dimension,
      counts: { passages: pack.passages.length, chunks: chunks.length, vectors: keys.length },
      keys,
      vectors: keys.map((key) => known.get(key) ?? new Float32Array()),
      index: rough,
      leading: embedder.leading,
      keysSha256,
    });
  }
  const damage =
    'reason' in usable && usable.reason !== 'absent'
      ? usable.detail
      : same && !opened
        ? 'the searchable file does not match its checksum'
        : undefined;
  return {
    snapshot: assembleSnapshot({ pack, chunks, vectors, lexicon, leading: embedder.leading, rough }),
    embedded: missing.size,
    warning: damage && `index: ${damage}; building it anew`,
  };
}

/**
 * Vectors by key, in portions: the next is being embedded, in threads, while whoever takes one works with it here.
 * `onProgress` counts through all of them.
 */
async function* embedInPortions(
  texts: ReadonlyMap<string, string>,
  embedder: Embedder,
  onProgress: (done: number, total: number) => void = () => {},
): AsyncGenerator<ReadonlyMap<string, Float32Array>> {
  const keys = [...texts.keys()];
  const embed = async (from: number) => {
    const portion = keys.slice(from, from + PORTION);
    const vectors = await embedder.embedAll(
      portion.map((key) => texts.get(key) ?? ''),
      (done) => onProgress(from + done, keys.length),
    );
    return new Map(portion.map((key, place) => [key, vectors[place] ?? new Float32Array()]));
  };
  let next = keys.length > 0 ? embed(0) : undefined;
  for (let from = 0; next; from += PORTION) {
    const portion = await next;
    next = from + PORTION < keys.length ? embed(from + PORTION) : undefined;
    // Fails where it is waited for, unless taking this portion fails first.
    next?.catch(() => {});
    yield portion;
  }
}

// Some seconds of embedding: long enough that the threads seldom wait for the next.
const PORTION = 1000;

interface Filling {
  take(vectors: ReadonlyMap<string, Float32Array>): Promise<void>;
  finish(): HnswlibIndex;
}

function filled(index: HnswlibIndex): Filling {
  return { take: async () => {}, finish: () => index };
}

/** The searchable index, filled as vectors become known; between two of them the threads' answers are heard. */
function fillRough(chunks: readonly Chunk[], leading: number): Filling {
  const placesOf = new Map<string, number[]>();
  const searched = chunks.filter(isSearched);
  for (const [place, { key }] of searched.entries()) {
    const places = placesOf.get(key);
    if (places) places.push(place);
    else placesOf.set(key, [place]);
  }
  const growing = growHnswlibIndex(searched.length, leading);
  return {
    async take(vectors) {
      for (const [key, vector] of vectors) {
        for (const place of placesOf.get(key) ?? []) growing.add(place, vector.subarray(0, leading));
        await otherWork();
      }
    },
    finish: () => growing.finish(),
  };
}

function hashOfKeys(chunks: readonly Chunk[]): string {
  const hash = createHash('sha256');
  for (const { key } of chunks) hash.update(key);
  return hash.digest('hex');
}

/** Vectors of another model are as good as none: similarities across models mean nothing. */
function usableVectors(stored: StoredVectors | Unusable, embedder: Embedder): StoredVectors | Unusable {
  if ('reason' in stored) return stored;
  const { modelHash, dimension } = stored.manifest;
  if (modelHash === embedder.modelHash && dimension === embedder.dimension) return stored;
  return { reason: 'foreign', detail: 'the snapshot was made with another model' };
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
