import type { BertConfig } from '../../knowledge/embedding/bert-to-onnx.ts';
import type { GraphBuilder, Port } from '../../knowledge/embedding/onnx-graph.ts';
import type { Tensor } from '../../knowledge/embedding/safetensors.ts';
import type { Size, Tape, Term } from './differentiate.ts';

/** The encoder whose last layers learn. */
export interface TunableEncoder {
  readonly config: BertConfig;
  /** What the layers start from, by the checkpoint's names. */
  readonly weights: (name: string) => Tensor;
  /** Number of the first layer that learns. */
  readonly first: number;
}

/** Numbers that are learned. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
}

/** The inputs of a graph that learns, as they are written down. */
export interface Inputs {
  readonly ports: readonly Port[];
  /** Those that are learned, in order. */
  readonly parameters: readonly Term[];
  readonly input: (name: string, shape: readonly Size[]) => Term;
  /** An input that is learned, noted in a list. */
  readonly learned: (name: string, shape: readonly number[], list: Parameter[]) => Term;
}

export function createInputs(): Inputs {
  const ports: Port[] = [];
  const parameters: Term[] = [];
  const input = (name: string, shape: readonly Size[]): Term => {
    ports.push({ name, type: 'float', shape });
    return { value: name, shape };
  };
  return {
    ports,
    parameters,
    input,
    learned(name, shape, list) {
      list.push({ name, shape });
      const term = input(name, shape);
      parameters.push(term);
      return term;
    },
  };
}

/** The name of the output that tells how the loss changes with an input. */
export function slopeOf(input: string): string {
  return `slope of ${input}`;
}

/**
 * The graph as bytes, its outputs `loss` and the slope of everything learned.
 *
 * @param also inputs that are not learned here, whose slopes are asked for as well
 */
export function finishLearning({
  graph,
  tape,
  inputs,
  loss,
  also = [],
}: {
  graph: GraphBuilder;
  tape: Tape;
  inputs: Inputs;
  loss: Term;
  also?: readonly Term[];
}): Uint8Array {
  const asked = [...inputs.parameters, ...also];
  const slopes = tape.slopes(loss, asked).map((slope, i) => ({ ...slope, name: slopeOf(asked[i]?.value ?? '') }));
  const outputs = [{ ...loss, name: 'loss' }, ...slopes].map((output) => ({ ...output, type: 'float' as const }));
  return graph.finish({ inputs: inputs.ports, outputs });
}

export interface EncoderLayers {
  /** What the last layer makes of each token: [batch, tokens, width]. */
  readonly tokens: Term;
  /** 0, or a large negative number at padding: [batch, 1, tokens]. */
  readonly bias: Term;
  /** Its mean over a message's tokens: [batch, width]. */
  readonly mean: Term;
  /** By the checkpoint's names. */
  readonly learned: readonly Parameter[];
  /** Inputs [batch, tokens, width] that are 0 where something is left out, and where it is kept, more than 1, so that the mean stays. */
  readonly masks: readonly string[];
}

/**
 * The layers that learn, from inputs `hidden` [batch, tokens, width], what the layers below make of each message;
 * `attention_bias` [batch, 1, 1, tokens], 0 or a large negative number at padding; `shares` [batch, 1, tokens], of each
 * token in the mean; masks; and their weights.
 */
export function encoderLayers(tape: Tape, { input, learned }: Inputs, encoder: TunableEncoder): EncoderLayers {
  const { config, first } = encoder;
  const ofLayers: Parameter[] = [];
  const masks: string[] = [];
  const wide = ['batch', 'tokens', config.hidden_size];
  const attentionBias = input('attention_bias', ['batch', 1, 1, 'tokens']);
  const parts: LayerParts = {
    tape,
    config,
    bias: attentionBias,
    weight: (name) => learned(name, encoder.weights(name).shape, ofLayers),
    drop(term, name) {
      masks.push(name);
      return tape.multiply(term, input(name, wide));
    },
  };
  let tokens = input('hidden', wide);
  for (let index = first; index < config.num_hidden_layers; index++) tokens = layer(parts, index, tokens);
  const shares = input('shares', ['batch', 1, 'tokens']);
  const mean = tape.reshape(tape.product(shares, tokens), ['batch', config.hidden_size]);
  const bias = tape.reshape(attentionBias, ['batch', 1, 'tokens']);
  return { tokens, bias, mean, learned: ofLayers, masks };
}

interface LayerParts {
  readonly tape: Tape;
  readonly config: BertConfig;
  readonly bias: Term;
  readonly weight: (name: string) => Term;
  /** Leaves out what a mask of this name says. */
  readonly drop: (term: Term, name: string) => Term;
}

/** A layer as in `bert-to-onnx.ts`, in 32-bit floats. */
function layer(parts: LayerParts, index: number, hidden: Term): Term {
  const { tape, config, bias, drop } = parts;
  const { hidden_size: width, num_attention_heads: heads } = config;
  const at = `encoder.layer.${index}`;
  const linear = (term: Term, name: string) =>
    tape.add(tape.linear(term, parts.weight(`${at}.${name}.weight`)), parts.weight(`${at}.${name}.bias`));
  const project = (name: string, order: readonly number[]) =>
    tape.transpose(
      tape.reshape(linear(hidden, `attention.self.${name}`), ['batch', 'tokens', heads, width / heads]),
      order,
    );
  const likeness = tape.product(project('query', [0, 2, 1, 3]), project('key', [0, 2, 3, 1]));
  const scores = tape.add(tape.multiply(likeness, tape.constant(1 / Math.sqrt(width / heads))), bias);
  const heard = tape.product(tape.softmax(scores), project('value', [0, 2, 1, 3]));
  const context = tape.reshape(tape.transpose(heard, [0, 2, 1, 3]), ['batch', 'tokens', width]);
  const attention = drop(linear(context, 'attention.output.dense'), `mask ${index} attention`);
  const attended = normalize(parts, tape.add(attention, hidden), `${at}.attention.output.LayerNorm`);
  const outer = linear(gelu(tape, linear(attended, 'intermediate.dense')), 'output.dense');
  return normalize(parts, tape.add(drop(outer, `mask ${index} output`), attended), `${at}.output.LayerNorm`);
}

/** To mean 0 and spread 1 along the last axis, then to a learned scale and middle (Ba et al. 2016). */
function normalize({ tape, config, weight }: LayerParts, term: Term, name: string): Term {
  const centered = tape.subtract(term, tape.mean(term));
  const variance = tape.add(tape.mean(tape.multiply(centered, centered)), tape.constant(config.layer_norm_eps));
  const even = tape.divide(centered, tape.squareRoot(variance));
  return tape.add(tape.multiply(even, weight(`${name}.weight`)), weight(`${name}.bias`));
}

/** The exact GELU (Hendrycks & Gimpel 2016). */
function gelu(tape: Tape, term: Term): Term {
  const erf = tape.erf(tape.multiply(term, tape.constant(Math.SQRT1_2)));
  return tape.multiply(term, tape.multiply(tape.add(erf, tape.constant(1)), tape.constant(0.5)));
}
