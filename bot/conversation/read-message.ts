import type { Embedder } from '../../knowledge/embedding/embedder.ts';
import type { Lexicon } from '../../knowledge/text/lexicon.ts';
import { normalize, words } from '../../knowledge/text/normalize.ts';
import { splitSentences } from '../../knowledge/text/sentences.ts';
import type { Spelling } from '../../knowledge/text/spelling.ts';

/** A message as it is searched by: the whole, and each sentence where it has several. */
export interface ReadMessage {
  /** Canonical (`createCanonical`). The whole first. */
  readonly texts: readonly string[];
  /** `vectors[i]` belongs to `texts[i]`. */
  readonly vectors: readonly Float32Array[];
  /** `tokens[i]` as well: the vectors of its tokens, as the embedder gives them. */
  readonly tokens: readonly Float32Array[];
}

/** A text as it is embedded: lexicon applied, spelling mended. */
export function createCanonical({ lexicon, spelling }: { lexicon: Lexicon; spelling: Spelling }) {
  // Names of medicines are looked up before the spelling is mended as well as after: "tane" is no typing error.
  return (text: string): string => lexicon.canonical(spelling.correct(lexicon.canonical(normalize(text))));
}

export function createReader({
  embedder,
  canonical,
}: {
  embedder: Pick<Embedder, 'embedWithTokens'>;
  canonical: (text: string) => string;
}) {
  return async (message: string): Promise<ReadMessage> => {
    const whole = canonical(message);
    const parts = splitSentences(message).map(({ start, end }) => message.slice(start, end));
    const texts = [whole];
    if (words(message).length > SHORT && parts.length > 1) {
      for (const part of parts.slice(-MOST_SENTENCES)) if (words(part).length >= 3) texts.push(canonical(part));
    }
    const embeddings = await Promise.all(texts.map((text) => embedder.embedWithTokens(text)));
    return { texts, vectors: embeddings.map(({ vector }) => vector), tokens: embeddings.map(({ tokens }) => tokens) };
  };
}

// A message of up to this many words is one thought, however many full stops it has.
const SHORT = 12;
// Long posts tend to end with the question; each sentence costs 2 to 3 ms.
const MOST_SENTENCES = 10;
