/**
 * Upper end of the one-sided Clopper–Pearson interval (1934): the largest rate at which seeing at most `k` in `n` still
 * has a chance of 1 - `confidence`.
 */
export function upperBound(k: number, n: number, confidence = 0.95): number {
  if (n === 0 || k >= n) return 1;
  let low = k / n;
  let high = 1;
  for (let i = 0; i < 60; i++) {
    const rate = (low + high) / 2;
    if (binomialTail(k, n, rate) > 1 - confidence) low = rate;
    else high = rate;
  }
  return high;
}

/** Chance of at most `k` in `n` at a rate. */
function binomialTail(k: number, n: number, rate: number): number {
  let term = n * Math.log1p(-rate);
  let sum = Math.exp(term);
  for (let i = 1; i <= k; i++) {
    term += Math.log((n - i + 1) / i) + Math.log(rate) - Math.log1p(-rate);
    sum += Math.exp(term);
  }
  return sum;
}
