import { dot, type Embedding } from '../../../knowledge/embedding/embedder.ts';
import type { Clues } from './clues.ts';

/**
 * A small network that gives each label a probability: one hidden layer over what it sees of the message, and a weight
 * per clue and label. Learned by `bot/fitting/tune-layers.ts`, together with the encoder's layers that read for it.
 *
 * What it sees is the mean of the message's tokens, and means in which some tokens count more: each head has learned
 * which ones (attention pooling, Lin et al. 2017). So half a sentence in a long message is heard.
 *
 * It stands beside the rules, not above them: which rules fired is among its clues, and a clinician who adds a rule
 * changes what it says.
 */
export interface Classifier {
  /** Dangers, decisions to refer, and `none`. */
  readonly labels: readonly string[];
  /** Length of a token's vector. */
  readonly tokenWidth: number;
  /** How many ways of weighing tokens. */
  readonly heads: number;
  readonly hidden: number;
  /** `heads` rows of `tokenWidth`: how much a token counts follows from its likeness to them. */
  readonly queries: Float32Array;
  /** `hidden` rows of `(1 + heads) * tokenWidth`. */
  readonly inner: Float32Array;
  readonly innerBias: Float32Array;
  /** A row of `hidden` for each label. */
  readonly outer: Float32Array;
  readonly outerBias: Float32Array;
  /** A row of one per label for each place of a clue, in steps of `steps[label]`. */
  readonly clues: Int8Array;
  readonly steps: Float32Array;
}

/** Classifiers of the same labels, learned with other chances: their mean is steadier than each. */
export type Ensemble = readonly Classifier[];

/** Mean probability of each label. Nothing of no members. */
export function classifyTogether(members: Ensemble, message: Message, clues: Clues): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const member of members) {
    const probabilities = classify(member, message, clues);
    for (const [i, label] of member.labels.entries()) {
      sums.set(label, (sums.get(label) ?? 0) + (probabilities[i] ?? 0) / members.length);
    }
  }
  return sums;
}

/** Probability of each label, in the order of `labels`; they sum to 1. */
export function classify(classifier: Classifier, message: Message, clues: Clues): Float32Array {
  const { labels, outer, outerBias, hidden, steps } = classifier;
  const felt = feel(classifier, seeMessage(classifier, message));
  const sums = weighClues(classifier, clues);
  const scores = Float32Array.from(labels, (_, label) => {
    let score = (outerBias[label] ?? 0) + (sums[label] ?? 0) * (steps[label] ?? 0);
    for (let i = 0; i < hidden; i++) score += (outer[label * hidden + i] ?? 0) * (felt[i] ?? 0);
    return score;
  });
  return softmax(scores);
}

/** How much a clue of words counts where there are so many: a long message has many, of which few tell. */
export function shareOfWords(count: number): number {
  return 1 / Math.sqrt(count || 1);
}

/** How much each rule counts. */
export const SHARE_OF_RULE = 0.5;

/** The mean of the message's tokens, then their mean by each head. */
function seeMessage(
  { tokenWidth, heads, queries }: Pick<Classifier, 'tokenWidth' | 'heads' | 'queries'>,
  { tokens }: Message,
): Float32Array {
  const sight = new Float32Array((1 + heads) * tokenWidth);
  const count = tokens.length / tokenWidth;
  const addMean = (shares: Float32Array, base: number) => {
    for (let token = 0; token < count; token++) {
      const share = shares[token] ?? 0;
      const from = token * tokenWidth;
      for (let i = 0; i < tokenWidth; i++) sight[base + i] = (sight[base + i] ?? 0) + share * (tokens[from + i] ?? 0);
    }
  };
  addMean(new Float32Array(count).fill(1 / count), 0);
  for (let head = 0; head < heads; head++) {
    const query = queries.subarray(head * tokenWidth, (head + 1) * tokenWidth);
    addMean(attend(query, tokens), (1 + head) * tokenWidth);
  }
  return sight;
}

/** What a classifier reads of a message, beside clues. */
export type Message = Pick<Embedding, 'tokens'>;

/** How much each token counts to a head; they sum to 1. */
function attend(query: Float32Array, tokens: Float32Array): Float32Array {
  const width = query.length;
  const scores = new Float32Array(tokens.length / width);
  for (let token = 0; token < scores.length; token++) scores[token] = dot(tokens, query, token * width);
  return softmax(scores);
}

/** The hidden layer: rectified. */
function feel(
  { hidden, inner, innerBias }: Pick<Classifier, 'hidden' | 'inner' | 'innerBias'>,
  sight: Float32Array,
): Float32Array {
  const felt = new Float32Array(hidden);
  for (let row = 0; row < hidden; row++) {
    felt[row] = Math.max(0, (innerBias[row] ?? 0) + dot(inner, sight, row * sight.length));
  }
  return felt;
}

function weighClues({ labels, clues }: Classifier, { words, rules }: Clues): Float32Array {
  const sums = new Float32Array(labels.length);
  const add = (places: readonly number[], share: number) => {
    for (const place of places) {
      const base = place * labels.length;
      for (let label = 0; label < labels.length; label++) {
        sums[label] = (sums[label] ?? 0) + share * (clues[base + label] ?? 0);
      }
    }
  };
  add(words, shareOfWords(words.length));
  add(rules, SHARE_OF_RULE);
  return sums;
}

function softmax(scores: Float32Array): Float32Array {
  const largest = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const masses = scores.map((score) => Math.exp(score - largest));
  const all = masses.reduce((a, b) => a + b, 0);
  return masses.map((mass) => mass / all);
}

/** Members one after another, each with its length before it (32 bits, little-endian). */
export function encodeEnsemble(members: Ensemble): Buffer {
  return Buffer.concat(
    members.flatMap((member) => {
      const bytes = encodeClassifier(member);
      const length = Buffer.alloc(LENGTH);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
  );
}

/** Throws `RangeError` when the bytes are none. */
export function decodeEnsemble(bytes: Buffer): Ensemble {
  const members: Classifier[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + LENGTH <= bytes.length ? at + LENGTH + bytes.readUInt32LE(at) : fail();
    members.push(decodeClassifier(bytes.subarray(at + LENGTH, end)));
    at = end;
  }
  return members.length > 0 ? members : fail();
}

const LENGTH = 4;

/** As bytes: a line of JSON with labels and sizes, then the numbers, little-endian, in the order of `Classifier`. */
export function encodeClassifier(classifier: Classifier): Buffer {
  const { labels, tokenWidth, heads, hidden, clues } = classifier;
  const sizes = { tokenWidth, heads, hidden, places: clues.length / labels.length };
  const head = `${JSON.stringify({ labels, ...sizes })}\n`;
  // Floats begin at a multiple of four.
  const padded = head.trimEnd().padEnd(Math.ceil(head.length / 4) * 4 - 1);
  const floats = FLOATS.map((name) => classifier[name]);
  return Buffer.concat([Buffer.from(`${padded}\n`), ...[...floats, clues].map((numbers) => bytesOf(numbers))]);
}

/** Throws `RangeError` when the bytes are no classifier. */
export function decodeClassifier(bytes: Buffer): Classifier {
  const end = bytes.indexOf('\n') + 1;
  const { labels, places, ...sizes } = readHead(bytes.subarray(0, end).toString('utf8'));
  const { tokenWidth, heads, hidden } = sizes;
  const seen = (1 + heads) * tokenWidth;
  const lengths = [heads * tokenWidth, hidden * seen, hidden, labels.length * hidden, labels.length, labels.length];
  const all = lengths.reduce((a, b) => a + b, 0);
  if (end % 4 !== 0 || bytes.length !== end + 4 * all + places * labels.length) fail();
  const body = new Uint8Array(bytes.subarray(end)).buffer;
  let at = 0;
  const next = (length: number) => {
    const numbers = new Float32Array(body, at, length);
    at += 4 * length;
    return numbers;
  };
  const [queries, inner, innerBias, outer, outerBias, steps] = lengths.map(next) as [F32, F32, F32, F32, F32, F32];
  const floats = { queries, inner, innerBias, outer, outerBias, steps };
  return { labels, ...sizes, ...floats, clues: new Int8Array(body, at) };
}

type F32 = Float32Array;
const FLOATS = ['queries', 'inner', 'innerBias', 'outer', 'outerBias', 'steps'] as const;

interface Head {
  readonly labels: readonly string[];
  readonly tokenWidth: number;
  readonly heads: number;
  readonly hidden: number;
  readonly places: number;
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
  throw new RangeError(`classifier: the file is damaged; ${mend}`, { cause });
}

function bytesOf(numbers: Float32Array | Int8Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
