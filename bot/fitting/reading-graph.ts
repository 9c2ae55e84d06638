import type { BertConfig } from '../../knowledge/embedding/bert-to-onnx.ts';
import { createGraphBuilder, type Port } from '../../knowledge/embedding/onnx-graph.ts';
import type { Tensor } from '../../knowledge/embedding/safetensors.ts';
import { createTape, type Size, type Tape, type Term } from './differentiate.ts';

/** What the last layers and what judges by them are made of. */
export interface ReadingPlan {
  readonly config: BertConfig;
  /** The weights that the layers start from. */
  readonly weights: (name: string) => Tensor;
  /** Number of the first layer that learns. */
  readonly first: number;
  readonly members: number;
  /** Of each member: ways of weighing tokens, hidden numbers. */
  readonly heads: number;
  readonly hidden: number;
  readonly labels: number;
}

/** Numbers that are learned. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A graph of one step of learning: from a batch to its loss, and how that changes with each parameter. */
export interface ReadingGraph {
  readonly model: Uint8Array;
  /** Of the encoder, by the checkpoint's names. */
  readonly ofLayers: readonly Parameter[];
  /** Of the members, by `memberParameter`. */
  readonly ofMembers: readonly Parameter[];
  /** Inputs that are 0 where something is left out, and where it is kept, more than 1, so that the mean stays. */
  readonly masks: { readonly ofTokens: readonly string[]; readonly ofHidden: readonly string[] };
}

/** Of a member: its queries, what the hidden layer makes of the mean and of the pools, the outer layer. */
export type MemberPart = 'queries' | 'ofMean' | 'ofPools' | 'innerBias' | 'outer' | 'outerBias';

/** The name of the input that gives a part of a member, the sums of its clues, or what its hidden layer leaves out. */
export function memberParameter(member: number, part: MemberPart | 'clues' | 'mask'): string {
  return `member ${member} ${part}`;
}

/** The name of the output that tells how the loss changes with an input. */
export function slopeOf(input: string): string {
  return `slope of ${input}`;
}

/**
 * In: `hidden` [batch, tokens, width], what the layers below make of each message; `attention_bias` [batch, 1, 1, tokens]
 * and `token_bias` [batch, 1, tokens], 0 or a large negative number at padding; `shares` [batch, 1, tokens], of each token
 * in the mean; `targets` [batch, labels], which sum to a message's weight in the batch; for each member the sums of its
 * clues [batch, labels]; masks; and all parameters. Out: `loss`, the cross entropy, and slopes of parameters and clues.
 */
export function readingGraph(plan: ReadingPlan): ReadingGraph {
  const { config, first, members } = plan;
  const graph = createGraphBuilder('quotewell-reading');
  const tape = createTape(graph);
  const inputs: Port[] = [];
  const input = (name: string, shape: readonly Size[]): Term => {
    inputs.push({ name, type: 'float', shape });
    return { value: name, shape };
  };
  const ofLayers: Parameter[] = [];
  const ofMembers: Parameter[] = [];
  const learned = (name: string, shape: readonly number[], list: Parameter[]) => {
    list.push({ name, shape });
    return input(name, shape);
  };
  const ofTokens: string[] = [];
  const wide = ['batch', 'tokens', config.hidden_size];
  const layerParts: LayerParts = {
    tape,
    config,
    bias: input('attention_bias', ['batch', 1, 1, 'tokens']),
    weight: (name) => learned(name, plan.weights(name).shape, ofLayers),
    drop(term, name) {
      ofTokens.push(name);
      return tape.multiply(term, input(name, wide));
    },
  };
  let tokens = input('hidden', wide);
  for (let index = first; index < config.num_hidden_layers; index++) tokens = layer(layerParts, index, tokens);

  const shares = input('shares', ['batch', 1, 'tokens']);
  const mean = tape.reshape(tape.product(shares, tokens), ['batch', config.hidden_size]);
  const bias = input('token_bias', ['batch', 1, 'tokens']);
  const targets = input('targets', ['batch', plan.labels]);
  const clues: Term[] = [];
  const ofHidden: string[] = [];
  let loss = tape.constant(0);
  for (let member = 0; member < members; member++) {
    const own = (part: MemberPart, shape: readonly number[]) =>
      learned(memberParameter(member, part), shape, ofMembers);
    const { hidden_size: width } = config;
    const likeness = tape.transpose(tape.linear(tokens, own('queries', [plan.heads, width])), [0, 2, 1]);
    const pools = tape.product(tape.softmax(tape.add(likeness, bias)), tokens);
    const sight = tape.add(
      tape.linear(mean, own('ofMean', [plan.hidden, width])),
      tape.linear(
        tape.reshape(pools, ['batch', plan.heads * width]),
        own('ofPools', [plan.hidden, plan.heads * width]),
      ),
    );
    const felt = tape.rectify(tape.add(sight, own('innerBias', [plan.hidden])));
    ofHidden.push(memberParameter(member, 'mask'));
    const kept = tape.multiply(felt, input(memberParameter(member, 'mask'), ['batch', plan.hidden]));
    const said = tape.linear(kept, own('outer', [plan.labels, plan.hidden]));
    const ofClues = input(memberParameter(member, 'clues'), ['batch', plan.labels]);
    clues.push(ofClues);
    const scores = tape.add(tape.add(said, own('outerBias', [plan.labels])), ofClues);
    loss = tape.subtract(loss, tape.sum(tape.multiply(tape.logSoftmax(scores), targets)));
  }
  loss = tape.divide(loss, tape.constant(members));

  const asked: Term[] = [...[...ofLayers, ...ofMembers].map(({ name, shape }) => ({ value: name, shape })), ...clues];
  const slopes = tape.slopes(loss, asked).map((slope, i) => ({ ...slope, name: slopeOf(asked[i]?.value ?? '') }));
  const outputs = [{ ...loss, name: 'loss' }, ...slopes].map((output) => ({ ...output, type: 'float' as const }));
  return { model: graph.finish({ inputs, outputs }), ofLayers, ofMembers, masks: { ofTokens, ofHidden } };
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
