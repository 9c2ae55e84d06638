import type { ReadBelow } from '../../knowledge/embedding/lower-layers.ts';
import type { TunedLayers } from '../../knowledge/embedding/tuned-layers.ts';
import type { Snapshot } from '../../knowledge/index/snapshot.ts';
import type { TunableEncoder } from './encoder-layers.ts';
import { type SearchTuning, tuneSearch } from './tune-search.ts';

/** A question that somebody wrote for a passage, which the pack does not hold. */
export interface AskedOfPassage {
  readonly q: string;
  /** Id of the passage; absent: it is for none. */
  readonly passage?: string | undefined;
}

/** The first layer that learns. */
export const SEARCH_FROM = 4;

/**
 * Teaches the encoder's last layers the passages of a pack: by the pack's own questions, titles and texts, and by what
 * others ask of its passages. Throws `RangeError` where a question is for a passage that there is not.
 *
 * @param snapshot with the vectors of the encoder as it was
 */
export async function tuneToPack({
  encoder,
  readBelow,
  learning,
  snapshot: { pack, chunks, vectors },
  tuning,
  onStep,
}: {
  encoder: TunableEncoder;
  /** What the encoder's layers that don't learn make of a text. */
  readBelow: ReadBelow;
  learning: readonly AskedOfPassage[];
  snapshot: Pick<Snapshot, 'pack' | 'chunks' | 'vectors'>;
  tuning?: SearchTuning;
  onStep: (text: string) => void;
}): Promise<TunedLayers> {
  const groupOf = new Map(pack.passages.map(({ id }, group) => [id, group]));
  const asked = learning.flatMap(({ q, passage }) => {
    if (passage === undefined) return [];
    const group = groupOf.get(passage);
    if (group === undefined)
      throw new RangeError(`tuning: "${q}" is for "${passage}", which is no passage of the pack`);
    return [{ text: q, group }];
  });
  const own = chunks.flatMap(({ text, passage }) => (passage >= 0 ? [{ text, group: passage }] : []));
  const texts = await Promise.all(
    [...own, ...asked].map(async ({ text, group }) => ({ tokens: await readBelow(text), group })),
  );
  onStep(`tuning search on ${texts.length} texts of ${pack.passages.length} passages`);

  const { config } = encoder;
  const centers = pack.passages.map(() => new Float32Array(config.hidden_size));
  for (const [i, { passage }] of chunks.entries()) {
    const center = centers[passage];
    for (const [at, value] of vectors[i]?.entries() ?? []) if (center) center[at] = (center[at] ?? 0) + value;
  }
  return tuneSearch({ texts, centers: centers.map(toUnit), encoder, ...(tuning && { tuning }), onStep });
}

function toUnit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
