import type { Pack } from '../../knowledge/pack/pack.ts';
import type { Fitted } from '../fitted/fitted.ts';
import { calibrate, calibrationFeatures } from './calibrate.ts';
import type { Ranking, Retrieved } from './retrieve.ts';

/** What to do with what was found. */
export type Decision =
  | { readonly kind: 'answer'; readonly best: Ranking; readonly confidence: number; readonly elsewhere: boolean }
  | { readonly kind: 'clarify'; readonly options: readonly [Ranking, Ranking]; readonly confidence: number }
  | { readonly kind: 'unsure'; readonly confidence: number };

/**
 * Answers where the calibrated probability says so. Passages of another region are asked only where none of the region
 * answers. Where neither does, but two passages on different subjects are close, asks which is meant.
 */
export function decide(pack: Pack, found: Retrieved, fitted: Pick<Fitted, 'calibration' | 'decision'>): Decision {
  const { answer, clarify } = fitted.decision;
  const confidenceOf = (ranking: Retrieved['ranking']) => {
    const features = calibrationFeatures(found, ranking);
    return features ? calibrate(features, fitted.calibration) : 0;
  };
  const [best, second] = found.ranking;
  const confidence = confidenceOf(found.ranking);
  if (best && confidence >= answer) return { kind: 'answer', best, confidence, elsewhere: false };

  const [abroad] = found.elsewhere;
  const confidenceAbroad = confidenceOf(found.elsewhere);
  if (abroad && confidence < clarify && confidenceAbroad >= answer) {
    return { kind: 'answer', best: abroad, confidence: confidenceAbroad, elsewhere: true };
  }
  if (best && second && confidence >= clarify && best.score - second.score < CLOSE) {
    const different = pack.passages[best.passage]?.topic !== pack.passages[second.passage]?.topic;
    if (different) return { kind: 'clarify', options: [best, second], confidence };
  }
  return { kind: 'unsure', confidence };
}

// Scores are weighted cosines: below this difference the order of two passages is as good as chance.
const CLOSE = 0.25;
