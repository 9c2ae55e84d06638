import { createGraphBuilder } from '../../knowledge/embedding/onnx-graph.ts';
import { createTape, type Term } from './differentiate.ts';
import { createInputs, encoderLayers, finishLearning, type Parameter, type TunableEncoder } from './encoder-layers.ts';

/** What the last layers and what judges by them are made of. */
export interface ReadingPlan extends TunableEncoder {
  readonly members: number;
  /** Of each member: ways of weighing tokens, hidden numbers. */
  readonly heads: number;
  readonly hidden: number;
  readonly labels: number;
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

/**
 * In: those of `encoderLayers`; `targets` [batch, labels], which sum to a message's weight in the batch; for each member
 * the sums of its clues [batch, labels]; masks; and all parameters. Out: `loss`, the cross entropy, and slopes of parameters and clues.
 */
export function readingGraph(plan: ReadingPlan): ReadingGraph {
  const { config, members } = plan;
  const graph = createGraphBuilder('quotewell-reading');
  const tape = createTape(graph);
  const inputs = createInputs();
  const { input, learned } = inputs;
  const { tokens, bias, mean, learned: ofLayers, masks: ofTokens } = encoderLayers(tape, inputs, plan);
  const ofMembers: Parameter[] = [];
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

  return {
    model: finishLearning({ graph, tape, inputs, loss, also: clues }),
    ofLayers,
    ofMembers,
    masks: { ofTokens, ofHidden },
  };
}
