import { type Projection, project } from '../../knowledge/embedding/projection.ts';
import { windows } from '../../knowledge/index/chunks.ts';
import { assembleSnapshot, type Snapshot } from '../../knowledge/index/snapshot.ts';
import type { Passage, Region } from '../../knowledge/pack/pack.ts';
import { splitSentences } from '../../knowledge/text/sentences.ts';
import { type CalibrationFeatures, calibrationFeatures } from '../conversation/calibrate.ts';
import { namedRegion } from '../conversation/named-region.ts';
import { chooseExcerpt } from '../conversation/quote.ts';
import type { ReadMessage } from '../conversation/read-message.ts';
import { type Ranking, type Retrieved, retrieve } from '../conversation/retrieve.ts';
import type { Ensemble } from '../conversation/triage/classifier.ts';
import type { Example } from '../conversation/triage/examples.ts';
import { outsideOf, probabilitiesOf, type Sightings } from '../conversation/triage/triage.ts';
import { weigh } from '../conversation/weigh.ts';
import { upperBound } from '../evaluation/clopper-pearson.ts';
import type { Fitted } from '../fitted/fitted.ts';
import { fitTriage, isCalibrating } from './fit-triage.ts';
import { fitListwise, fitLogistic } from './linear-fit.ts';
import { orderBySpread } from './order-by-spread.ts';
import { readAll } from './read-all.ts';
import { type LabelledVector, trainProjection } from './train-projection.ts';

/** A judged question, as far as fitting needs it. */
export interface FittingQuestion {
  readonly id: string;
  readonly q: string;
  readonly kinds: readonly string[];
  readonly category?: readonly string[] | undefined;
  readonly reason?: readonly string[] | undefined;
  /** Groups of regular expressions; a quote that answers matches one of each group. */
  readonly must?: readonly (readonly string[])[] | undefined;
  /** Ids of the passages that answer it, where somebody has looked them up; none where no passage does. */
  readonly passages?: readonly string[] | undefined;
}

export interface FitInput {
  /** With the vectors of the general model, not projected. */
  readonly general: Snapshot;
  readonly examples: readonly Example[];
  readonly modelHash: string;
  readonly read: (message: string) => Promise<ReadMessage>;
  readonly questions: readonly FittingQuestion[];
  readonly region: Region;
  /** What the rules see in a message. */
  readonly look: (message: string) => Sightings;
  readonly isEnglish: (message: string) => boolean;
  /** What thresholds are chosen on and confidence is learned from, and no layer is. */
  readonly tuning: readonly FittingQuestion[];
  readonly onStep: (text: string) => void;
  /** An earlier projection to keep; absent: one is learned, which takes some minutes. */
  readonly projection?: Projection | undefined;
  /** Learned together with the layers that `read` reads with (`tuneTriage`). */
  readonly classifier: Ensemble;
}

/**
 * Fits all that rests on the tuned encoder, in the order in which one thing rests on another. Throws `RangeError` where a
 * question names a passage that there is not.
 */
export async function fitBot(input: FitInput): Promise<Fitted> {
  const { general, classifier, onStep } = input;
  const questions = [...input.questions, ...input.tuning].filter(isCalibrating);
  assertPassages(general, questions);
  const projection = input.projection ?? (await learnProjection(input));
  const vectors = general.vectors.map((vector) => project(projection, vector));
  const snapshot = assembleSnapshot({ pack: general.pack, chunks: general.chunks, vectors, lexicon: general.lexicon });

  const map = (vector: Float32Array) => project(projection, vector);
  const seen = await readAll(input.read, questions, map);
  const triage = await fitTriage(input);
  onStep(`triage thresholds: ${JSON.stringify(triage)}`);

  const asked = questions.flatMap((question, i) => {
    const message = seen[i];
    const tokens = message?.tokens[0];
    if (!message || !tokens || !input.isEnglish(question.q)) return [];
    const outside = outsideOf(probabilitiesOf(classifier, { tokens }, input.look(question.q)));
    return [{ question, message, outside }];
  });
  const search = (weights: Fitted['ranking']) =>
    asked.map(({ question, message, outside }) => {
      const query = { text: message.texts[0] ?? '', vectors: message.vectors, outside };
      return retrieve({ snapshot, query, region: namedRegion(question.q) ?? input.region, weights });
    });

  let ranking: Fitted['ranking'] = START;
  // Twice, since the candidates that a list holds depend a little on the weights.
  for (let round = 0; round < 2; round++) {
    const lists = search(ranking).flatMap((found, i) => {
      const { question } = asked[i] ?? {};
      if (!question || !isAnswerable(question)) return [];
      return [
        found.ranking.slice(0, CANDIDATES).map((candidate) => ({
          features: { ...candidate.features },
          right: answers(general.pack.passages[candidate.passage], question),
        })),
      ];
    });
    ranking = rounded(fitListwise(lists, Object.keys(START)));
  }
  onStep(`ranking: ${JSON.stringify(ranking)}`);

  const found = search(ranking);
  const quoting = fitQuoting(snapshot, asked, found, onStep);
  const cases = found.flatMap((retrieved, i) => {
    const { question, message } = asked[i] ?? {};
    const features = calibrationFeatures(retrieved, retrieved.ranking);
    if (!question || !message || !features) return [];
    const label =
      isAnswerable(question) && quotesAnswer(quotesOf(snapshot, message, retrieved.ranking, quoting), question);
    return [{ features: { ...features }, label }];
  });
  const names = Object.keys(CALIBRATION_NAMES);
  const calibration = rounded(fitLogistic(cases, names));
  onStep(`calibration: ${JSON.stringify(calibration)}`);
  const decision = chooseDecision(cases, names, input.questions.length + input.tuning.length, onStep);
  return {
    modelHash: input.modelHash,
    triage,
    ranking,
    calibration,
    decision,
    quoting,
    projection,
    classifier,
    searchesProjected: true,
  };
}

function assertPassages({ pack }: Pick<Snapshot, 'pack'>, questions: readonly FittingQuestion[]): void {
  const ids = new Set(pack.passages.map(({ id }) => id));
  for (const { id, passages = [] } of questions) {
    const unknown = passages.find((passage) => !ids.has(passage));
    if (unknown !== undefined)
      throw new RangeError(`fitting: ${id} names "${unknown}", which is no passage of the pack`);
  }
}

async function learnProjection(input: FitInput): Promise<Projection> {
  const learned = await trainProjection(trainingData(input), undefined, (epoch, loss) =>
    input.onStep(`projection: epoch ${epoch}, loss ${loss.toFixed(3)}`),
  );
  return orderBySpread(learned, input.general.vectors);
}

export const START: Fitted['ranking'] = {
  question: 6,
  questionMean: 3,
  center: 3,
  passage: 2,
  words: 2,
  coverage: 4,
  fusion: 2,
  regional: 0.3,
};
export const CALIBRATION_NAMES: Record<keyof CalibrationFeatures, true> = {
  bias: true,
  question: true,
  questionMean: true,
  center: true,
  passage: true,
  words: true,
  coverage: true,
  length: true,
  margin: true,
  outOfScope: true,
  outside: true,
  unknownWords: true,
  agreement: true,
  votes: true,
  votesAgainst: true,
  ownSubject: true,
  otherSubject: true,
  bothSubjects: true,
};
export const CANDIDATES = 40;

/** Passages are classes of their questions, titles and slices; safety labels of their examples; the rest only contrast. */
function trainingData({ general, examples }: FitInput): LabelledVector[] {
  const { chunks, vectors, pack } = general;
  const labels = [...new Set(examples.map((example) => example.label))];
  let lonely = pack.passages.length + labels.length;
  let example = 0;
  return chunks.map((chunk, i) => {
    const vector = vectors[i] ?? new Float32Array();
    if (chunk.passage >= 0) return { vector, label: chunk.passage, asks: chunk.kind === 'question' };
    const label = chunk.kind === 'example' ? (examples[example++]?.label ?? 'none') : 'none';
    // A counter-example or a question out of scope is like nothing else: a class of its own, only to stay away from.
    if (label === 'none') return { vector, label: lonely++, asks: false };
    return { vector, label: pack.passages.length + labels.indexOf(label), asks: true };
  });
}

/** Whether something is known to answer it. */
export function isAnswerable({ kinds, must, passages = [] }: FittingQuestion): boolean {
  return passages.length > 0 || (kinds[0] === 'answer' && must !== undefined);
}

/** Whether any quote from a passage could answer: one of its runs of sentences satisfies every group. */
export function answers(passage: Passage | undefined, question: FittingQuestion): boolean {
  if (!passage) return false;
  return windows(passage.sentences, passage.text).some(({ start, end }) =>
    quotesAnswer([{ passage: passage.id, text: passage.text.slice(start, end) }], question),
  );
}

interface QuoteOf {
  /** Id of the passage. */
  readonly passage: string;
  readonly text: string;
}

export function quotesAnswer(quotes: readonly QuoteOf[], { must = [], passages }: FittingQuestion): boolean {
  if (passages) return quotes.some(({ passage }) => passages.includes(passage));
  const text = quotes.map((quote) => quote.text).join(' ¶ ');
  return text !== '' && must.every((group) => group.some((pattern) => new RegExp(pattern, 'i').test(text)));
}

/** What a reply would quote. */
export function quotesOf(
  snapshot: Snapshot,
  { vectors }: ReadMessage,
  ranking: readonly Ranking[],
  quoting: Fitted['quoting'],
): QuoteOf[] {
  const best = ranking[0]?.score ?? 0;
  return ranking.slice(0, 2).flatMap(({ passage, score }) => {
    const { id, text } = snapshot.pack.passages[passage] ?? {};
    if (id === undefined || text === undefined || best - score > quoting.secondPassage) return [];
    const excerpt = chooseExcerpt({ snapshot, passage, vectors, quoting });
    return excerpt ? [{ passage: id, text: text.slice(excerpt.start, excerpt.end) }] : [];
  });
}

interface Asked {
  readonly question: FittingQuestion;
  readonly message: ReadMessage;
}

/** As few sentences as answer: right quotes count one each, every sentence costs a little, the median stays at three. */
function fitQuoting(
  snapshot: Snapshot,
  asked: readonly Asked[],
  found: readonly Retrieved[],
  onStep: FitInput['onStep'],
): Fitted['quoting'] {
  let best: { quoting: Fitted['quoting']; value: number } | undefined;
  for (const [sentenceCost, firstSentence, secondPassage] of QUOTING) {
    const quoting = { sentenceCost, firstSentence, secondPassage };
    const counts: number[] = [];
    let right = 0;
    for (const [i, { question, message }] of asked.entries()) {
      // Which words answer it, and not only which passage, is known of some.
      if (!isAnswerable(question) || !question.must) continue;
      const quotes = quotesOf(snapshot, message, found[i]?.ranking ?? [], quoting);
      if (quotesAnswer(quotes, question)) right += 1;
      counts.push(quotes.reduce((sum, { text }) => sum + splitSentences(text).length, 0));
    }
    counts.sort((a, b) => a - b);
    const median = counts[counts.length >> 1] ?? 0;
    const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
    onStep(
      `quoting ${JSON.stringify(quoting)}: ${right}/${counts.length} right, sentences median ${median} mean ${mean.toFixed(2)}`,
    );
    const value = right / counts.length - 0.004 * mean;
    if (median <= 3 && value > (best?.value ?? Number.NEGATIVE_INFINITY)) best = { quoting, value };
  }
  return best?.quoting ?? { sentenceCost: 0, firstSentence: 0.1, secondPassage: 0 };
}

// Every combination that is tried.
const QUOTING = [-0.06, -0.04, -0.02, 0].flatMap((sentenceCost) =>
  [0, 0.05, 0.1, 0.2].flatMap((firstSentence) =>
    [0, 0.5, 1, 1.5].map((secondPassage) => [sentenceCost, firstSentence, secondPassage] as const),
  ),
);

/**
 * The lowest threshold at which the wrong-answer rate stays below `MOST_WRONG`, with 95 % confidence (Clopper–Pearson),
 * on questions that the calibrator of their fold has not seen; of all messages, since that is what a person sees.
 */
function chooseDecision(
  cases: readonly { features: Record<string, number>; label: boolean }[],
  names: readonly string[],
  messages: number,
  onStep: FitInput['onStep'],
): Fitted['decision'] {
  const unseen = cases.map(({ label }) => ({ label, confidence: 0 }));
  for (let fold = 0; fold < FOLDS; fold++) {
    const weights = fitLogistic(
      cases.filter((_, i) => i % FOLDS !== fold),
      names,
    );
    for (let i = fold; i < cases.length; i += FOLDS) {
      const entry = unseen[i];
      if (entry) entry.confidence = 1 / (1 + Math.exp(-weigh(weights, cases[i]?.features ?? {})));
    }
  }
  let answer = 0.95;
  for (let threshold = 0.95; threshold >= 0.2; threshold -= 0.01) {
    const answered = unseen.filter(({ confidence }) => confidence >= threshold);
    const wrong = answered.filter(({ label }) => !label).length;
    const bound = upperBound(wrong, messages);
    if (Math.round(threshold * 100) % 5 === 0) {
      onStep(
        `threshold ${threshold.toFixed(2)}: ${answered.length}/${unseen.length} answered, ${wrong} wrong, at most ${(bound * 100).toFixed(1)} %`,
      );
    }
    if (bound <= MOST_WRONG) answer = threshold;
  }
  return { answer: Math.round(answer * 100) / 100, clarify: Math.round(answer * 0.6 * 100) / 100 };
}

const FOLDS = 5;
// Of all messages, the share that may be answered wrongly. It is above the 3 % that people should meet at most: in a third of
// these messages, harder than what people mostly ask, the pack holds no answer, and only the passages that answer best are
// counted as right.
const MOST_WRONG = 0.04;

export function rounded(weights: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, Math.round(weight * 1000) / 1000]));
}
