import type { GraphBuilder, Value } from '../../knowledge/embedding/onnx-graph.ts';

/** A length, or the name of one that varies. */
export type Size = number | string;

/** A value in a graph, and its shape. */
export interface Term {
  readonly value: Value;
  readonly shape: readonly Size[];
}

/**
 * Writes a computation into a graph and notes each step, so that `slopes` can write its derivative behind it: reverse-mode
 * differentiation (Linnainmaa 1976; Baydin et al. 2018). Shapes that don't fit throw `RangeError`.
 */
export interface Tape {
  /** One number. */
  constant(number: number): Term;
  /** Two terms number by number; sizes of 1, and leading ones that one lacks, are repeated. */
  add(a: Term, b: Term): Term;
  subtract(a: Term, b: Term): Term;
  multiply(a: Term, b: Term): Term;
  divide(a: Term, b: Term): Term;
  squareRoot(a: Term): Term;
  /** The error function. */
  erf(a: Term): Term;
  /** What is below zero becomes zero. */
  rectify(a: Term): Term;
  /** Along the last axis. */
  softmax(a: Term): Term;
  logSoftmax(a: Term): Term;
  /** Along the last axis, which keeps a size of 1. */
  mean(a: Term): Term;
  /** Of all numbers: one. */
  sum(a: Term): Term;
  /** Of the last two axes; the others are alike. */
  product(a: Term, b: Term): Term;
  /** `a · weightᵀ`, a weight being `[outputs, inputs]`. */
  linear(a: Term, weight: Term): Term;
  /** At most one size may be new in its place and named. */
  reshape(a: Term, shape: readonly Size[]): Term;
  transpose(a: Term, order: readonly number[]): Term;
  /** How `loss`, one number, changes with each of `terms`. */
  slopes(loss: Term, terms: readonly Term[]): Term[];
}

export function createTape(graph: GraphBuilder): Tape {
  const steps: Step[] = [];
  const term = (value: Value, shape: readonly Size[]): Term => ({ value, shape });
  const node = (op: string, inputs: readonly Value[], attributes = {}) => graph.node(op, inputs, attributes);

  let constants = 0;
  const integers = (list: readonly number[]) => graph.int64(`tape_integers_${constants++}`, list);
  const constant = (number: number): Term =>
    term(graph.floats(`tape_number_${constants++}`, [], Float32Array.of(number)), []);

  /** Notes a step: `pull` says what the slope of its result makes of the slopes of its inputs. */
  const step = (inputs: readonly Term[], result: Term, pull: (slope: Value) => readonly Value[]): Term => {
    steps.push({ inputs, result, pull });
    return result;
  };

  const byNumber = (op: string, a: Term, b: Term, pull: (slope: Value, result: Value) => readonly [Value, Value]) => {
    const result = term(node(op, [a.value, b.value]), repeated(a.shape, b.shape));
    return step([a, b], result, (slope) => {
      const [toA, toB] = pull(slope, result.value);
      return [gather(toA, result.shape, a.shape), gather(toB, result.shape, b.shape)];
    });
  };
  const alone = (a: Term, result: Value, pull: (slope: Value) => Value) =>
    step([a], term(result, a.shape), (slope) => [pull(slope)]);

  /** The slope of something repeated is the sum over its copies. */
  const gather = (slope: Value, from: readonly Size[], to: readonly Size[]): Value => {
    const leading = from.length - to.length;
    const more = Array.from({ length: leading }, (_, axis) => axis);
    const copied = to.flatMap((size, i) => (size === 1 && from[leading + i] !== 1 ? [leading + i] : []));
    const kept = copied.length > 0 ? node('ReduceSum', [slope, integers(copied)], { keepdims: 1 }) : slope;
    return more.length > 0 ? node('ReduceSum', [kept, integers(more)], { keepdims: 0 }) : kept;
  };
  const sumOfLast = (value: Value) => node('ReduceSum', [value, integers([-1])], { keepdims: 1 });
  const likeShape = (value: Value, of: Term) => node('Reshape', [value, node('Shape', [of.value])]);
  const times = (a: Value, b: Value) => node('Mul', [a, b]);

  const tape: Tape = {
    constant,
    add: (a, b) => byNumber('Add', a, b, (slope) => [slope, slope]),
    subtract: (a, b) => byNumber('Sub', a, b, (slope) => [slope, node('Neg', [slope])]),
    multiply: (a, b) => byNumber('Mul', a, b, (slope) => [times(slope, b.value), times(slope, a.value)]),
    divide: (a, b) =>
      byNumber('Div', a, b, (slope, result) => {
        const share = node('Div', [slope, b.value]);
        return [share, node('Neg', [times(share, result)])];
      }),
    squareRoot(a) {
      const root = node('Sqrt', [a.value]);
      return alone(a, root, (slope) => node('Div', [times(slope, constant(0.5).value), root]));
    },
    erf: (a) =>
      alone(a, node('Erf', [a.value]), (slope) => {
        const bell = node('Exp', [node('Neg', [times(a.value, a.value)])]);
        return times(slope, times(bell, constant(2 / Math.sqrt(Math.PI)).value));
      }),
    rectify(a) {
      const result = node('Relu', [a.value]);
      return alone(a, result, (slope) => times(slope, node('Sign', [result])));
    },
    softmax(a) {
      const shares = node('Softmax', [a.value], { axis: -1 });
      return alone(a, shares, (slope) => {
        const felt = times(slope, shares);
        return node('Sub', [felt, times(shares, sumOfLast(felt))]);
      });
    },
    logSoftmax(a) {
      const logs = node('LogSoftmax', [a.value], { axis: -1 });
      return alone(a, logs, (slope) => node('Sub', [slope, times(node('Exp', [logs]), sumOfLast(slope))]));
    },
    mean(a) {
      const shape = [...a.shape.slice(0, -1), 1];
      const count = a.shape.at(-1);
      if (typeof count !== 'number') throw new RangeError(`differentiate: a mean over "${count}" has no known length`);
      const result = term(node('ReduceMean', [a.value], { axes: [-1], keepdims: 1 }), shape);
      return step([a], result, (slope) => [
        node('Expand', [times(slope, constant(1 / count).value), node('Shape', [a.value])]),
      ]);
    },
    sum: (a) =>
      step([a], term(node('ReduceSum', [a.value], { keepdims: 0 }), []), (slope) => [
        node('Expand', [slope, node('Shape', [a.value])]),
      ]),
    product(a, b) {
      const [rows, inner] = a.shape.slice(-2);
      const [alike, columns] = b.shape.slice(-2);
      const before = a.shape.slice(0, -2);
      if (inner !== alike || String(before) !== String(b.shape.slice(0, -2))) refuse('product', a, b);
      const turned = (value: Value) => node('Transpose', [value], { perm: lastTwoSwapped(a.shape.length) });
      const shape = [...before, rows ?? 1, columns ?? 1];
      return step([a, b], term(node('MatMul', [a.value, b.value]), shape), (slope) => [
        node('MatMul', [slope, turned(b.value)]),
        node('MatMul', [turned(a.value), slope]),
      ]);
    },
    linear(a, weight) {
      const [outputs = 1, inputs = 1] = weight.shape;
      if (a.shape.at(-1) !== inputs || weight.shape.length !== 2) refuse('linear', a, weight);
      const turned = node('Transpose', [weight.value], { perm: [1, 0] });
      const result = term(node('MatMul', [a.value, turned]), [...a.shape.slice(0, -1), outputs]);
      const flat = (value: Value, width: Size) => node('Reshape', [value, integers([-1, Number(width)])]);
      return step([a, weight], result, (slope) => [
        node('MatMul', [slope, weight.value]),
        node('Gemm', [flat(slope, outputs), flat(a.value, inputs)], { transA: 1 }),
      ]);
    },
    reshape(a, shape) {
      const sizes = shape.map((size, i) => (typeof size === 'number' ? size : size === a.shape[i] ? 0 : -1));
      if (sizes.filter((size) => size === -1).length > 1) refuse('reshape', a, term('', shape));
      return step([a], term(node('Reshape', [a.value, integers(sizes)]), shape), (slope) => [likeShape(slope, a)]);
    },
    transpose(a, order) {
      const back = order.map((_, axis) => order.indexOf(axis));
      const shape = order.map((axis) => a.shape[axis] ?? 1);
      return step([a], term(node('Transpose', [a.value], { perm: order }), shape), (slope) => [
        node('Transpose', [slope], { perm: back }),
      ]);
    },
    slopes(loss, terms) {
      if (loss.shape.length > 0) throw new RangeError(`differentiate: the loss is no single number, but ${loss.shape}`);
      const asked = new Set(terms.map(({ value }) => value));
      // What none of the terms flows into has no part in it.
      for (const { inputs, result } of steps) {
        if (inputs.some(({ value }) => asked.has(value))) asked.add(result.value);
      }
      const found = new Map<Value, Value>([[loss.value, constant(1).value]]);
      for (const { inputs, result, pull } of steps.toReversed()) {
        const slope = found.get(result.value);
        if (slope === undefined || !asked.has(result.value)) continue;
        const pulled = pull(slope);
        for (const [i, { value }] of inputs.entries()) {
          const [more, sofar] = [pulled[i], found.get(value)];
          if (more !== undefined && asked.has(value)) {
            found.set(value, sofar === undefined ? more : node('Add', [sofar, more]));
          }
        }
      }
      return terms.map(({ value, shape }) => {
        const slope = found.get(value);
        if (slope === undefined) throw new RangeError(`differentiate: the loss does not depend on ${value}`);
        return term(slope, shape);
      });
    },
  };
  return tape;
}

interface Step {
  readonly inputs: readonly Term[];
  readonly result: Term;
  readonly pull: (slope: Value) => readonly Value[];
}

/** The shape of two terms number by number. */
function repeated(a: readonly Size[], b: readonly Size[]): Size[] {
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, i) => {
    const [one = 1, other = 1] = [a[a.length - length + i], b[b.length - length + i]];
    if (one !== other && one !== 1 && other !== 1) {
      throw new RangeError(`differentiate: shapes ${a} and ${b} don't fit each other`);
    }
    return one === 1 ? other : one;
  });
}

function lastTwoSwapped(length: number): number[] {
  const order = Array.from({ length }, (_, axis) => axis);
  return [...order.slice(0, -2), length - 1, length - 2];
}

function refuse(what: string, a: Term, b: Term): never {
  throw new RangeError(`differentiate: no ${what} of shapes ${a.shape} and ${b.shape}`);
}
