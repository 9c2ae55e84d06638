import fc from 'fast-check';

/** A message as somebody hurried, upset or polite might have sent it. */
export interface Noisy {
  /** The kind of noise. */
  readonly noise: string;
  readonly text: string;
}

/** Each message under one kind of noise, all kinds equally often. */
export function noises(messages: fc.Arbitrary<string>): fc.Arbitrary<Noisy> {
  return fc.oneof(
    ...Object.entries(NOISES).map(([noise, make]) =>
      messages.chain((message) => make(message)).map((text) => ({ noise, text })),
    ),
  );
}

type Noise = (message: string) => fc.Arbitrary<string>;

const NOISES: Readonly<Record<string, Noise>> = {
  case: (message) =>
    fc.constantFrom(
      message.toUpperCase(),
      message.toLowerCase(),
      message.replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1)),
    ),
  spaces: (message) =>
    fc.constantFrom(message.replaceAll(' ', '  '), message.replaceAll(' ', '\u00A0'), `  \t${message}   `),
  punctuation: (message) =>
    fc.constantFrom(
      `${message}!!!`,
      `${message}...`,
      `...${message}`,
      message.replace(/[.!]+$/u, ''),
      message.replaceAll("'", '\u2019'),
      `"${message}"`,
      `(${message})`,
    ),
  typo: (message) => {
    const long = [...message.matchAll(/[a-z]{5,}/gi)];
    if (long.length === 0) return fc.constant(message);
    return fc.tuple(fc.constantFrom(...long), fc.constantFrom(...TYPOS), fc.nat()).map(([word, typo, at]) => {
      const [letters] = word;
      // The first letter is the one that people get right.
      const mistyped = typo(letters, 1 + (at % (letters.length - 2)));
      return message.slice(0, word.index) + mistyped + message.slice(word.index + letters.length);
    });
  },
  preamble: (message) => fc.constantFrom(...PREAMBLES).map((preamble) => `${preamble} ${message}`),
  before: (message) => fc.constantFrom(...HARMLESS).map((sentence) => `${sentence} ${message}`),
  after: (message) => fc.constantFrom(...HARMLESS).map((sentence) => `${ended(message)} ${sentence}`),
  'zero width': (message) =>
    fc
      .tuple(fc.nat(message.length), fc.constantFrom('\u200B', '\u200D', '\u2060', '\uFEFF', '\u00AD'))
      .map(([at, sign]) => message.slice(0, at) + sign + message.slice(at)),
  // Between sentences, and before and after: within a sentence nobody breaks a line by hand.
  lines: (message) =>
    fc.constantFrom(
      message.replace(/([.!?]) /g, '$1\n'),
      message.replace(/([.!?]) /g, '$1\r\n\r\n'),
      `\n\n${message}\n`,
    ),
};

const TYPOS: readonly ((word: string, at: number) => string)[] = [
  (word, at) => word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2),
  (word, at) => word.slice(0, at) + word.slice(at + 1),
  (word, at) => word.slice(0, at) + word.charAt(at) + word.slice(at),
];

const PREAMBLES = [
  'Hi, sorry to bother you,',
  'Hello, I hope you can help me.',
  'Good evening. Excuse me for asking,',
  'hey, quick question,',
  'Hi there!',
  'Dear team, thank you for your time.',
];

const HARMLESS = [
  'I live near the station.',
  'My appointment is on Tuesday.',
  'The weather has been nice this week.',
  'I use a lip balm every morning.',
  'My sister took it last year and liked it.',
  'Thanks for reading this!',
  'Does it matter if I take it with breakfast?',
];

function ended(message: string): string {
  return /[.!?…]$/u.test(message) ? message : `${message}.`;
}
