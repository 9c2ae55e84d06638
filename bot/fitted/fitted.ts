import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { TunedFiles } from '../../knowledge/embedding/prepare-model.ts';
import { decodeProjection, type Projection } from '../../knowledge/embedding/projection.ts';
import { isBuiltIn } from '../../knowledge/pack/load-packs.ts';
import type { Pack } from '../../knowledge/pack/pack.ts';
import { projectRoot } from '../../knowledge/project-root.ts';
import { decodeEnsemble, type Ensemble } from '../conversation/triage/classifier.ts';

const TRIAGE = z.object({
  /** Urgent from this probability of any danger on … */
  urgent: z.number(),
  /** … and, where a rule of strength `sure` fired, already from this. */
  urgentByRule: z.number(),
  /** The same for decisions to refer. */
  refer: z.number(),
  referByRule: z.number(),
});

const FITTED = z.object({
  /** Hash of the model that all of it was fitted with. */
  modelHash: z.string(),
  triage: TRIAGE,
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
 * `test/questions/{fit,learn,tune}/` (how: `bot/fitting/`). Nothing in it is set by hand.
 */
export type Fitted = z.infer<typeof FITTED> & {
  /** Learned on the built-in pack. */
  readonly projection: Projection;
  /** Reads tokens as the tuned layers give them. */
  readonly classifier: Ensemble;
  /** Whether passages are searched by projected vectors, too: those of the pack that it was learned on are. */
  readonly searchesProjected: boolean;
  /** For passages beside those that the rest was fitted to, where there are any. */
  readonly drafted?: Numbers | undefined;
};

/** What passages are found, judged and quoted by. */
export type Numbers = Pick<Fitted, 'ranking' | 'calibration' | 'decision' | 'quoting'>;

/** Throws when a file is missing or of another shape. */
export function readFitted(folder = path.join(projectRoot(), 'bot/fitted')): Fitted {
  const numbers = FITTED.parse(JSON.parse(readFileSync(path.join(folder, FITTED_FILE), 'utf8')));
  return {
    ...numbers,
    projection: decodeProjection(readFileSync(path.join(folder, PROJECTION_FILE))),
    classifier: decodeEnsemble(readFileSync(path.join(folder, CLASSIFIER_FILE))),
    searchesProjected: true,
  };
}

const DRAFTED = FITTED.pick({ modelHash: true, ranking: true, calibration: true, decision: true, quoting: true });
export type Drafted = z.infer<typeof DRAFTED>;

/**
 * The numbers for packs that nobody has fitted: learned with the published vectors on pieces of the built-in pack as it would be
 * if it had been drafted from documents (`bot/fitting/fit-drafted.ts`). Throws as `readFitted` does.
 */
export function readDrafted(folder = path.join(projectRoot(), 'bot/fitted')): Drafted {
  return DRAFTED.parse(JSON.parse(readFileSync(path.join(folder, DRAFTED_FILE), 'utf8')));
}

/** Which layers a pack is served with: the built-in one's, what no pack has been fitted to, or the encoder as published. */
export type Layers = 'fitted' | 'drafted' | 'published';

/**
 * The encoder's last layers as they were tuned, as bytes: the model is made with them. Those for search know the built-in
 * pack, and are of less use to others than the published ones. Throws when a file is missing.
 */
export function readTunedLayers(layers: Layers, folder = path.join(projectRoot(), 'bot/fitted')): TunedFiles {
  const read = (file: string) => readFileSync(path.join(folder, file));
  return {
    ...(layers === 'fitted' && { search: read(SEARCH_LAYERS_FILE) }),
    ...(layers !== 'published' && { triage: read(TRIAGE_LAYERS_FILE) }),
  };
}

/** The numbers that a pack is served with: the fitted ones for the pack that they were fitted to, those for drafts for others. */
export function fittedFor({ passages }: Pick<Pack, 'passages'>): Fitted {
  const fitted = readFitted();
  if (!passages.some(isBuiltIn)) return { ...fitted, ...readDrafted(), searchesProjected: false };
  return passages.every(isBuiltIn) ? fitted : { ...fitted, drafted: readDrafted() };
}

export const DRAFTED_FILE = 'drafted.json';
export const FITTED_FILE = 'fitted.json';
export const PROJECTION_FILE = 'projection.f32';
export const CLASSIFIER_FILE = 'classifier.bin';
export const SEARCH_LAYERS_FILE = 'search-layers.bin';
export const TRIAGE_LAYERS_FILE = 'triage-layers.bin';
