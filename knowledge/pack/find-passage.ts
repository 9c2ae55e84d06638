import { distance } from 'fastest-levenshtein';
import type { Pack, Passage } from './pack.ts';

/** An id that no passage has; the message names the nearest that there are. */
export class UnknownPassageError extends Error {
  readonly code = 'UNKNOWN_PASSAGE';

  constructor(id: string, nearest: readonly string[]) {
    super(`there is no passage "${id}"; the nearest are:\n  ${nearest.join('\n  ')}`);
    this.name = 'UnknownPassageError';
  }
}

/** The passage with this id. Throws `UnknownPassageError` when there is none. */
export function findPassage(pack: Pack, id: string): Passage {
  const found = pack.passages.find((passage) => passage.id === id);
  if (!found) throw new UnknownPassageError(id, nearestIds(pack.passages, id));
  return found;
}

/** People leave out the topic or misspell the name, so the name alone counts too. */
function nearestIds(passages: readonly Passage[], id: string): string[] {
  const far = (passage: Passage) => Math.min(distance(passage.id, id), distance(lastPart(passage.id), lastPart(id)));
  return passages
    .map((passage) => ({ id: passage.id, far: far(passage) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map((near) => near.id);
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
