/** Numbers that are learned, with the moments of their slopes. */
export interface Learned {
  readonly values: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

export function startLearning(values: Float32Array): Learned {
  return { values, first: new Float32Array(values.length), second: new Float32Array(values.length) };
}

/**
 * One step of Adam (Kingma & Ba 2015) with decay apart from the slope (Loshchilov & Hutter 2019), over a run of the
 * numbers from `from` on, one for each of `slope`.
 *
 * @param step  counted from 1
 * @param scale what the slope is multiplied by
 */
export function descend(
  { values, first, second }: Learned,
  slope: Float32Array,
  { step, rate, decay = 0, scale = 1, from = 0 }: DescentOptions,
): void {
  const a = 1 - 0.9 ** step;
  const b = 1 - 0.999 ** step;
  const kept = 1 - rate * decay;
  for (let i = 0; i < slope.length; i++) {
    const at = from + i;
    const g = scale * (slope[i] ?? 0);
    const mean = 0.9 * (first[at] ?? 0) + 0.1 * g;
    const square = 0.999 * (second[at] ?? 0) + 0.001 * g * g;
    first[at] = mean;
    second[at] = square;
    values[at] = kept * (values[at] ?? 0) - (rate * (mean / a)) / (Math.sqrt(square / b) + 1e-8);
  }
}

export interface DescentOptions {
  readonly step: number;
  readonly rate: number;
  readonly decay?: number;
  readonly scale?: number;
  readonly from?: number;
}
