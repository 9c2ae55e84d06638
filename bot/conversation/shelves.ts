import { partOf, type Snapshot } from '../../knowledge/index/snapshot.ts';
import { subjectOf } from '../../knowledge/index/subject.ts';
import { isBuiltIn } from '../../knowledge/pack/load-packs.ts';
import type { Pack, Region } from '../../knowledge/pack/pack.ts';
import type { Fitted, Numbers } from '../fitted/fitted.ts';
import { type Decision, decide } from './decide.ts';
import { type Query, type Ranking, type Retrieved, retrieve } from './retrieve.ts';

/** Passages that are searched by the same numbers: those of the pack that they were fitted to, or of packs that none were. */
export interface Shelf {
  readonly snapshot: Snapshot;
  readonly numbers: Numbers;
}

/** What a shelf has for a question. */
export interface OnShelf {
  readonly found: Retrieved;
  readonly decision: Decision;
  readonly numbers: Numbers;
}

/**
 * The shelves of what is served. A score of one shelf says nothing beside one of another: a pack whose questions people
 * wrote is nearer to nearly everything than one with a few that rules proposed. So each is searched as if it stood alone.
 */
export function shelvesOf(snapshot: Snapshot, { drafted, ...numbers }: Fitted): readonly Shelf[] {
  if (!drafted) return [{ snapshot, numbers }];
  return [
    { snapshot: partOf(snapshot, isBuiltIn), numbers },
    { snapshot: partOf(snapshot, (passage) => !isBuiltIn(passage)), numbers: drafted },
  ];
}

/**
 * Searches each shelf and takes the surest: calibrated probabilities are what can be compared. Where two that are about
 * different subjects would answer a question that names neither, asks which is meant: "how long must I wait before a baby?"
 * has another answer for each medicine.
 */
export function searchShelves({
  shelves,
  query,
  region,
  adjust = (found) => found,
}: {
  shelves: readonly Shelf[];
  query: Query;
  region: Region;
  /** A last word on the order of what a shelf found. */
  adjust?: ((found: Retrieved, shelf: Shelf) => Retrieved) | undefined;
}): OnShelf {
  const all = shelves.map((shelf): OnShelf => {
    const { snapshot, numbers } = shelf;
    const found = adjust(retrieve({ snapshot, query, region, weights: numbers.ranking }), shelf);
    return { found, decision: decide(snapshot.pack, found, numbers), numbers };
  });
  const surest = all.reduce((best, next) => (isSurer(next.decision, best.decision) ? next : best));
  const options = readings(all, surest, shelves[0]?.snapshot.pack);
  return options
    ? { ...surest, decision: { kind: 'clarify', options, confidence: surest.decision.confidence } }
    : surest;
}

/** The best of the surest shelf and of another that would answer, too, where nothing says which subject is meant. */
function readings(
  all: readonly OnShelf[],
  { decision, found }: OnShelf,
  pack: Pack | undefined,
): readonly [Ranking, Ranking] | undefined {
  if (!pack || decision.kind !== 'answer' || found.subjects.packs !== undefined) return undefined;
  const subject = ({ passage }: Ranking) => subjectOf(pack, pack.passages[passage]);
  for (const { decision: other } of all) {
    if (other.kind !== 'answer' || other.elsewhere !== decision.elsewhere) continue;
    if (subject(other.best) !== subject(decision.best)) return [decision.best, other.best];
  }
  return undefined;
}

function isSurer(one: Decision, other: Decision): boolean {
  const [first, second] = [WORTH[kindOf(one)], WORTH[kindOf(other)]];
  return first > second || (first === second && one.confidence > other.confidence);
}

function kindOf(decision: Decision): keyof typeof WORTH {
  return decision.kind === 'answer' && decision.elsewhere ? 'elsewhere' : decision.kind;
}

// An answer that holds elsewhere only is better than a question back, and less than one that holds here.
const WORTH = { answer: 3, elsewhere: 2, clarify: 1, unsure: 0 } as const;
