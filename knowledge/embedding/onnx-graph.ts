import onnxProto, { type onnx as Onnx } from 'onnx-proto';

// A CommonJS package: its names come through the default export.
const { onnx } = onnxProto;

/** Name of a value that flows through the graph. */
export type Value = string;

/** An input or output of the graph. A size that varies has a name instead of a number. */
export interface Port {
  readonly name: string;
  readonly type: 'float' | 'int64';
  readonly shape: readonly (string | number)[];
}

/** Writes an ONNX graph node by node; every method returns the names of what it made. */
export interface GraphBuilder {
  floats(name: string, shape: readonly number[], data: Float32Array): Value;
  int8(name: string, shape: readonly number[], data: Int8Array): Value;
  int64(name: string, data: readonly number[]): Value;
  /** Adds one operator with a single output. */
  node(op: string, inputs: readonly Value[], attributes?: Attributes): Value;
  /** Adds one operator with several outputs. */
  nodes(op: string, inputs: readonly Value[], outputs: number): Value[];
  /** The finished model, as the bytes of an .onnx file: the same calls give the same bytes. */
  finish(ends: { inputs: readonly Port[]; outputs: readonly (Port & { value: Value })[] }): Uint8Array;
}

/** Whole numbers, lists of them, or `{ float }`. */
export type Attributes = Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;

// Opset 17 is the first with LayerNormalization; IR version 8 is the one that ONNX Runtime 1.14 reads it with.
const OPSET = 17;
const IR_VERSION = 8;

export function createGraphBuilder(producer: string): GraphBuilder {
  const initializers: Onnx.ITensorProto[] = [];
  const operators: Onnx.INodeProto[] = [];
  const { DataType } = onnx.TensorProto;

  const constant = (name: string, shape: readonly number[], dataType: number, data: ArrayBufferView): Value => {
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    initializers.push({ name, dims: [...shape], dataType, rawData });
    return name;
  };
  const nodes = (op: string, inputs: readonly Value[], outputs: number, attributes: Attributes = {}): Value[] => {
    const name = `${op}_${operators.length}`;
    const output = Array.from({ length: outputs }, (_, index) => `${name}_${index}`);
    operators.push({ name, opType: op, input: [...inputs], output, attribute: toAttributes(attributes) });
    return output;
  };
  return {
    floats: (name, shape, data) => constant(name, shape, DataType.FLOAT, data),
    int8: (name, shape, data) => constant(name, shape, DataType.INT8, data),
    int64: (name, data) => constant(name, [data.length], DataType.INT64, BigInt64Array.from(data.map(BigInt))),
    node: (op, inputs, attributes) => `${nodes(op, inputs, 1, attributes)[0]}`,
    nodes: (op, inputs, outputs) => nodes(op, inputs, outputs),
    finish({ inputs, outputs }) {
      for (const { name, value } of outputs) {
        operators.push({ name, opType: 'Identity', input: [value], output: [name] });
      }
      const model = {
        irVersion: IR_VERSION,
        producerName: producer,
        opsetImport: [{ domain: '', version: OPSET }],
        graph: {
          name: producer,
          node: operators,
          initializer: initializers,
          input: inputs.map(valueInfo),
          output: outputs.map(valueInfo),
        },
      };
      return onnx.ModelProto.encode(onnx.ModelProto.fromObject(model)).finish();
    },
  };
}

function toAttributes(attributes: Attributes): Onnx.IAttributeProto[] {
  const { AttributeType } = onnx.AttributeProto;
  return Object.entries(attributes).map(([name, value]) => {
    if (typeof value === 'number') return { name, i: value, type: AttributeType.INT };
    if ('float' in value) return { name, f: value.float, type: AttributeType.FLOAT };
    return { name, ints: [...value], type: AttributeType.INTS };
  });
}

function valueInfo({ name, type, shape }: Port): Onnx.IValueInfoProto {
  const { FLOAT, INT64 } = onnx.TensorProto.DataType;
  const dim = shape.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: type === 'float' ? FLOAT : INT64, shape: { dim } } } };
}
