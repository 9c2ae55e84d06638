import { createGraphBuilder } from '../../knowledge/embedding/onnx-graph.ts';
import { createTape, type Tape, type Term } from './differentiate.ts';
import { createInputs, encoderLayers, finishLearning, type Parameter, type TunableEncoder } from './encoder-layers.ts';

export interface SearchingPlan extends TunableEncoder {
  /** What texts belong to. */
  readonly groups: number;
  /** What cosines are divided by: the smaller, the more the nearest groups matter. */
  readonly temperature: number;
}

/** A graph of one step of learning: from a batch to its loss, and how that changes with each parameter. */
export interface SearchingGraph {
  readonly model: Uint8Array;
  /** Of the encoder, by the checkpoint's names. */
  readonly ofLayers: readonly Parameter[];
  /** Inputs that leave something out, as of `encoderLayers`. */
  readonly masks: readonly string[];
}

/** The name of the parameter [groups, width] that holds the middle of each group. */
export const CENTERS = 'centers';

/**
 * In: those of `encoderLayers`; `targets` [batch, groups], shares of each group in each text, which sum to one over the
 * batch; and all parameters. Out: `loss`, the cross entropy of a softmax over the cosines between a text's mean token and
 * the groups' centers (Movshovitz-Attias et al. 2017), and slopes of parameters.
 */
export function searchingGraph(plan: SearchingPlan): SearchingGraph {
  const { config, groups, temperature } = plan;
  const graph = createGraphBuilder('quotewell-searching');
  const tape = createTape(graph);
  const inputs = createInputs();
  const { mean, learned: ofLayers, masks } = encoderLayers(tape, inputs, plan);
  const targets = inputs.input('targets', ['batch', groups]);
  const own: Parameter[] = [];
  const centers = inputs.learned(CENTERS, [groups, config.hidden_size], own);
  const cosines = tape.linear(unit(tape, mean, config.hidden_size), unit(tape, centers, config.hidden_size));
  const scores = tape.multiply(cosines, tape.constant(1 / temperature));
  const loss = tape.subtract(tape.constant(0), tape.sum(tape.multiply(tape.logSoftmax(scores), targets)));

  return { model: finishLearning({ graph, tape, inputs, loss }), ofLayers, masks };
}

/** At unit length along the last axis. */
function unit(tape: Tape, term: Term, width: number): Term {
  const squares = tape.multiply(tape.mean(tape.multiply(term, term)), tape.constant(width));
  return tape.divide(term, tape.squareRoot(squares));
}
