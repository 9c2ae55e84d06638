import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Classifier,
  classify,
  classifyTogether,
  decodeClassifier,
  decodeEnsemble,
  encodeClassifier,
  encodeEnsemble,
  type Message,
} from '../../../../bot/conversation/triage/classifier.ts';

const NOTHING = { words: [], rules: [] };

/** One token of two numbers, followed by others alike. */
function message(first: number, second: number, times = 1): Message {
  return { tokens: Float32Array.from({ length: 2 * times }, (_, i) => (i % 2 === 0 ? first : second)) };
}

/** Two labels; the hidden number is the mean's first, where it is positive, and speaks for the first label. */
const classifier: Classifier = {
  labels: ['liver', 'none'],
  tokenWidth: 2,
  heads: 1,
  hidden: 1,
  // The head looks for tokens like (0, 10), of which the hidden number takes the second.
  queries: Float32Array.of(0, 10),
  inner: Float32Array.of(1, 0, 0, 2),
  innerBias: Float32Array.of(0),
  outer: Float32Array.of(1, 0),
  outerBias: Float32Array.of(0, 0),
  steps: Float32Array.of(0.5, 0.5),
  // Of three places, the second speaks for the first label.
  clues: Int8Array.of(0, 0, 8, 0, 0, 0),
};

describe('classify', () => {
  it('finds every label equally likely where nothing speaks for any', () => {
    expect([...classify(classifier, message(0, 0), NOTHING)]).toEqual([0.5, 0.5]);
  });

  it('hears the mean of the tokens, by what is above zero of it', () => {
    expect(classify(classifier, message(3, 0), NOTHING)[0]).toBeGreaterThan(0.9);
    expect(classify(classifier, message(3, 0, 4), NOTHING)).toEqual(classify(classifier, message(3, 0), NOTHING));
    expect(classify(classifier, message(-3, 0), NOTHING)[0]).toBe(0.5);
  });

  it('hears one token of many that a head looks for', () => {
    const calm = Float32Array.from({ length: 40 }, () => 0);
    const alarming = calm.slice();
    alarming[21] = 1;
    const heard = (tokens: Float32Array) => classify(classifier, { tokens }, NOTHING)[0] ?? 0;
    expect(heard(calm)).toBe(0.5);
    expect(heard(alarming)).toBeGreaterThan(0.7);
  });

  it('hears words, each the less the more there are', () => {
    const one = classify(classifier, message(0, 0), { words: [1], rules: [] })[0] ?? 0;
    const many = classify(classifier, message(0, 0), { words: [0, 1, 2], rules: [] })[0] ?? 0;
    expect(one).toBeGreaterThan(many);
    expect(many).toBeGreaterThan(0.5);
  });

  it('hears rules', () => {
    expect(classify(classifier, message(0, 0), { words: [], rules: [1] })[0]).toBeGreaterThan(0.5);
  });

  it('gives probabilities, however large the scores', () => {
    const loud = { ...classifier, outer: Float32Array.of(1e6, -1e6) };
    expect([...classify(loud, message(3, 0), NOTHING)]).toEqual([1, 0]);
  });
});

describe('a classifier as bytes', () => {
  it('is the same when read back', () => {
    expect(decodeClassifier(encodeClassifier(classifier))).toEqual(classifier);
  });

  it('is refused with what to do, wherever it is cut or grown', () => {
    const bytes = encodeClassifier(classifier);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.boolean(), (at, grow) => {
        const damaged = grow ? Buffer.concat([bytes, bytes.subarray(0, at + 1)]) : bytes.subarray(0, at);
        expect(() => decodeClassifier(damaged)).toThrow(/classifier: the file is damaged; restore it/);
      }),
    );
  });
});

describe('an ensemble', () => {
  const contrary = { ...classifier, outer: Float32Array.of(-1, 0) };

  it('gives the mean of its members', () => {
    const one = classify(classifier, message(3, 0), NOTHING)[0] ?? 0;
    const other = classify(contrary, message(3, 0), NOTHING)[0] ?? 0;
    const together = classifyTogether([classifier, contrary], message(3, 0), NOTHING);
    expect(together.get('liver')).toBeCloseTo((one + other) / 2, 6);
    expect((together.get('liver') ?? 0) + (together.get('none') ?? 0)).toBeCloseTo(1, 6);
  });

  it('is the same when read back from bytes', () => {
    expect(decodeEnsemble(encodeEnsemble([classifier, contrary]))).toEqual([classifier, contrary]);
  });

  it('is refused with what to do, wherever its bytes are cut, and when there are none', () => {
    const bytes = encodeEnsemble([classifier]);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (at) => {
        expect(() => decodeEnsemble(bytes.subarray(0, at))).toThrow(/classifier: the file is damaged; restore it/);
      }),
    );
  });
});
