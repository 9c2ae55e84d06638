/** The sum of features, each times its weight; a feature that is not there counts nothing. */
export function weigh(weights: Readonly<Record<string, number>>, features: object): number {
  const values = features as Readonly<Record<string, number | undefined>>;
  let sum = 0;
  for (const name in weights) sum += (weights[name] ?? 0) * (values[name] ?? 0);
  return sum;
}
