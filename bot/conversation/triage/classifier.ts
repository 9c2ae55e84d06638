import type { Clues } from './clues.ts';

/**
 * A small network that gives each label a probability: one hidden layer over the message's vector, and a weight per
 * clue and label. Learned by `bot/fitting/train-classifier.ts`.
 *
 * It stands beside the rules, not above them: which rules fired is among its clues, and a clinician who adds a rule
 * changes what it says.
 */
export interface Classifier {
  /** Dangers, decisions to refer, and `none`. */
  readonly labels: readonly string[];
  /** Length of a vector. */
  readonly width: number;
  readonly hidden: number;
  /** `hidden` rows of `width`. */
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
export function classifyTogether(members: Ensemble, vector: Float32Array, clues: Clues): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const member of members) {
    const probabilities = classify(member, vector, clues);
    for (const [i, label] of member.labels.entries()) {
      sums.set(label, (sums.get(label) ?? 0) + (probabilities[i] ?? 0) / members.length);
    }
  }
  return sums;
}

/** Probability of each label, in the order of `labels`; they sum to 1. */
export function classify(classifier: Classifier, vector: Float32Array, clues: Clues): Float32Array {
  const { labels, outer, outerBias, hidden, steps } = classifier;
  const felt = feel(classifier, vector);
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

/** The numbers of a vector of unit length are small; learning goes better with larger ones. */
export const VECTOR_SCALE = 4;

/** The hidden layer: rectified. */
function feel({ width, hidden, inner, innerBias }: Classifier, vector: Float32Array): Float32Array {
  const felt = new Float32Array(hidden);
  for (let row = 0; row < hidden; row++) {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += (inner[row * width + i] ?? 0) * (vector[i] ?? 0);
    felt[row] = Math.max(0, (innerBias[row] ?? 0) + VECTOR_SCALE * sum);
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

export function softmax(scores: Float32Array): Float32Array {
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
  const { labels, width, hidden, clues } = classifier;
  const head = `${JSON.stringify({ labels, width, hidden, places: clues.length / labels.length })}\n`;
  // Floats begin at a multiple of four.
  const padded = head.trimEnd().padEnd(Math.ceil(head.length / 4) * 4 - 1);
  const floats = FLOATS.map((name) => classifier[name]);
  return Buffer.concat([Buffer.from(`${padded}\n`), ...[...floats, clues].map((numbers) => bytesOf(numbers))]);
}

/** Throws `RangeError` when the bytes are no classifier. */
export function decodeClassifier(bytes: Buffer): Classifier {
  const end = bytes.indexOf('\n') + 1;
  const { labels, width, hidden, places } = readHead(bytes.subarray(0, end).toString('utf8'));
  const lengths = [hidden * width, hidden, labels.length * hidden, labels.length, labels.length];
  const all = lengths.reduce((a, b) => a + b, 0);
  if (end % 4 !== 0 || bytes.length !== end + 4 * all + places * labels.length) fail();
  const body = new Uint8Array(bytes.subarray(end)).buffer;
  let at = 0;
  const next = (length: number) => {
    const numbers = new Float32Array(body, at, length);
    at += 4 * length;
    return numbers;
  };
  const [inner, innerBias, outer, outerBias, steps] = lengths.map(next) as [F32, F32, F32, F32, F32];
  return { labels, width, hidden, inner, innerBias, outer, outerBias, steps, clues: new Int8Array(body, at) };
}

type F32 = Float32Array;
const FLOATS = ['inner', 'innerBias', 'outer', 'outerBias', 'steps'] as const;

interface Head {
  readonly labels: readonly string[];
  readonly width: number;
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
