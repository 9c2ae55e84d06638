import type { Snapshot } from '../../../knowledge/index/snapshot.ts';
import type { Safety } from '../../../knowledge/pack/safety.ts';
import { NEAREST } from '../retrieve.ts';
import { createGuards } from './guards.ts';
import { createPhraseReader } from './phrase.ts';
import type { TriageForm } from './triage-form.ts';

/**
 * How near a message is to a question of the pack that asks about something in general: such a question is harmless,
 * however dreadful its words. Questions that tell of a person are left out, for theirs is no such proof.
 */
export function createNearestHarmless(snapshot: Snapshot, safety: Safety, form: TriageForm) {
  const listen = createGuards(safety.words, createPhraseReader(safety.words.groups));
  // Judged when first met: most questions never are, and judging all would hold up the start.
  const known = new Map<number, boolean>();
  const isHarmless = (id: number) => {
    const judged = known.get(id) ?? isGeneral(id);
    known.set(id, judged);
    return judged;
  };
  const isGeneral = (id: number) => {
    const chunk = snapshot.chunks[id];
    if (chunk?.kind !== 'question') return false;
    return form(chunk.text)
      .map((sentence) => listen(sentence))
      .every(({ asksAbout, speaksOfPerson }) => asksAbout || !speaksOfPerson);
  };
  return (vector: Float32Array) => {
    // The same search as retrieval's, which is remembered; past its end nothing is near enough to matter.
    const hits = snapshot.nearest.search(vector, NEAREST);
    const hit = hits.find(({ id }) => isHarmless(id)) ?? hits.at(-1);
    return hit?.score ?? -1;
  };
}
