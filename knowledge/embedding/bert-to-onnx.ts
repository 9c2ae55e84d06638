import { createGraphBuilder, type GraphBuilder, type Value } from './onnx-graph.ts';
import { quantizeRows, WEIGHT_MAX } from './quantize-rows.ts';
import type { Tensor } from './safetensors.ts';
import type { TunedLayers } from './tuned-layers.ts';

/** The numbers of a BERT encoder's `config.json` that its graph depends on. */
export interface BertConfig {
  readonly hidden_size: number;
  readonly num_attention_heads: number;
  readonly num_hidden_layers: number;
  readonly layer_norm_eps: number;
}

/**
 * An int8 ONNX encoder from BERT weights (Devlin et al. 2019; names as in the Hugging Face checkpoint).
 *
 * Inputs `input_ids`, `attention_mask`, `token_type_ids` of shape [batch, tokens]; output `last_hidden_state` of shape
 * [batch, tokens, hidden_size]. Products with weights run in 8-bit integers, with activations quantized on the fly.
 *
 * Layers tuned for search stand in place of the last ones. With layers tuned for triage there is a second output of that
 * shape, `read_tokens`: what they make of the layers below, which both share.
 */
export function bertToOnnx(
  config: BertConfig,
  weights: (name: string) => Tensor,
  { search, triage }: { search?: TunedLayers | undefined; triage?: TunedLayers | undefined } = {},
): Uint8Array {
  const graph = createGraphBuilder('quotewell-bert');
  const { hidden_size: width, num_hidden_layers: layers } = config;
  const original: Layer = { graph, weights, config, prefix: '' };
  const attend = createAttention(original);
  const gelu = createGelu(graph);

  const run = (layer: Layer, index: number, hidden: Value) => {
    const at = `encoder.layer.${index}`;
    const attention = linear(layer, quantize(graph, attend(layer, at, hidden)), `${at}.attention.output.dense`);
    const attended = layerNorm(layer, graph.node('Add', [attention, hidden]), `${at}.attention.output.LayerNorm`);
    const inner = gelu(linear(layer, quantize(graph, attended), `${at}.intermediate.dense`));
    const outer = linear(layer, quantize(graph, inner), `${at}.output.dense`);
    return layerNorm(layer, graph.node('Add', [outer, attended]), `${at}.output.LayerNorm`);
  };
  const output = (name: string, value: Value) =>
    ({ name, type: 'float', shape: ['batch', 'tokens', width], value }) as const;

  const searching: Layer = search ? { ...original, weights: weightsOf(search) } : original;
  const main = (index: number) => (index < (search?.first ?? layers) ? original : searching);
  const shared = triage?.first ?? layers;
  let hidden = embeddings(original);
  for (let index = 0; index < shared; index++) hidden = run(main(index), index, hidden);
  let read = hidden;
  for (let index = shared; index < layers; index++) hidden = run(main(index), index, hidden);
  const outputs = [output('last_hidden_state', hidden)];
  if (triage) {
    const layer: Layer = { graph, weights: weightsOf(triage), config, prefix: 'triage.' };
    for (let index = shared; index < layers; index++) read = run(layer, index, read);
    outputs.push(output('read_tokens', read));
  }
  return graph.finish({
    inputs: ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => ({
      name,
      type: 'int64',
      shape: ['batch', 'tokens'],
    })),
    outputs,
  });
}

function weightsOf({ weights }: TunedLayers): Layer['weights'] {
  return (name) => {
    const tensor = weights.get(name);
    if (!tensor) throw new TypeError(`tuned layers: no tensor named "${name}"`);
    return tensor;
  };
}

/** What the heads of a layer hear, side by side. */
function createAttention({ graph, config }: Layer): (layer: Layer, at: string, hidden: Value) => Value {
  const { hidden_size: width, num_attention_heads: heads } = config;
  const mask = attentionBias(graph);
  const toHeads = graph.int64('to_heads', [0, 0, heads, width / heads]);
  const fromHeads = graph.int64('from_heads', [0, 0, width]);
  const scale = graph.floats('attention_scale', [1], Float32Array.of(Math.sqrt(width / heads)));
  return (layer, at, hidden) => {
    const input = quantize(graph, hidden);
    const project = (name: string, perm: number[]) =>
      graph.node(
        'Transpose',
        [graph.node('Reshape', [linear(layer, input, `${at}.attention.self.${name}`), toHeads])],
        { perm },
      );
    const query = project('query', [0, 2, 1, 3]);
    const key = project('key', [0, 2, 3, 1]);
    const value = project('value', [0, 2, 1, 3]);
    const scores = graph.node('Add', [graph.node('Div', [graph.node('MatMul', [query, key]), scale]), mask]);
    const attended = graph.node('MatMul', [graph.node('Softmax', [scores], { axis: -1 }), value]);
    return graph.node('Reshape', [graph.node('Transpose', [attended], { perm: [0, 2, 1, 3] }), fromHeads]);
  };
}

interface Layer {
  readonly graph: GraphBuilder;
  readonly weights: (name: string) => Tensor;
  readonly config: BertConfig;
  /** Before the names of its constants. */
  readonly prefix: string;
}

/** Word, position and token-type embeddings, summed and normalized. Words are int8 with one scale a row. */
function embeddings(layer: Layer): Value {
  const { graph, weights } = layer;
  const words = weights('embeddings.word_embeddings.weight');
  const { values, scales, rows, columns } = quantizeRows(words, 127);
  const gather = (table: Value, ids: Value) => graph.node('Gather', [table, ids], { axis: 0 });
  const picked = graph.node('Cast', [gather(graph.int8('words', [rows, columns], values), 'input_ids')], { to: FLOAT });
  const word = graph.node('Mul', [picked, gather(graph.floats('word_scales', [rows, 1], scales), 'input_ids')]);
  const type = gather(parameter(layer, 'embeddings.token_type_embeddings.weight'), 'token_type_ids');
  const length = graph.node('Slice', [
    graph.node('Shape', ['input_ids']),
    graph.int64('one_index', [1]),
    graph.int64('two_index', [2]),
  ]);
  const position = graph.node('Slice', [
    parameter(layer, 'embeddings.position_embeddings.weight'),
    graph.int64('position_start', [0]),
    length,
    graph.int64('position_axis', [0]),
  ]);
  const sum = graph.node('Add', [graph.node('Add', [word, type]), position]);
  return layerNorm(layer, sum, 'embeddings.LayerNorm');
}

/** 0 where a token counts, a large negative number where it is padding. */
function attentionBias(graph: GraphBuilder): Value {
  const axes = graph.int64('mask_axes', [1, 2]);
  const mask = graph.node('Cast', [graph.node('Unsqueeze', ['attention_mask', axes])], { to: FLOAT });
  const padding = graph.node('Sub', [graph.floats('one', [1], Float32Array.of(1)), mask]);
  return graph.node('Mul', [padding, graph.floats('minus_much', [1], Float32Array.of(-1e4))]);
}

/** The exact GELU, x · (1 + erf(x / √2)) / 2 (Hendrycks & Gimpel 2016). */
function createGelu(graph: GraphBuilder): (x: Value) => Value {
  const rootTwo = graph.floats('root_two', [1], Float32Array.of(Math.SQRT2));
  const half = graph.floats('half', [1], Float32Array.of(0.5));
  return (x) => {
    const erf = graph.node('Erf', [graph.node('Div', [x, rootTwo])]);
    return graph.node('Mul', [x, graph.node('Mul', [graph.node('Add', [erf, 'one']), half])]);
  };
}

/** Quantized activations: the values, their scale, their zero point. Shared by all products that read them. */
type Quantized = readonly [values: Value, scale: Value, zeroPoint: Value];

function quantize(graph: GraphBuilder, x: Value): Quantized {
  const [values = '', scale = '', zeroPoint = ''] = graph.nodes('DynamicQuantizeLinear', [x], 3);
  return [values, scale, zeroPoint];
}

/** x · Wᵀ + b in integers, with one scale for each output column. */
function linear({ graph, weights, prefix }: Layer, [values, scale, zeroPoint]: Quantized, name: string): Value {
  const weight = quantizeRows(weights(`${name}.weight`), WEIGHT_MAX);
  const { rows: outputs, columns: inputs } = weight;
  const transposed = new Int8Array(weight.values.length);
  for (let row = 0; row < outputs; row++) {
    for (let column = 0; column < inputs; column++) {
      transposed[column * outputs + row] = weight.values[row * inputs + column] ?? 0;
    }
  }
  const product = graph.node('MatMulInteger', [
    values,
    graph.int8(`${prefix}${name}.q`, [inputs, outputs], transposed),
    zeroPoint,
    graph.int8(`${prefix}${name}.zero`, [outputs], new Int8Array(outputs)),
  ]);
  const scales = graph.node('Mul', [scale, graph.floats(`${prefix}${name}.scales`, [outputs], weight.scales)]);
  const real = graph.node('Mul', [graph.node('Cast', [product], { to: FLOAT }), scales]);
  const bias = weights(`${name}.bias`);
  return graph.node('Add', [real, graph.floats(`${prefix}${name}.bias`, bias.shape, bias.data)]);
}

function layerNorm(layer: Layer, x: Value, name: string): Value {
  const inputs = [x, parameter(layer, `${name}.weight`), parameter(layer, `${name}.bias`)];
  return layer.graph.node('LayerNormalization', inputs, { axis: -1, epsilon: { float: layer.config.layer_norm_eps } });
}

function parameter({ graph, weights, prefix }: Layer, name: string): Value {
  const { shape, data } = weights(name);
  return graph.floats(`${prefix}${name}`, shape, data);
}

/** ONNX's number for 32-bit floats. */
const FLOAT = 1;
