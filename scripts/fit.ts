import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { composeParts } from '../bot/compose.ts';
import { encodeEnsemble } from '../bot/conversation/triage/classifier.ts';
import { createLook } from '../bot/conversation/triage/triage.ts';
import {
  CLASSIFIER_FILE,
  DRAFTED_FILE,
  FITTED_FILE,
  PROJECTION_FILE,
  readFitted,
  SEARCH_LAYERS_FILE,
  TRIAGE_LAYERS_FILE,
} from '../bot/fitted/fitted.ts';
import { type FittingQuestion, fitBot } from '../bot/fitting/fit.ts';
import { asDrafted, fitDrafted } from '../bot/fitting/fit-drafted.ts';
import { TRIAGE_FROM, tuneTriage } from '../bot/fitting/fit-triage.ts';
import { SEARCH_FROM, tuneToPack } from '../bot/fitting/tune-to-pack.ts';
import { openLowerLayers } from '../knowledge/embedding/lower-layers.ts';
import { readBuiltInWeights } from '../knowledge/embedding/prepare-model.ts';
import { encodeProjection } from '../knowledge/embedding/projection.ts';
import { encodeTunedLayers } from '../knowledge/embedding/tuned-layers.ts';
import { openSnapshot } from '../knowledge/index/open-snapshot.ts';
import { projectRoot } from '../knowledge/project-root.ts';

const PARTS = ['triage', 'search', 'projection', 'numbers', 'drafted'] as const;
type Part = (typeof PARTS)[number];

const USAGE = `
npm run fit                        fits everything in bot/fitted from the pack, the safety files and
                                   test/questions/{fit,learn,tune}: two to three hours
npm run fit -- --only PART …       only these, in this order whatever the order given:
  triage       the layers that read for triage, and the classifier: about two hours
  search       the layers that passages are searched by: 15 minutes
  projection   what tells the pack's passages apart, with the numbers: seven minutes
  numbers      weights and thresholds: ten minutes
  drafted      the same for packs that are drafted from documents: six minutes
What was fitted with other layers is of no use to new ones: after triage or search, fit the rest as well.
`.trim();

const { values: options } = parseArgs({
  options: { only: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } },
});
const unknown = options.only?.find((part) => !PARTS.some((known) => known === part));
if (options.help || unknown !== undefined) {
  console.log(unknown === undefined ? USAGE : `there is no part "${unknown}"; parts are ${PARTS.join(', ')}`);
  process.exit(unknown === undefined ? 0 : 2);
}
const isAsked = (part: Part) => options.only?.includes(part) ?? true;
const root = projectRoot();
const questionsOf = (file: string) =>
  readFileSync(path.join(root, 'test/questions', file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as FittingQuestion);
const questionsIn = (half: string) =>
  readdirSync(path.join(root, 'test/questions', half))
    .filter((file) => file.endsWith('.jsonl') && file !== 'dialogs.jsonl')
    .sort()
    .flatMap((file) => questionsOf(`${half}/${file}`));
const composing = {
  general: true,
  dataFolder: path.join(root, 'data'),
  workers: 2,
  region: 'US',
  clinic: {},
  serveUnreviewed: true,
  publicUrl: '',
} as const;
const onStep = (text: string) => console.log(text);
const write = (file: string, content: string | Buffer) => {
  writeFileSync(path.join(root, 'bot/fitted', file), content);
  console.log(`wrote bot/fitted/${file}`);
};

if (isAsked('triage') || isAsked('search')) await tune();
if (isAsked('projection') || isAsked('numbers')) await fitNumbers();
if (isAsked('drafted')) await fitDraftedNumbers();

/** First, since all else is fitted with the model that the tuned layers are a part of. */
async function tune(): Promise<void> {
  const { respond, embedder, canonical, examples, form } = await composeParts({ ...composing, layers: 'published' });
  await embedder.close();
  /** The encoder that learns from this layer on, and what reads for it. */
  const tunableFrom = async (first: number) => {
    const cacheFolder = path.join(composing.dataFolder, 'models');
    const readLower = await openLowerLayers({ cacheFolder, layers: first, workers: composing.workers });
    return {
      encoder: { ...(await readBuiltInWeights()), first },
      readBelow: (message: string) => readLower(canonical(message)),
    };
  };
  const learning = questionsIn('learn');
  if (isAsked('triage')) {
    const { layers, classifier } = await tuneTriage({
      ...(await tunableFrom(TRIAGE_FROM)),
      look: createLook({ safety: respond.safety, form }),
      learning,
      questions: questionsIn('fit'),
      examples,
      snapshot: respond.snapshot,
      onStep,
    });
    write(TRIAGE_LAYERS_FILE, encodeTunedLayers(layers));
    write(CLASSIFIER_FILE, encodeEnsemble(classifier));
  }
  if (isAsked('search')) {
    const layers = await tuneToPack({
      ...(await tunableFrom(SEARCH_FROM)),
      learning,
      snapshot: respond.snapshot,
      onStep,
    });
    write(SEARCH_LAYERS_FILE, encodeTunedLayers(layers));
  }
}

/** With the tuned layers as they are now. */
async function fitNumbers(): Promise<void> {
  const { respond, embedder, examples, form } = await composeParts(composing);
  const earlier = readFitted();
  const {
    projection,
    classifier: _,
    searchesProjected: __,
    ...numbers
  } = await fitBot({
    general: respond.snapshot,
    modelHash: embedder.modelHash,
    examples,
    questions: questionsIn('fit'),
    tuning: questionsIn('tune'),
    region: 'US',
    read: respond.read,
    look: createLook({ safety: respond.safety, form }),
    isEnglish: respond.isEnglish,
    projection: isAsked('projection') ? undefined : earlier.projection,
    classifier: earlier.classifier,
    onStep,
  });
  write(FITTED_FILE, asJson(numbers));
  write(PROJECTION_FILE, encodeProjection(projection));
  await embedder.close();
}

async function fitDraftedNumbers(): Promise<void> {
  const { respond, embedder, examples } = await composeParts({ ...composing, layers: 'drafted' });
  const { snapshot } = await openSnapshot({
    folder: path.join(root, 'data/index-drafted'),
    pack: asDrafted(respond.snapshot.pack),
    examples: examples.map(({ text }) => text),
    embedder,
    onProgress: (done, total) => done % 1000 === 0 && console.log(`embedded ${done} of ${total}`),
  });
  // What the tuned layers have learned from is new to vectors as published.
  const questions = [...questionsIn('fit'), ...questionsOf('learn/ordinary.jsonl')];
  const seen = await Promise.all(questions.map(({ q }) => respond.read(q)));
  const { modelHash } = embedder;
  const numbers = fitDrafted({ general: snapshot, modelHash, questions, region: 'US', onStep }, seen);
  write(DRAFTED_FILE, asJson(numbers));
  await embedder.close();
}

function asJson(numbers: object): string {
  return `${JSON.stringify(numbers, null, 2)}\n`;
}
