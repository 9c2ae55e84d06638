import { quantizeRows, WEIGHT_MAX } from './quantize-rows.ts';
import type { Tensor } from './safetensors.ts';

/** The encoder's last layers, learned further for another task than sentence vectors: they read what the layers below them give. */
export interface TunedLayers {
  /** Number of the first of them, from 0. */
  readonly first: number;
  /** By the names that the checkpoint gives the original ones. */
  readonly weights: ReadonlyMap<string, Tensor>;
}

/**
 * As bytes: a line of JSON with names and shapes; then in that order, little-endian, the numbers of each vector and the
 * scales of each matrix's rows; then each matrix in 8-bit integers. They are the integers that the graph computes with
 * (`bert-to-onnx.ts`), so that nothing is rounded twice.
 */
export function encodeTunedLayers({ first, weights }: TunedLayers): Buffer {
  const tensors = [...weights].map(([name, { shape }]) => ({ name, shape }));
  const head = `${JSON.stringify({ first, tensors })}\n`;
  // Floats begin at a multiple of four.
  const padded = `${head.trimEnd().padEnd(Math.ceil(head.length / 4) * 4 - 1)}\n`;
  const floats: Float32Array[] = [];
  const integers: Int8Array[] = [];
  for (const tensor of weights.values()) {
    if (tensor.shape.length === 1) {
      floats.push(tensor.data);
    } else {
      const { scales, values } = quantizeRows(tensor, WEIGHT_MAX);
      floats.push(scales);
      integers.push(values);
    }
  }
  return Buffer.concat([Buffer.from(padded), ...[...floats, ...integers].map(bytesOf)]);
}

/** Throws `RangeError` when the bytes are none. */
export function decodeTunedLayers(bytes: Uint8Array): TunedLayers {
  const end = bytes.indexOf(LINE_END) + 1;
  const { first, tensors } = readHead(Buffer.from(bytes.subarray(0, end)).toString('utf8'));
  const sizes = tensors.map(({ shape: [rows = 0, columns = 0], shape }) => ({
    floats: rows,
    integers: shape.length === 1 ? 0 : rows * columns,
  }));
  const floats = sizes.reduce((sum, size) => sum + size.floats, 0);
  const integers = sizes.reduce((sum, size) => sum + size.integers, 0);
  if (end % 4 !== 0 || bytes.length !== end + 4 * floats + integers) fail();
  const body = new Uint8Array(bytes.subarray(end)).buffer;
  const weights = new Map<string, Tensor>();
  let atFloat = 0;
  let atInteger = 4 * floats;
  for (const [i, { name, shape }] of tensors.entries()) {
    const size = sizes[i] ?? fail();
    const numbers = new Float32Array(body, atFloat, size.floats);
    atFloat += 4 * size.floats;
    const values = new Int8Array(body, atInteger, size.integers);
    atInteger += size.integers;
    const columns = shape[1] ?? 1;
    const data =
      shape.length === 1
        ? numbers
        : Float32Array.from(values, (value, at) => value * (numbers[Math.floor(at / columns)] ?? 0));
    weights.set(name, { shape, data });
  }
  return { first, weights };
}

const LINE_END = 10;

interface Head {
  readonly first: number;
  readonly tensors: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

function readHead(line: string): Head {
  try {
    return JSON.parse(line) as Head;
  } catch (cause) {
    return fail(cause);
  }
}

function fail(cause?: unknown): never {
  const mend = 'restore it from version control, or run "npm run fit"';
  throw new RangeError(`tuned layers: the file is damaged; ${mend}`, { cause });
}

function bytesOf(numbers: Float32Array | Int8Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
