import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Projection } from '../../knowledge/embedding/projection.ts';
import { createMatrixProduct, type MatrixProduct, type Rows } from './matrix-product.ts';
import { createRandom, shuffle } from './random.ts';

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
  epochs: 16,
  batch: 256,
  temperature: 0.05,
  learningRate: 5e-4,
  sampled: 0.15,
  decay: 1e-3,
  seed: 20261123,
};

/**
 * Learns a projection in which a question lies near the vectors of its own class: neighbourhood component analysis
 * (Goldberger et al. 2004) with a cosine and a temperature, each question left out of its own neighbourhood, by Adam
 * (Kingma & Ba 2015), starting from half-whitened principal axes. The same input gives the same projection.
 */
export async function trainProjection(
  data: readonly LabelledVector[],
  options: TrainingOptions = TRAINING,
  onEpoch: (epoch: number, loss: number) => void = () => {},
): Promise<Projection> {
  const width = data[0]?.vector.length ?? 0;
  const random = createRandom(options.seed);
  const product = await createMatrixProduct();
  const mean = meanOf(
    data.filter((entry) => entry.asks).map((entry) => entry.vector),
    width,
  );
  const centered = data.map(({ vector }) => vector.map((value, i) => value - (mean[i] ?? 0)));
  const start = halfWhitened(
    centered.filter((_, i) => data[i]?.asks),
    width,
  );
  const matrix: Rows = { data: start.slice(), rows: width, columns: width };
  const adam = createAdam(matrix.data.length, options.learningRate);
  const questions = data.flatMap((entry, i) => (entry.asks ? [i] : []));

  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(questions, random);
    let loss = 0;
    for (let from = 0; from < questions.length; from += options.batch) {
      const batch = questions.slice(from, from + options.batch);
      const inBatch = new Set(batch);
      const members = [...batch, ...data.keys()].filter(
        (i, place) => place < batch.length || (!inBatch.has(i) && random() < options.sampled),
      );
      const inputs = stack(
        members.map((i) => centered[i] ?? new Float32Array(width)),
        width,
      );
      const labels = members.map((i) => data[i]?.label ?? -1);
      const step = await slope({
        product,
        inputs,
        labels,
        asking: batch.length,
        matrix,
        temperature: options.temperature,
      });
      loss += step.loss;
      const gradient = step.gradient.map(
        (value, i) => value + options.decay * ((matrix.data[i] ?? 0) - (start[i] ?? 0)),
      );
      adam(matrix.data, gradient);
    }
    onEpoch(epoch + 1, loss / questions.length);
  }
  return { mean, matrix: matrix.data, dimension: width };
}

/** Loss of one batch, summed, and its gradient by the matrix. The first `asking` members ask; all can be found. */
async function slope({
  product,
  inputs,
  labels,
  asking,
  matrix,
  temperature,
}: {
  product: MatrixProduct;
  inputs: Rows;
  labels: readonly number[];
  asking: number;
  matrix: Rows;
  temperature: number;
}): Promise<{ loss: number; gradient: Float32Array }> {
  const { rows, columns } = inputs;
  const raw = await product(inputs, matrix, { b: true });
  const { units, norms } = normalizeRows(raw);
  const asked: Rows = { data: units.data.subarray(0, asking * columns), rows: asking, columns };
  const logits = await product(asked, units, { b: true });
  const { loss, pushes } = pushApart(logits, labels, temperature);

  const found = await product(pushes, asked, { a: true });
  const asker = await product(pushes, units);
  const total = found.data.slice();
  for (let i = 0; i < asker.data.length; i++) total[i] = (total[i] ?? 0) + (asker.data[i] ?? 0);
  // Through the normalization: d/dx of x/|x|.
  for (let row = 0; row < rows; row++) {
    const base = row * columns;
    let along = 0;
    for (let i = base; i < base + columns; i++) along += (total[i] ?? 0) * (units.data[i] ?? 0);
    for (let i = base; i < base + columns; i++) {
      total[i] = ((total[i] ?? 0) - along * (units.data[i] ?? 0)) / (norms[row] ?? 1);
    }
  }
  const gradient = await product({ data: total, rows, columns }, inputs, { a: true });
  return { loss, gradient: gradient.data };
}

/** For each asker, how the mass of its neighbourhood lies against the mass of its own class; itself left out. */
function pushApart(
  { data, rows, columns }: Rows,
  labels: readonly number[],
  temperature: number,
): { loss: number; pushes: Rows } {
  const pushes = new Float32Array(data.length);
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const base = row * columns;
    let largest = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < columns; j++) if (j !== row) largest = Math.max(largest, data[base + j] ?? 0);
    let all = 0;
    let own = 0;
    for (let j = 0; j < columns; j++) {
      if (j === row) continue;
      const mass = Math.exp(((data[base + j] ?? 0) - largest) / temperature);
      pushes[base + j] = mass;
      all += mass;
      if (labels[j] === labels[row]) own += mass;
    }
    for (let j = 0; j < columns; j++) {
      const mass = pushes[base + j] ?? 0;
      const pull = own > 0 && labels[j] === labels[row] ? mass / own : 0;
      pushes[base + j] = own > 0 ? (mass / all - pull) / (rows * temperature) : 0;
    }
    pushes[base + row] = 0;
    if (own > 0) loss -= Math.log(own / all);
  }
  return { loss, pushes: { data: pushes, rows, columns } };
}

function normalizeRows({ data, rows, columns }: Rows): { units: Rows; norms: Float32Array } {
  const units = new Float32Array(data.length);
  const norms = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const base = row * columns;
    let squares = 0;
    for (let i = base; i < base + columns; i++) squares += (data[i] ?? 0) ** 2;
    const norm = Math.sqrt(squares) || 1;
    norms[row] = norm;
    for (let i = base; i < base + columns; i++) units[i] = (data[i] ?? 0) / norm;
  }
  return { units: { data: units, rows, columns }, norms };
}

function stack(vectors: readonly Float32Array[], columns: number): Rows {
  const data = new Float32Array(vectors.length * columns);
  for (const [row, vector] of vectors.entries()) data.set(vector, row * columns);
  return { data, rows: vectors.length, columns };
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
