import { similarity } from '../../knowledge/embedding/embedder.ts';
import type { Snapshot } from '../../knowledge/index/snapshot.ts';
import type { Pack, Passage } from '../../knowledge/pack/pack.ts';
import { reviewState } from '../../knowledge/pack/review.ts';
import type { Fitted } from '../fitted/fitted.ts';
import type { Quote, SourceReference } from '../reply.ts';

/** A run of neighbouring sentences of a passage. */
export interface Excerpt {
  /** Index in `pack.passages`. */
  readonly passage: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The sentences of a passage that answer best, as few as do: among the runs of one to three sentences, the shortest
 * that is nearly as near to the question as the nearest.
 *
 * The first sentence of a passage is written to answer the heading outright, so a run that begins with it has a bonus.
 */
export function chooseExcerpt({
  snapshot,
  passage,
  vectors,
  quoting,
}: {
  snapshot: Snapshot;
  passage: number;
  vectors: readonly Float32Array[];
  quoting: Fitted['quoting'];
}): Excerpt | undefined {
  const { chunks, byPassage } = snapshot;
  const runs = (byPassage[passage] ?? []).flatMap((id) => {
    const chunk = chunks[id];
    const vector = snapshot.vectors[id];
    if (chunk?.kind !== 'sentences' || !vector) return [];
    const near = Math.max(...vectors.map((query) => similarity(query, vector)));
    return [
      { chunk, value: near + (chunk.start === 0 ? quoting.firstSentence : 0) - quoting.sentenceCost * chunk.sentences },
    ];
  });
  const best = runs.toSorted((a, b) => b.value - a.value || a.chunk.start - b.chunk.start)[0];
  return best ? { passage, start: best.chunk.start, end: best.chunk.end } : undefined;
}

/** The first sentences of a passage, at most three. */
export function opening({ sentences }: Passage, count: number): { start: number; end: number } | undefined {
  const last = sentences[Math.min(count, sentences.length) - 1];
  const first = sentences[0];
  return first && last ? { start: first.start, end: last.end } : undefined;
}

/** An excerpt as it leaves the house. `url` turns a passage's id into the address of its page. */
export function toQuote({
  pack,
  excerpt,
  today,
  url,
}: {
  pack: Pack;
  excerpt: Excerpt;
  today: string;
  url: (id: string) => string;
}): Quote | undefined {
  const passage = pack.passages[excerpt.passage];
  if (!passage) return undefined;
  const { id, title, topic, text, sentences } = passage;
  const { start, end } = excerpt;
  const ids = new Set(sentences.filter((s) => s.start >= start && s.end <= end).flatMap((s) => s.sources));
  return {
    text: text.slice(start, end),
    passage: { id, title, topic, url: url(id) },
    start,
    end,
    sources: [...ids].flatMap((sourceId) => sourceReference(pack, sourceId)),
    review: reviewState(passage, today),
  };
}

/** Whether a quote stands in the pack, letter for letter, where it says it does. Checked again before a reply leaves. */
export function isVerbatim({ passage: { id }, text, start, end }: Quote, pack: Pack): boolean {
  const passage = pack.passages.find((candidate) => candidate.id === id);
  // Not `slice` alone: it forgives offsets that are negative, no whole numbers, or past the end.
  const placed = Number.isInteger(start) && start >= 0 && end === start + text.length;
  return passage !== undefined && text !== '' && placed && passage.text.startsWith(text, start);
}

function sourceReference(pack: Pack, id: string): SourceReference[] {
  const source = pack.sources.get(id);
  if (!source) return [];
  const { title, organisation, url, date } = source;
  return [{ id, title, organisation, ...(url !== undefined && { url }), ...(date !== undefined && { date }) }];
}
