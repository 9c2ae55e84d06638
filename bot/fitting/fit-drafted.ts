import { chunkPack } from '../../knowledge/index/chunks.ts';
import { assembleSnapshot, type Snapshot } from '../../knowledge/index/snapshot.ts';
import { proposeQuestions, questionKey } from '../../knowledge/ingest/passages/propose-questions.ts';
import type { Pack, Passage } from '../../knowledge/pack/pack.ts';
import { calibrationFeatures } from '../conversation/calibrate.ts';
import { namedRegion } from '../conversation/named-region.ts';
import type { ReadMessage } from '../conversation/read-message.ts';
import { retrieve } from '../conversation/retrieve.ts';
import { weigh } from '../conversation/weigh.ts';
import type { Drafted, Fitted } from '../fitted/fitted.ts';
import {
  answers,
  CALIBRATION_NAMES,
  CANDIDATES,
  type FitInput,
  type FittingQuestion,
  quotesAnswer,
  quotesOf,
  rounded,
  START,
} from './fit.ts';
import { fitListwise, fitLogistic } from './linear-fit.ts';
import { createRandom } from './random.ts';

/** A pack as if its passages had been drafted from a document: only the questions that rules propose. */
export function asDrafted(pack: Pack): Pack {
  const taken = new Set<string>();
  const passages = pack.passages.map((passage): Passage => {
    const { title, text } = passage;
    const isTaken = (question: string) => taken.has(questionKey(question));
    const questions = proposeQuestions({ title, headings: [title], text, subject: pack.subject, isTaken });
    for (const question of questions) taken.add(questionKey(question));
    return { ...passage, questions };
  });
  return { ...pack, passages };
}

/**
 * Fits the numbers for packs that nobody fits: small ones mostly, with proposed questions, which hold the answers to few
 * of the questions that they are asked. So pieces of the built-in pack, of 8 to 120 passages, are asked everything, and
 * what a piece lacks is to be abstained from. Vectors as published, since a projection and layers for search are a pack's
 * own.
 *
 * @param input its `general` is of a pack that `asDrafted` made
 */
export function fitDrafted(
  input: Pick<FitInput, 'general' | 'modelHash' | 'questions' | 'region' | 'onStep'>,
  seen: readonly ReadMessage[],
): Drafted {
  const { general, questions, onStep } = input;
  const random = createRandom(7);
  const pieces = SIZES.flatMap((size) => Array.from({ length: DRAWS }, () => piece(general, size, random)));
  const asked = questions.flatMap((question, i) => {
    const message = seen[i];
    const answerable = question.kinds[0] === 'answer' && question.must !== undefined;
    const outside = !question.kinds.includes('answer') && question.kinds.includes('unanswered');
    return message && (answerable || outside) ? [{ question, message, answerable }] : [];
  });
  const search = (snapshot: Snapshot, { question, message }: Asked, weights: Fitted['ranking']) => {
    const query = { text: message.texts[0] ?? '', vectors: message.vectors };
    return retrieve({ snapshot, query, region: namedRegion(question.q) ?? input.region, weights });
  };

  const lists = pieces.flatMap((snapshot) =>
    asked
      .filter(({ answerable }) => answerable)
      .map((one) =>
        search(snapshot, one, START)
          .ranking.slice(0, CANDIDATES)
          .map((candidate) => ({
            features: { ...candidate.features },
            right: answers(snapshot.pack.passages[candidate.passage], one.question),
          })),
      )
      .filter((list) => list.some(({ right }) => right)),
  );
  const ranking = rounded(fitListwise(lists, Object.keys(START).filter(isTelling)));
  onStep(`ranking: ${JSON.stringify(ranking)}`);

  const cases = pieces.flatMap((snapshot) => {
    const all = asked.flatMap((one) => {
      const found = search(snapshot, one, ranking);
      const features = calibrationFeatures(found, found.ranking);
      if (!features) return [];
      const label =
        one.answerable && quotesAnswer(quotesOf(snapshot, one.message, found.ranking, QUOTING), one.question);
      return [{ features: { ...features }, label }];
    });
    const right = all.filter(({ label }) => label);
    // As many again that it can't answer: nobody asks a leaflet mostly about what is not in it.
    const wrong = shuffled(
      all.filter(({ label }) => !label),
      random,
    );
    return [...right, ...wrong.slice(0, right.length)];
  });
  const calibration = rounded(fitLogistic(cases, Object.keys(CALIBRATION_NAMES).filter(isTelling)));
  onStep(`calibration on ${cases.length} cases: ${JSON.stringify(calibration)}`);
  const decision = chooseDecision(cases, calibration, onStep);
  return { modelHash: input.modelHash, ranking, calibration, decision, quoting: QUOTING };
}

interface Asked {
  readonly question: FittingQuestion;
  readonly message: ReadMessage;
  readonly answerable: boolean;
}

/** The middle of two or three proposed questions tells nothing that they don't: with it, leaflets were answered worse. */
function isTelling(feature: string): boolean {
  return feature !== 'center';
}

// As many passages as documents give: a leaflet 8 to 25, a booklet up to 120. Of larger pieces, whose questions nearly all
// have an answer, what was learned held for the built-in pack and not for documents.
const SIZES = [8, 14, 25, 50, 120];
const DRAWS = 4;
// Two to three sentences answer what one may not, and drafts were not written to answer with the first.
const QUOTING: Fitted['quoting'] = { sentenceCost: -0.04, firstSentence: 0, secondPassage: 1.5 };

/** Some topics of a pack, as a document covers them, until there are so many passages. */
function piece({ pack, chunks, vectors }: Snapshot, size: number, random: () => number): Snapshot {
  const topics = shuffled([...new Set(pack.passages.map(({ topic }) => topic))], random);
  const passages = topics.flatMap((topic) => pack.passages.filter((passage) => passage.topic === topic)).slice(0, size);
  const vectorOf = new Map(chunks.map(({ key }, place) => [key, vectors[place] ?? new Float32Array()]));
  const own = { ...pack, passages };
  const cut = chunkPack(own, []);
  return assembleSnapshot({
    pack: own,
    chunks: cut,
    vectors: cut.map(({ key }) => vectorOf.get(key) ?? new Float32Array()),
  });
}

/**
 * The threshold at which most is gained, where half of what is asked has an answer: a wrong answer takes away what a right
 * one gives. The rate of wrong answers to the rest is high: see the README.
 */
function chooseDecision(
  cases: readonly { features: Record<string, number>; label: boolean }[],
  calibration: Fitted['calibration'],
  onStep: (text: string) => void,
): Fitted['decision'] {
  const judged = cases.map(({ features, label }) => ({
    label,
    confidence: 1 / (1 + Math.exp(-weigh(calibration, features))),
  }));
  const wanted = cases.filter(({ label }) => label).length;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  let best = { threshold: 0.95, gain: 0 };
  for (let step = 95; step >= 20; step--) {
    const threshold = step / 100;
    const answered = judged.filter(({ confidence }) => confidence >= threshold);
    const right = answered.filter(({ label }) => label).length;
    const wrong = answered.length - right;
    const gain = (right - wrong) / wanted;
    if (step % 5 === 0) {
      onStep(`threshold ${threshold.toFixed(2)}: ${percent(right / wanted)} right, ${percent(wrong / wanted)} wrong`);
    }
    if (gain > best.gain) best = { threshold, gain };
  }
  return { answer: best.threshold, clarify: Math.round(best.threshold * 60) / 100 };
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
