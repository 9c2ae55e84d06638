import onnxRuntime from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { createTape, type Size, type Tape, type Term } from '../../../bot/fitting/differentiate.ts';
import { createRandom } from '../../../bot/fitting/random.ts';
import { createGraphBuilder } from '../../../knowledge/embedding/onnx-graph.ts';

const { InferenceSession, Tensor } = onnxRuntime;

/** Sizes that vary, as a run fills them. */
const NAMED: Record<string, number> = { batch: 2, tokens: 3 };
const count = (shape: readonly Size[]) => sizes(shape).reduce((a, b) => a * b, 1);
const sizes = (shape: readonly Size[]) => shape.map((size) => (typeof size === 'string' ? (NAMED[size] ?? 0) : size));

/** A computation of one result from `a` and, where it has a shape, `b`. */
interface Case {
  readonly name: string;
  readonly a: readonly Size[];
  readonly b?: readonly Size[];
  readonly compute: (tape: Tape, a: Term, b: Term) => Term;
  readonly positive?: boolean;
}

const CASES: readonly Case[] = [
  { name: 'sums', a: ['batch', 2], b: ['batch', 2], compute: (tape, a, b) => tape.add(a, b) },
  { name: 'sums with what is repeated', a: ['batch', 'tokens', 4], b: [4], compute: (tape, a, b) => tape.add(a, b) },
  { name: 'differences', a: ['batch', 1, 4], b: ['tokens', 1], compute: (tape, a, b) => tape.subtract(a, b) },
  { name: 'products of numbers', a: ['batch', 4], b: ['batch', 1], compute: (tape, a, b) => tape.multiply(a, b) },
  { name: 'squares', a: ['batch', 4], compute: (tape, a) => tape.multiply(a, a) },
  { name: 'ratios', a: [3, 1], b: [4], positive: true, compute: (tape, a, b) => tape.divide(a, b) },
  { name: 'roots', a: [5], positive: true, compute: (tape, a) => tape.squareRoot(a) },
  { name: 'the error function', a: ['batch', 5], compute: (tape, a) => tape.erf(a) },
  { name: 'rectified numbers', a: ['batch', 8], compute: (tape, a) => tape.rectify(a) },
  { name: 'softmax', a: ['batch', 'tokens', 4], compute: (tape, a) => tape.softmax(a) },
  { name: 'the logarithm of softmax', a: ['batch', 5], compute: (tape, a) => tape.logSoftmax(a) },
  { name: 'means', a: ['batch', 'tokens', 4], compute: (tape, a) => tape.mean(a) },
  { name: 'a sum', a: ['batch', 3], compute: (tape, a) => tape.multiply(tape.sum(a), tape.sum(a)) },
  {
    name: 'products of matrices',
    a: ['batch', 2, 'tokens', 4],
    b: ['batch', 2, 4, 'tokens'],
    compute: (tape, a, b) => tape.product(a, b),
  },
  { name: 'linear maps', a: ['batch', 'tokens', 4], b: [5, 4], compute: (tape, a, b) => tape.linear(a, b) },
  { name: 'other shapes', a: ['batch', 'tokens', 4], compute: (tape, a) => tape.reshape(a, ['batch', 'tokens', 2, 2]) },
  { name: 'turned axes', a: ['batch', 'tokens', 4], compute: (tape, a) => tape.transpose(a, [1, 2, 0]) },
  {
    name: 'what is used twice, among what is not asked for',
    a: ['batch', 4],
    b: [4, 4],
    compute: (tape, a, b) => {
      const hidden = tape.rectify(tape.linear(a, b));
      return tape.add(tape.multiply(hidden, tape.softmax(hidden)), tape.multiply(a, tape.constant(0.5)));
    },
  },
];

describe('slopes', () => {
  it.each(CASES)('are what small changes show: $name', async ({ a, b, compute, positive = false }) => {
    const random = createRandom(7);
    const numbers = (shape: readonly Size[]) =>
      Float32Array.from({ length: count(shape) }, () => (positive ? 0.5 + random() : 2 * random() - 1));
    const shapes = b ? [a, b] : [a];
    const values = shapes.map(numbers);
    const run = await build(shapes, compute, createRandom(8));
    const { slopes } = await run(values);
    for (const [i, slope] of slopes.entries()) {
      for (const [place, value] of slope.entries()) {
        const lossAt = async (number: number) => {
          const changed = values.map((list) => list.slice());
          changed[i]?.fill(number, place, place + 1);
          return (await run(changed)).loss;
        };
        const before = values[i]?.[place] ?? 0;
        const shown = ((await lossAt(before + CHANGE)) - (await lossAt(before - CHANGE))) / (2 * CHANGE);
        expect(value).toBeCloseTo(shown, 2);
      }
    }
  });

  it('are refused of a loss that is many numbers, and with respect to what it does not depend on', () => {
    const tape = createTape(createGraphBuilder('test'));
    const [a, b] = [term('a', [2]), term('b', [2])];
    expect(() => tape.slopes(tape.add(a, b), [a])).toThrow(/no single number/);
    expect(() => tape.slopes(tape.sum(a), [b])).toThrow(/does not depend on b/);
  });
});

describe('a tape', () => {
  it('refuses shapes that do not fit', () => {
    const tape = createTape(createGraphBuilder('test'));
    expect(() => tape.add(term('a', ['batch', 3]), term('b', ['batch', 4]))).toThrow(/don't fit/);
    expect(() => tape.product(term('a', [2, 3]), term('b', [2, 3]))).toThrow(/no product of shapes 2,3 and 2,3/);
    expect(() => tape.linear(term('a', [2, 3]), term('b', [3, 2]))).toThrow(/no linear/);
    expect(() => tape.reshape(term('a', [6]), ['batch', 'tokens'])).toThrow(/no reshape/);
  });
});

const CHANGE = 1e-2;

function term(value: string, shape: readonly Size[]): Term {
  return { value, shape };
}

/** The loss weighs each number of the result by another one, so that none hides another. */
async function build(shapes: readonly (readonly Size[])[], compute: Case['compute'], random: () => number) {
  const graph = createGraphBuilder('test');
  const tape = createTape(graph);
  const inputs = shapes.map((shape, i) => term(`input_${i}`, shape));
  const [a, b] = inputs;
  if (!a) throw new RangeError('no input');
  const result = compute(tape, a, b ?? a);
  const weights = Float32Array.from({ length: count(result.shape) }, () => 2 * random() - 1);
  const weight = term(graph.floats('weight', sizes(result.shape), weights), result.shape);
  const loss = tape.sum(tape.multiply(result, weight));
  const slopes = tape.slopes(loss, inputs);
  const model = graph.finish({
    inputs: inputs.map(({ value, shape }) => ({ name: value, type: 'float', shape })),
    outputs: [loss, ...slopes].map(({ value, shape }, i) => ({ name: `output_${i}`, type: 'float', shape, value })),
  });
  const session = await InferenceSession.create(Buffer.from(model), { intraOpNumThreads: 1 });
  return async (values: readonly Float32Array[]) => {
    const feeds = inputs.map(({ value, shape }, i) => [value, new Tensor('float32', values[i] ?? [], sizes(shape))]);
    const outputs = await session.run(Object.fromEntries(feeds));
    const [lossOf, ...slopesOf] = session.outputNames.map((name) => outputs[name]?.data as Float32Array);
    return { loss: lossOf?.[0] ?? Number.NaN, slopes: slopesOf };
  };
}
