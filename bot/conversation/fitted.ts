import { z } from 'zod';
import fittedJson from './fitted.json' with { type: 'json' };

/**
 * Every number that was fitted, read from `fitted.json`, which `npm run fit` writes from `test/questions/fit/`.
 * How: `scripts/fit.ts`. Nothing in it is set by hand.
 */
const THRESHOLDS = z.object({
  /** An example this near (cosine) can decide by itself … */
  minimum: z.number(),
  /** … when it is nearer than anything harmless by this much. */
  margin: z.number(),
  /** A rule of strength `likely` counts when the nearest example leads by this (mostly negative: may trail so far). */
  likelyMargin: z.number(),
});

const FITTED = z.object({
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
});
export type Fitted = z.infer<typeof FITTED>;

export const fitted: Fitted = FITTED.parse(fittedJson);
