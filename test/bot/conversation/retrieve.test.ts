import { beforeAll, describe, expect, it } from 'vitest';
import { type Retrieved, retrieve, VOTERS } from '../../../bot/conversation/retrieve.ts';
import { similarity } from '../../../knowledge/embedding/embedder.ts';
import type { Snapshot } from '../../../knowledge/index/snapshot.ts';
import type { Pack, Passage, Region } from '../../../knowledge/pack/pack.ts';
import { tinyPack } from '../../support/tiny-pack.ts';
import { tinySnapshot, tinyVector } from '../../support/tiny-snapshot.ts';

const [template] = tinyPack.passages;
function passage(regions: Passage['regions'], title: string, text: string, questions: readonly string[]): Passage {
  if (!template) throw new RangeError('the tiny pack has no passage');
  return { ...template, regions, title, text, questions, sentences: [{ start: 0, end: text.length, sources: [] }] };
}

const [LIPS, UK, EU, ALCOHOL] = [0, 1, 2, 3];
const pack: Pack = {
  ...tinyPack,
  passages: [
    passage(['all'], 'Dry lips', 'A balm helps.', ['what helps dry lips', 'are lips dry for everyone', 'which balm']),
    passage(['UK'], 'Pregnancy tests, UK', 'Tests are monthly.', ['how many pregnancy tests in britain']),
    passage(['EU'], 'Pregnancy tests, EU', 'Tests come before each box.', ['how many pregnancy tests in europe']),
    passage(['all'], 'Alcohol', 'Wine strains the liver.', ['is wine allowed']),
  ],
  outOfScope: ['what is the weather tomorrow'],
  otherSubjects: ['spironolactone'],
};
const questionOnly = { question: 1 };
let snapshot: Snapshot;
beforeAll(async () => {
  snapshot = await tinySnapshot(pack);
});

async function find(
  text: string,
  {
    region = 'US',
    weights = questionOnly,
    also = [],
  }: { region?: Region; weights?: Record<string, number>; also?: string[] } = {},
): Promise<Retrieved> {
  const vectors = await Promise.all([text, ...also].map(tinyVector));
  return retrieve({ snapshot, query: { text, vectors }, region, weights });
}
const places = (ranking: Retrieved['ranking']) => ranking.map((found) => found.passage);

describe('retrieve', () => {
  it('puts the passage first whose question is nearest', async () => {
    const { ranking } = await find('what helps dry lips');
    expect(ranking[0]).toMatchObject({ passage: LIPS, score: expect.closeTo(1, 5) });
    expect(ranking[0]?.features.question).toBeCloseTo(1, 5);
  });

  it('gives the mean of the three nearest questions beside the nearest', async () => {
    const [best] = (await find('what helps dry lips')).ranking;
    expect(best?.features.questionMean).toBeGreaterThan(0);
    expect(best?.features.questionMean).toBeLessThan(best?.features.question ?? 0);
  });

  it('gives the cosine to the middle of all that asks for a passage, by the vector that lies nearest to it', async () => {
    const center = snapshot.centers[LIPS] ?? new Float32Array();
    const near = similarity(center, await tinyVector('what helps dry lips'));
    const { ranking } = await find('what helps dry lips', { also: ['zorbing'] });
    expect(ranking[0]?.features.center).toBeCloseTo(near, 5);
    expect(similarity(center, center)).toBeCloseTo(1, 5);
  });

  it('orders by the weights alone, and takes no notice of a weight without a feature', async () => {
    const byWords = await find('wine', { weights: { words: 2, 'a feature that is no more': 9 } });
    expect(byWords.ranking[0]).toMatchObject({ passage: ALCOHOL, score: 2 });
    const byNothing = await find('wine', { weights: {} });
    expect(byNothing.ranking.map(({ score }) => score)).toEqual(byNothing.ranking.map(() => 0));
  });

  it('tells how much of the query a passage holds, and how much no passage knows', async () => {
    const known = await find('wine');
    expect(known.ranking.find((found) => found.passage === ALCOHOL)?.features.coverage).toBe(1);
    expect(known.unknownWords).toBe(0);
    expect((await find('zorbing')).unknownWords).toBe(1);
    expect((await find('wine zorbing')).unknownWords).toBeGreaterThan(0.5);
    expect((await find('')).unknownWords).toBe(0);
  });

  it('gives a passage that leads all lists the whole of the fusion', async () => {
    const { ranking } = await find('is wine allowed');
    expect(ranking.find((found) => found.passage === ALCOHOL)?.features.fusion).toBeCloseTo(1);
  });

  it('says how near the query is to what the pack does not answer', async () => {
    expect((await find('what is the weather tomorrow')).outOfScope).toBeCloseTo(1, 5);
    expect((await find('which balm')).outOfScope).toBeLessThan(0.5);
  });

  it('counts for whom the nearest questions speak', async () => {
    const { votes } = await find('what is the weather tomorrow');
    expect(votes.get(-1)).toBe(1);
    expect(votes.get(LIPS)).toBe(3);
    expect([...votes.values()].reduce((a, b) => a + b)).toBeLessThanOrEqual(VOTERS);
  });

  it('says which subjects are named', async () => {
    expect((await find('isotretinoin with spironolactone')).subjects).toEqual({ own: true, other: true });
  });

  it('takes the sentence of a long message that is nearest', async () => {
    const whole = 'i went to school and it rained and then a friend of a friend asked me something';
    const alone = await find(whole);
    const bySentence = await find(whole, { also: ['is wine allowed'] });
    const question = (found: Retrieved) => found.ranking.find((entry) => entry.passage === ALCOHOL)?.features.question;
    expect(question(alone)).toBeLessThan(0.9);
    expect(question(bySentence)).toBeCloseTo(1, 5);
  });

  describe('in a region', () => {
    it.each<[Region, number[], number[]]>([
      ['UK', [LIPS, UK, ALCOHOL], [EU]],
      ['EU', [LIPS, EU, ALCOHOL], [UK]],
      ['IE', [LIPS, EU, ALCOHOL], [UK]],
      ['US', [LIPS, ALCOHOL], [UK, EU]],
    ])('%s ranks what holds there apart from what holds elsewhere', async (region, here, elsewhere) => {
      const found = await find('how many pregnancy tests', { region });
      expect(places(found.ranking).toSorted()).toEqual(here);
      expect(places(found.elsewhere).toSorted()).toEqual(elsewhere);
    });

    it('tells a passage of the region from one that holds everywhere', async () => {
      const { ranking } = await find('how many pregnancy tests', { region: 'UK' });
      expect(ranking.find((found) => found.passage === UK)?.features.regional).toBe(1);
      expect(ranking.find((found) => found.passage === LIPS)?.features.regional).toBe(0);
    });
  });

  it('finds nothing in a pack that holds nothing but what it does not answer', async () => {
    const empty = await tinySnapshot({ ...pack, passages: [] });
    const query = { text: 'dry lips', vectors: [await tinyVector('dry lips')] };
    const found = retrieve({ snapshot: empty, query, region: 'US', weights: questionOnly });
    expect(found).toMatchObject({ ranking: [], elsewhere: [] });
  });
});
