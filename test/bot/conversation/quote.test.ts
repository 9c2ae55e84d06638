import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseExcerpt, isVerbatim, opening, toQuote } from '../../../bot/conversation/quote.ts';
import type { Quote } from '../../../bot/reply.ts';
import { windows } from '../../../knowledge/index/chunks.ts';
import type { Snapshot } from '../../../knowledge/index/snapshot.ts';
import type { Pack, Passage } from '../../../knowledge/pack/pack.ts';
import { splitSentences } from '../../../knowledge/text/sentences.ts';
import { tinyPack } from '../../support/tiny-pack.ts';
import { tinySnapshot, tinyVector } from '../../support/tiny-snapshot.ts';

const [template] = tinyPack.passages;

/** A pack of one passage with any text; its sentences cite T1, T2, both or none, in turn. */
function packOf(text: string): { pack: Pack; passage: Passage } {
  if (!template) throw new RangeError('the tiny pack has no passage');
  const cited = [['T1'], ['T2'], ['T2', 'T1'], []];
  const sentences = splitSentences(text).map((span, i) => ({ ...span, sources: cited[i % cited.length] ?? [] }));
  const passage: Passage = { ...template, text, sentences };
  return { pack: { ...tinyPack, passages: [passage] }, passage };
}

const quoteOf = (pack: Pack, { start, end }: { start: number; end: number }) =>
  toQuote({ pack, excerpt: { passage: 0, start, end }, today: '2026-11-23', url: (id) => `/p/${id}` });

/** Sentences and what is not, in all of Unicode: halves of surrogate pairs, both normal forms, emoji, line ends. */
const texts = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
      fc.constantFrom(
        'Dry lips.',
        'Caf\u00e9 na\u00efve?',
        'Cafe\u0301 nai\u0308ve!',
        '👩🏽‍⚕️ helps. ',
        '0.5 mg/kg, e.g. with food. ',
      ),
      fc.constantFrom(' ', '\n', '\r\n', '\r\n\r\n', '\n \n', '\u2028', '\u00a0', '\ufeff'),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** A pack of one passage, and a run of its sentences. */
const excerpts = texts
  .map((text) => packOf(text))
  .filter(({ passage }) => passage.sentences.length > 0)
  .chain(({ pack, passage }) =>
    fc.record({
      pack: fc.constant(pack),
      passage: fc.constant(passage),
      run: fc.constantFrom(...windows(passage.sentences)),
    }),
  );

describe('a quote', () => {
  it('is a slice of the passage, whatever the text', () => {
    fc.assert(
      fc.property(excerpts, ({ pack, passage, run }) => {
        const quote = quoteOf(pack, run);
        expect(quote?.text).toBe(passage.text.slice(quote?.start, quote?.end));
        expect(quote && isVerbatim(quote, pack)).toBe(true);
      }),
    );
  });

  it('never begins or ends inside a character, nor in white space', () => {
    fc.assert(
      fc.property(excerpts, ({ pack, passage, run }) => {
        const { text = '', start = 0, end = 0 } = quoteOf(pack, run) ?? {};
        expect(text).toBe(text.trim());
        const splits = (at: number) => /^[\ud800-\udbff][\udc00-\udfff]$/.test(passage.text.slice(at - 1, at + 1));
        expect([splits(start), splits(end)]).toEqual([false, false]);
      }),
    );
  });

  it('cites what its sentences cite, each once, and nothing else', () => {
    fc.assert(
      fc.property(excerpts, ({ pack, passage, run }) => {
        const inside = passage.sentences.filter(({ start, end }) => start >= run.start && end <= run.end);
        expect(inside).toHaveLength(run.count);
        const cited = quoteOf(pack, run)?.sources.map(({ id }) => id);
        expect(cited).toEqual([...new Set(inside.flatMap(({ sources }) => sources))]);
      }),
    );
  });
});

describe('toQuote', () => {
  it('names the passage, its page, its sources and its review, and nothing meant for staff only', () => {
    const quote = toQuote({
      pack: tinyPack,
      excerpt: { passage: 1, start: 0, end: 34 },
      today: '2026-11-23',
      url: (id) => `https://clinic.example/passages/${id}`,
    });
    expect(quote).toEqual({
      text: 'Dry lips are the commonest effect.',
      passage: {
        id: 'tiny/side-effects/dry-lips',
        title: 'Dry lips',
        topic: 'side-effects',
        url: 'https://clinic.example/passages/tiny/side-effects/dry-lips',
      },
      start: 0,
      end: 34,
      sources: [{ id: 'T2', title: 'A leaflet', organisation: 'A clinic' }],
      review: { status: 'reviewed', by: 'Dermatology nurse', on: '2026-01-10', due: '2026-12-01' },
    });
  });

  it('says that the review is overdue on the day after it was due', () => {
    const excerpt = { passage: 1, start: 0, end: 34 };
    const on = (today: string) => toQuote({ pack: tinyPack, excerpt, today, url: String })?.review.status;
    expect([on('2026-12-01'), on('2026-12-02')]).toEqual(['reviewed', 'overdue']);
  });

  it('is nothing for a passage that there is not', () => {
    expect(quoteOf({ ...tinyPack, passages: [] }, { start: 0, end: 1 })).toBeUndefined();
  });
});

describe('isVerbatim', () => {
  it('refuses a text in which anything was put in, taken out or changed', () => {
    fc.assert(
      fc.property(excerpts, fc.nat(), fc.string({ maxLength: 3 }), fc.nat(3), ({ pack, run }, place, put, take) => {
        const quote = quoteOf(pack, run);
        const at = place % ((quote?.text.length ?? 0) + 1);
        const text = `${quote?.text.slice(0, at)}${put}${quote?.text.slice(at + take)}`;
        fc.pre(quote !== undefined && text !== quote.text);
        expect(quote && isVerbatim({ ...quote, text }, pack)).toBe(false);
      }),
    );
  });

  it.each(['NFC', 'NFD'] as const)('refuses the text in another normal form (%s)', (form) => {
    const { pack } = packOf(form === 'NFC' ? 'Cafe\u0301.' : 'Caf\u00e9.');
    const quote = quoteOf(pack, { start: 0, end: pack.passages[0]?.text.length ?? 0 });
    if (!quote) throw new RangeError('no quote');
    const text = quote.text.normalize(form);
    expect(isVerbatim({ ...quote, text, end: text.length }, pack)).toBe(false);
  });

  it('refuses a place where the text does not stand, also one that slicing would forgive', () => {
    const outOfPlace = fc.oneof(
      fc.record({ start: fc.integer({ min: -200, max: 200 }), end: fc.integer({ min: -200, max: 200 }) }),
      fc.record({ start: fc.double({ min: -200, max: 200 }), end: fc.double({ min: -200, max: 200 }) }),
      fc.constantFrom({ start: Number.NaN, end: 5 }, { start: 0, end: Number.POSITIVE_INFINITY }),
    );
    fc.assert(
      fc.property(excerpts, outOfPlace, ({ pack, passage, run }, place) => {
        const quote = quoteOf(pack, run);
        const honest =
          Number.isInteger(place.start) &&
          place.start >= 0 &&
          place.end - place.start === quote?.text.length &&
          passage.text.slice(place.start, place.end) === quote.text;
        fc.pre(quote !== undefined && !honest);
        expect(quote && isVerbatim({ ...quote, ...place }, pack)).toBe(false);
      }),
    );
  });

  it.each<[string, (quote: Quote, length: number) => Partial<Quote>]>([
    ['counted from the end', (quote, length) => ({ start: quote.start - length })],
    ['past the end', (quote) => ({ end: quote.end + 1 })],
    ['between two characters', (quote) => ({ start: quote.start + 0.5, end: quote.end + 0.5 })],
    ['that is no number', () => ({ start: Number.NaN })],
    ['of another passage', (quote) => ({ passage: { ...quote.passage, id: 'tiny/permanence/does-it-come-back' } })],
    ['of a passage that there is not', (quote) => ({ passage: { ...quote.passage, id: 'tiny/none' } })],
    ['of no length', (quote) => ({ text: '', end: quote.start })],
  ])('refuses a place %s', (_, change) => {
    const length = tinyPack.passages[1]?.text.length ?? 0;
    const quote = toQuote({
      pack: tinyPack,
      excerpt: { passage: 1, start: 0, end: length },
      today: '2026-11-23',
      url: String,
    });
    if (!quote) throw new RangeError('no quote');
    expect(isVerbatim(quote, tinyPack)).toBe(true);
    expect(isVerbatim({ ...quote, ...change(quote, length) }, tinyPack)).toBe(false);
  });
});

describe('opening', () => {
  it('is the first sentences, as many as there are', () => {
    const [passage] = tinyPack.passages;
    if (!passage) throw new RangeError('no passage');
    expect(opening(passage, 1)).toEqual({ start: 0, end: 46 });
    expect(opening(passage, 2)).toEqual({ start: 0, end: 75 });
    expect(opening(passage, 9)).toEqual({ start: 0, end: passage.text.length });
    expect(opening({ ...passage, sentences: [] }, 2)).toBeUndefined();
  });
});

describe('chooseExcerpt', () => {
  const text = 'Acne can come back. Wine strains the liver. Beer does too. Sunscreen helps outdoors.';
  const { pack } = packOf(text);
  let snapshot: Snapshot;
  beforeAll(async () => {
    snapshot = await tinySnapshot(pack);
  });
  const free = { sentenceCost: 0, firstSentence: 0, secondPassage: 0 };
  async function chosen(question: string, quoting = free) {
    const excerpt = chooseExcerpt({ snapshot, passage: 0, vectors: [await tinyVector(question)], quoting });
    return excerpt && text.slice(excerpt.start, excerpt.end);
  }

  it('takes the run of sentences that is nearest to the question', async () => {
    expect(await chosen('sunscreen helps outdoors')).toBe('Sunscreen helps outdoors.');
    expect(await chosen('wine strains the liver beer does too')).toBe('Wine strains the liver. Beer does too.');
  });

  it('takes fewer sentences the more each costs', async () => {
    const dear = { ...free, sentenceCost: 1 };
    expect(await chosen('wine strains the liver beer does too', dear)).toBe('Wine strains the liver.');
  });

  it('leans toward the first sentence when that is worth something', async () => {
    expect(await chosen('beer does too', { ...free, firstSentence: 2 })).toMatch(/^Acne can come back\./);
  });

  it('goes by the nearest of several vectors', async () => {
    const vectors = await Promise.all(['nothing of it', 'sunscreen helps outdoors'].map(tinyVector));
    const excerpt = chooseExcerpt({ snapshot, passage: 0, vectors, quoting: free });
    expect(text.slice(excerpt?.start, excerpt?.end)).toBe('Sunscreen helps outdoors.');
  });

  it('is nothing for a passage that there is not', () => {
    expect(chooseExcerpt({ snapshot, passage: 7, vectors: [], quoting: free })).toBeUndefined();
  });
});
