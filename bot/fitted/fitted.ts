import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { decodeProjection, type Projection } from '../../knowledge/embedding/projection.ts';
import { BUILT_IN } from '../../knowledge/pack/load-packs.ts';
import type { Pack } from '../../knowledge/pack/pack.ts';
import { projectRoot } from '../../knowledge/project-root.ts';

const THRESHOLDS = z.object({
  /** An example this near (cosine) can decide by itself … */
  minimum: z.number(),
  /** … when it is nearer than anything harmless by this much. */
  margin: z.number(),
  /** A rule of strength `likely` counts when the nearest example leads by this (mostly negative: may trail so far). */
  likelyMargin: z.number(),
});

const FITTED = z.object({
  /** Hash of the model that all of it was fitted with. */
  modelHash: z.string(),
  triage: z.object({ urgent: THRESHOLDS, refer: THRESHOLDS }),
  /** Weights of the features that order passages; see `bot/conversation/retrieve.ts`. */
  ranking: z.record(z.string(), z.number()),
  /** Logistic weights that turn the features of a ranking into a probability; see `bot/conversation/calibrate.ts`. */
  calibration: z.record(z.string(), z.number()),
  decision: z.object({
    /** Answer from this probability on. */
    answer: z.number(),
    /** Ask back from this probability on, when two subjects fit. */
    clarify: z.number(),
  }),
  quoting: z.object({
    /** How much nearness (cosine) a quote must gain by a sentence more. */
    sentenceCost: z.number(),
    /** What beginning with the passage's first sentence is worth. */
    firstSentence: z.number(),
    /** A second passage is quoted when its score is this near the first's. */
    secondPassage: z.number(),
  }),
});

/**
 * Every number that was fitted, as `npm run fit` wrote it from the pack's own questions and from
 * `test/questions/fit/` (how: `bot/fitting/`). Nothing in it is set by hand.
 */
export type Fitted = z.infer<typeof FITTED> & {
  /** Absent: general vectors as they are. */
  readonly projection?: Projection | undefined;
};

/** Throws when a file is missing or of another shape. */
export function readFitted(folder = path.join(projectRoot(), 'bot/fitted')): Fitted {
  const numbers = FITTED.parse(JSON.parse(readFileSync(path.join(folder, FITTED_FILE), 'utf8')));
  return { ...numbers, projection: decodeProjection(readFileSync(path.join(folder, PROJECTION_FILE))) };
}

/**
 * The numbers for packs that nobody has fitted: learned with general vectors on pieces of the built-in pack as it would be
 * if it had been drafted from documents (`bot/fitting/fit-drafted.ts`). Throws as `readFitted` does.
 */
export function readDrafted(folder = path.join(projectRoot(), 'bot/fitted')): Fitted {
  return FITTED.parse(JSON.parse(readFileSync(path.join(folder, DRAFTED_FILE), 'utf8')));
}

/** The numbers that a pack is served with: the fitted ones where the pack that they were fitted to is in it. */
export function fittedFor({ passages }: Pick<Pack, 'passages'>): Fitted {
  return passages.some(({ id }) => id.startsWith(`${BUILT_IN}/`)) ? readFitted() : readDrafted();
}

export const DRAFTED_FILE = 'drafted.json';
export const FITTED_FILE = 'fitted.json';
export const PROJECTION_FILE = 'projection.f32';
