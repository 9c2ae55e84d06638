import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Projection } from '../../knowledge/embedding/projection.ts';

/** A text that belongs to a class: a question, title or slice of a passage, or a judged example of the safety files. */
export interface LabelledVector {
  readonly vector: Float32Array;
  readonly label: number;
  /** Whether it is also used as a question; slices of passages are only ever found. */
  readonly asks: boolean;
}

export interface TrainingOptions {
  readonly epochs: number;
  readonly batch: number;
  readonly temperature: number;
  readonly learningRate: number;
  /** Share of all vectors that a batch is compared with. */
  readonly sampled: number;
  /** Pull back toward the start, so that few examples can't bend the space far. */
  readonly decay: number;
  readonly seed: number;
}

export const TRAINING: TrainingOptions = {
  epochs: 8,
  batch: 256,
  temperature: 0.05,
  learningRate: 1e-3,
  sampled: 0.08,
  decay: 1e-3,
  seed: 20261123,
};

/**
 * Learns a projection in which a question lies near the vectors of its own class: neighbourhood component analysis
 * (Goldberger et al. 2004) with a cosine and a temperature, each question left out of its own neighbourhood, by Adam
 * (Kingma & Ba 2015), starting from half-whitened principal axes. The same input gives the same projection.
 */
export function trainProjection(
  data: readonly LabelledVector[],
  options: TrainingOptions = TRAINING,
  onEpoch: (epoch: number, loss: number) => void = () => {},
): Projection {
  const width = data[0]?.vector.length ?? 0;
  const random = createRandom(options.seed);
  const mean = meanOf(
    data.filter((entry) => entry.asks).map((entry) => entry.vector),
    width,
  );
  const centered = data.map(({ vector }) => vector.map((value, i) => value - (mean[i] ?? 0)));
  const start = halfWhitened(
    centered.filter((_, i) => data[i]?.asks),
    width,
  );
  const matrix = start.slice();
  const adam = createAdam(matrix.length, options.learningRate);
  const questions = data.flatMap((entry, i) => (entry.asks ? [i] : []));

  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(questions, random);
    let loss = 0;
    for (let from = 0; from < questions.length; from += options.batch) {
      const batch = questions.slice(from, from + options.batch);
      const inBatch = new Set(batch);
      const others = data.flatMap((_, i) => (inBatch.has(i) || random() < options.sampled ? [i] : []));
      const gradient = new Float32Array(matrix.length);
      loss += addGradient({ data, centered, batch, others, matrix, width, temperature: options.temperature, gradient });
      for (let i = 0; i < matrix.length; i++) {
        gradient[i] = (gradient[i] ?? 0) + options.decay * ((matrix[i] ?? 0) - (start[i] ?? 0));
      }
      adam(matrix, gradient);
    }
    onEpoch(epoch + 1, loss / questions.length);
  }
  return { mean, matrix, dimension: width };
}

interface Step {
  readonly data: readonly LabelledVector[];
  readonly centered: readonly Float32Array[];
  readonly batch: readonly number[];
  readonly others: readonly number[];
  readonly matrix: Float32Array;
  readonly width: number;
  readonly temperature: number;
  readonly gradient: Float32Array;
}

/** Adds the gradient of one batch; returns its summed loss. */
function addGradient({ data, centered, batch, others, matrix, width, temperature, gradient }: Step): number {
  const raw = new Map<number, { unit: Float32Array; norm: number; slope: Float32Array }>();
  for (const i of others) {
    const product = multiply(matrix, centered[i] ?? new Float32Array(width), width);
    const norm = Math.hypot(...product) || 1;
    raw.set(i, { unit: product.map((value) => value / norm), norm, slope: new Float32Array(width) });
  }
  let loss = 0;
  for (const i of batch) {
    const query = raw.get(i);
    if (!query) continue;
    const logits = new Float32Array(others.length);
    let largest = Number.NEGATIVE_INFINITY;
    for (const [place, j] of others.entries()) {
      const value = j === i ? Number.NEGATIVE_INFINITY : dot(query.unit, raw.get(j)?.unit ?? query.unit) / temperature;
      logits[place] = value;
      largest = Math.max(largest, value);
    }
    let all = 0;
    let own = 0;
    for (const [place, j] of others.entries()) {
      const weight = Math.exp((logits[place] ?? 0) - largest);
      logits[place] = weight;
      all += weight;
      if (data[j]?.label === data[i]?.label) own += weight;
    }
    if (own === 0) continue;
    loss -= Math.log(own / all);
    for (const [place, j] of others.entries()) {
      const weight = logits[place] ?? 0;
      const push = weight / all - (data[j]?.label === data[i]?.label ? weight / own : 0);
      if (Math.abs(push) < 1e-6) continue;
      const other = raw.get(j);
      if (!other) continue;
      const scale = push / (batch.length * temperature);
      for (let d = 0; d < width; d++) {
        query.slope[d] = (query.slope[d] ?? 0) + scale * (other.unit[d] ?? 0);
        other.slope[d] = (other.slope[d] ?? 0) + scale * (query.unit[d] ?? 0);
      }
    }
  }
  // Through the normalization, then out to the matrix: d/dW of (W x)/|W x|.
  for (const [i, { unit, norm, slope }] of raw) {
    const along = dot(slope, unit);
    const input = centered[i] ?? new Float32Array(width);
    for (let row = 0; row < width; row++) {
      const value = ((slope[row] ?? 0) - along * (unit[row] ?? 0)) / norm;
      if (value === 0) continue;
      const base = row * width;
      for (let d = 0; d < width; d++) gradient[base + d] = (gradient[base + d] ?? 0) + value * (input[d] ?? 0);
    }
  }
  return loss;
}

function meanOf(vectors: readonly Float32Array[], width: number): Float32Array {
  const mean = new Float32Array(width);
  for (const vector of vectors)
    for (let i = 0; i < width; i++) mean[i] = (mean[i] ?? 0) + (vector[i] ?? 0) / vectors.length;
  return mean;
}

/** Principal axes as rows, each divided by the square root of its spread: large shared directions count less. */
function halfWhitened(vectors: readonly Float32Array[], width: number): Float32Array {
  const rows = new Matrix(vectors.map((vector) => Array.from(vector)));
  const covariance = rows.transpose().mmul(rows).div(vectors.length);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const matrix = new Float32Array(width * width);
  let squares = 0;
  for (let row = 0; row < width; row++) {
    const scale = (Math.sqrt(Math.max(0, realEigenvalues[row] ?? 0)) + 1e-3) ** -0.5;
    for (let i = 0; i < width; i++) {
      matrix[row * width + i] = eigenvectorMatrix.get(i, row) * scale;
      squares += (matrix[row * width + i] ?? 0) ** 2;
    }
  }
  // A common scale for any model: entries of size about 1/20, which suits the learning rate.
  const scale = 1 / (20 * Math.sqrt(squares / matrix.length));
  return matrix.map((value) => value * scale);
}

function createAdam(size: number, learningRate: number): (weights: Float32Array, gradient: Float32Array) => void {
  const first = new Float32Array(size);
  const second = new Float32Array(size);
  let step = 0;
  return (weights, gradient) => {
    step += 1;
    const a = 1 - 0.9 ** step;
    const b = 1 - 0.999 ** step;
    for (let i = 0; i < size; i++) {
      const g = gradient[i] ?? 0;
      first[i] = 0.9 * (first[i] ?? 0) + 0.1 * g;
      second[i] = 0.999 * (second[i] ?? 0) + 0.001 * g * g;
      weights[i] =
        (weights[i] ?? 0) - (learningRate * ((first[i] ?? 0) / a)) / (Math.sqrt((second[i] ?? 0) / b) + 1e-8);
    }
  };
}

function multiply(matrix: Float32Array, vector: Float32Array, width: number): Float32Array {
  const result = new Float32Array(width);
  for (let row = 0; row < width; row++) {
    const base = row * width;
    let sum = 0;
    for (let i = 0; i < width; i++) sum += (matrix[base + i] ?? 0) * (vector[i] ?? 0);
    result[row] = sum;
  }
  return result;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** Mulberry32: small, fast, and the same everywhere. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffle(list: number[], random: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j] ?? 0, list[i] ?? 0];
  }
}
