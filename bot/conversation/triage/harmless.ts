import { similarity } from '../../../knowledge/embedding/embedder.ts';
import type { Snapshot } from '../../../knowledge/index/snapshot.ts';
import type { Safety } from '../../../knowledge/pack/safety.ts';
import { createGuards } from './guards.ts';
import type { TriageForm } from './triage-form.ts';

/**
 * How near a message is to a question of the pack that asks about something in general: such a question is harmless,
 * however dreadful its words. Questions that tell of a person are left out, for theirs is no such proof.
 */
export function createNearestHarmless(snapshot: Snapshot, safety: Safety, form: TriageForm) {
  const guards = createGuards(safety.words);
  const harmless = snapshot.chunks.flatMap((chunk, place) => {
    if (chunk.kind !== 'question') return [];
    const sentences = form(chunk.text);
    const general = sentences.every((sentence) => guards.asksAbout(sentence) || !guards.speaksOfPerson(sentence));
    return general ? [snapshot.vectors[place] ?? new Float32Array()] : [];
  });
  return (vector: Float32Array) => harmless.reduce((best, other) => Math.max(best, similarity(vector, other)), -1);
}
