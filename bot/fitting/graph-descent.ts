import onnxRuntime, { type Tensor as OnnxTensor } from 'onnxruntime-node';
import type { TunedLayers } from '../../knowledge/embedding/tuned-layers.ts';
import { descend, type Learned } from './adam.ts';
import { type Parameter, slopeOf, type TunableEncoder } from './encoder-layers.ts';
import { batchesOf, tensor } from './tuning-batches.ts';

/** What is learned, by name, in the order of the graph's inputs; how fast at most, and its pull toward zero. */
export type LearnedByName = ReadonlyMap<
  string,
  Learned & Parameter & { readonly rate: number; readonly decay: number }
>;

export interface Schedule {
  readonly epochs: number;
  readonly batch: number;
  /** Share of the steps in which the rate rises; then it falls to almost nothing. */
  readonly rising: number;
  /** The longest that the slope of all may be. */
  readonly longest: number;
}

export type Feeds = Record<string, OnnxTensor>;

/** One batch, ready to be learned from. */
export interface Lesson {
  /** All inputs but the parameters. */
  readonly feeds: Feeds;
  /** Learns what is no input itself, from the slopes of inputs. */
  readonly learn?: (
    slope: (input: string) => Float32Array,
    at: { readonly step: number; readonly share: number },
  ) => void;
}

/**
 * Gradient descent by a graph that gives `loss` and the slope of each parameter. The same examples give the same result on
 * the same machine.
 *
 * @param what   for `onStep`, which hears in words how it goes, every few seconds
 * @param lesson makes a batch's inputs
 */
export async function descendGraph<Example extends { readonly tokens: Float32Array }>({
  what,
  model,
  parameters,
  examples,
  schedule,
  random,
  lesson,
  onStep,
}: {
  what: string;
  model: Uint8Array;
  parameters: LearnedByName;
  examples: readonly Example[];
  schedule: Schedule;
  random: () => number;
  lesson: (batch: readonly Example[]) => Lesson;
  onStep: (text: string) => void;
}): Promise<void> {
  const run = await openGraph(model);
  const { epochs, batch: size, rising, longest } = schedule;
  const steps = epochs * Math.ceil(examples.length / size);
  const tell = createTeller({ what, steps, onStep });
  let step = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    for (const batch of batchesOf(examples, size, random)) {
      const share = Math.min(1, step / (rising * steps)) * (1 - step / steps) + 0.01;
      step += 1;
      const { feeds, learn } = lesson(batch);
      for (const { name, shape, values } of parameters.values()) feeds[name] = tensor(values, shape);
      const found = await run(feeds);
      const slopes = [...parameters.keys()].map((name) => found(slopeOf(name)));
      const scale = clipping(slopes, longest);
      for (const [i, learned] of [...parameters.values()].entries()) {
        const { rate, decay } = learned;
        descend(learned, slopes[i] ?? NONE, { step, rate: rate * share, decay, scale });
      }
      learn?.((input) => found(slopeOf(input)), { step, share });
      tell(epoch, step, found('loss')[0] ?? Number.NaN);
    }
  }
}

/** What a parameter has become. */
export function valuesOf(parameters: LearnedByName, name: string): Float32Array {
  const learned = parameters.get(name);
  if (!learned) throw new RangeError(`tuning: nothing is learned by the name of ${name}`);
  return learned.values;
}

/** What the layers have become. */
export function layersOf(
  { first }: TunableEncoder,
  ofLayers: readonly Parameter[],
  parameters: LearnedByName,
): TunedLayers {
  const weights = ofLayers.map(({ name, shape }) => [name, { shape, data: valuesOf(parameters, name) }] as const);
  return { first, weights: new Map(weights) };
}

const NONE = new Float32Array();

/** Runs the graph; its outputs are asked for by name. */
async function openGraph(model: Uint8Array): Promise<(feeds: Feeds) => Promise<(output: string) => Float32Array>> {
  // Threads share out rows and columns, so each sum is still added by one of them, in one order. Batches differ in shape,
  // and a pattern of memory for each would fill it.
  const options = { intraOpNumThreads: THREADS, enableMemPattern: false };
  const session = await onnxRuntime.InferenceSession.create(Buffer.from(model), options);
  return async (feeds) => {
    const outputs = await session.run(feeds);
    return (name) => {
      const output = outputs[name];
      if (!output) throw new Error(`tuning: the graph gives no ${name}`);
      return output.data as Float32Array;
    };
  };
}

/** What slopes are multiplied by, so that all together are at most so long (Pascanu et al. 2013). */
function clipping(slopes: readonly Float32Array[], longest: number): number {
  let squares = 0;
  for (const slope of slopes) for (let i = 0; i < slope.length; i++) squares += (slope[i] ?? 0) ** 2;
  return Math.min(1, longest / (Math.sqrt(squares) + 1e-6));
}

/** Tells the loss and the pace since it last told. */
function createTeller({ what, steps, onStep }: { what: string; steps: number; onStep: (text: string) => void }) {
  let [sum, count, since] = [0, 0, performance.now()];
  return (epoch: number, step: number, loss: number) => {
    sum += loss;
    count += 1;
    const seconds = (performance.now() - since) / 1000;
    if (seconds < TELL_EVERY && step < steps) return;
    const pace = `${(count / seconds).toFixed(1)} steps a second`;
    onStep(`${what}: epoch ${epoch}, step ${step} of ${steps}, loss ${(sum / count).toFixed(3)}, ${pace}`);
    [sum, count, since] = [0, 0, performance.now()];
  };
}

const TELL_EVERY = 10;
const THREADS = 2;
