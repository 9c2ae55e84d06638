/** A share of counted cases, with the bounds that its true value lies between. */
export interface Proportion {
  readonly count: number;
  readonly of: number;
  /** `count / of`; `undefined` of nothing. */
  readonly rate: number | undefined;
  readonly low: number;
  readonly high: number;
}

/**
 * A proportion with its exact two-sided bounds (Clopper and Pearson, Biometrika 1934): the smallest and the largest
 * probability under which a count as far out as this is not rarer than `(1 - level) / 2`.
 */
export function proportion(count: number, of: number, level = 0.95): Proportion {
  const tail = (1 - level) / 2;
  const low = count === 0 ? 0 : findRoot((p) => atMost(of - count, of, 1 - p) - tail);
  const high = count === of ? 1 : findRoot((p) => tail - atMost(count, of, p));
  return { count, of, rate: of === 0 ? undefined : count / of, low, high };
}

/** The least probability below which a count so small would be rarer than `1 - level`: a one-sided upper bound. */
export function upperBound(count: number, of: number, level = 0.95): number {
  return count >= of ? 1 : findRoot((p) => 1 - level - atMost(count, of, p));
}

/** P(X ≤ count) of a binomial. */
function atMost(count: number, of: number, p: number): number {
  if (count >= of) return 1;
  let logTerm = of * Math.log1p(-p);
  const logOdds = Math.log(p) - Math.log1p(-p);
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= count; k++) {
    logTerm += Math.log((of - k + 1) / k) + logOdds;
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

/** Where a function that rises from below 0 to above 0 over (0, 1) crosses it. */
function findRoot(rising: (p: number) => number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
