import { createHnswlibIndex } from '../../../knowledge/index/hnswlib-index.ts';
import type { Snapshot } from '../../../knowledge/index/snapshot.ts';
import type { Safety } from '../../../knowledge/pack/safety.ts';
import { createGuards } from './guards.ts';
import { createPhraseReader } from './phrase.ts';
import type { TriageForm } from './triage-form.ts';

/**
 * How near a message is to a question of the pack that asks about something in general: such a question is harmless,
 * however dreadful its words. Questions that tell of a person are left out, for theirs is no such proof.
 */
export function createNearestHarmless(snapshot: Snapshot, safety: Safety, form: TriageForm) {
  const listen = createGuards(safety.words, createPhraseReader(safety.words.groups));
  const harmless = snapshot.chunks.flatMap((chunk, place) => {
    if (chunk.kind !== 'question') return [];
    const sentences = form(chunk.text);
    const general = sentences.map(listen).every(({ asksAbout, speaksOfPerson }) => asksAbout || !speaksOfPerson);
    return general ? [snapshot.vectors[place] ?? new Float32Array()] : [];
  });
  const index = createHnswlibIndex(harmless, snapshot.vectors[0]?.length ?? 0);
  return (vector: Float32Array) => index.search(vector, 1)[0]?.score ?? -1;
}
