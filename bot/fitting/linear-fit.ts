import { weigh } from '../conversation/weigh.ts';

/** Features of one thing, by name. */
export type Features = Readonly<Record<string, number>>;
export type Weights = Record<string, number>;

/**
 * Weights under which the right candidates of each list come first: softmax regression over lists (ListNet's top-one
 * probability, Cao et al. 2007), by gradient descent with momentum and a small ridge.
 */
export function fitListwise(
  lists: readonly (readonly { features: Features; right: boolean }[])[],
  names: readonly string[],
): Weights {
  const usable = lists.filter((list) => list.some((candidate) => candidate.right));
  return descend(names, (weights, gradient) => {
    for (const list of usable) {
      const scores = list.map(({ features }) => weigh(weights, features));
      const largest = Math.max(...scores);
      const masses = scores.map((score) => Math.exp(score - largest));
      const all = masses.reduce((a, b) => a + b, 0);
      const right = list.reduce((sum, candidate, i) => sum + (candidate.right ? (masses[i] ?? 0) : 0), 0);
      for (const [i, { features, right: isRight }] of list.entries()) {
        const mass = masses[i] ?? 0;
        const pull = (isRight ? mass / right : 0) - mass / all;
        for (const name of names)
          gradient[name] = (gradient[name] ?? 0) + (pull * (features[name] ?? 0)) / usable.length;
      }
    }
  });
}

/** Logistic regression: weights under which `1 / (1 + e^-score)` is the probability that the label holds. */
export function fitLogistic(
  cases: readonly { features: Features; label: boolean }[],
  names: readonly string[],
): Weights {
  return descend(names, (weights, gradient) => {
    for (const { features, label } of cases) {
      const error = (label ? 1 : 0) - 1 / (1 + Math.exp(-weigh(weights, features)));
      for (const name of names) gradient[name] = (gradient[name] ?? 0) + (error * (features[name] ?? 0)) / cases.length;
    }
  });
}

/** Climbs a concave likelihood; `addGradient` adds its slope at the weights. */
function descend(names: readonly string[], addGradient: (weights: Weights, gradient: Weights) => void): Weights {
  const weights: Weights = Object.fromEntries(names.map((name) => [name, 0]));
  const speed: Weights = { ...weights };
  for (let step = 0; step < STEPS; step++) {
    const gradient: Weights = Object.fromEntries(names.map((name) => [name, -RIDGE * (weights[name] ?? 0)]));
    addGradient(weights, gradient);
    for (const name of names) {
      speed[name] = 0.95 * (speed[name] ?? 0) + (gradient[name] ?? 0);
      weights[name] = (weights[name] ?? 0) + RATE * (speed[name] ?? 0);
    }
  }
  return weights;
}

const STEPS = 1500;
const RATE = 0.2;
const RIDGE = 2e-4;
