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
  TUNED_LAYERS_FILE,
} from '../bot/fitted/fitted.ts';
import { type FitInput, type FittingQuestion, fitBot } from '../bot/fitting/fit.ts';
import { asDrafted, fitDrafted } from '../bot/fitting/fit-drafted.ts';
import { TUNED_FROM, tuneTriage } from '../bot/fitting/fit-triage.ts';
import { openLowerLayers } from '../knowledge/embedding/lower-layers.ts';
import { readBuiltInWeights } from '../knowledge/embedding/prepare-model.ts';
import { encodeProjection } from '../knowledge/embedding/projection.ts';
import { encodeTunedLayers } from '../knowledge/embedding/tuned-layers.ts';
import { openSnapshot } from '../knowledge/index/snapshot.ts';
import { projectRoot } from '../knowledge/project-root.ts';

// Fits every number in bot/fitted from the pack, the safety files and test/questions/{fit,learn,tune}. Takes an hour; with
// --keep-classifier, which keeps the tuned layers as well, a quarter of an hour; with --keep-projection, too, three minutes.
// With --drafted, only the numbers for packs that are drafted from documents.
const { values: options } = parseArgs({
  options: {
    'keep-projection': { type: 'boolean', default: false },
    'keep-classifier': { type: 'boolean', default: false },
    drafted: { type: 'boolean', default: false },
  },
});
const root = projectRoot();
const questionsIn = (half: string) => {
  const folder = path.join(root, 'test/questions', half);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl') && file !== 'dialogs.jsonl')
    .sort()
    .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as FittingQuestion);
};
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

if (!options['keep-classifier'] && !options.drafted) await tune();
await fitNumbers();

/** First, since all else is fitted with the model that the tuned layers are a part of. */
async function tune(): Promise<void> {
  const { respond, embedder, canonical, examples, form } = await composeParts({ ...composing, untuned: true });
  await embedder.close();
  const readBelow = await openLowerLayers({
    cacheFolder: path.join(composing.dataFolder, 'models'),
    layers: TUNED_FROM,
    workers: composing.workers,
  });
  const { layers, classifier } = await tuneTriage({
    encoder: { ...(await readBuiltInWeights()), first: TUNED_FROM },
    readBelow: (message) => readBelow(canonical(message)),
    look: createLook({ safety: respond.safety, form }),
    learning: questionsIn('learn'),
    questions: questionsIn('fit'),
    examples,
    snapshot: respond.snapshot,
    onStep,
  });
  write(TUNED_LAYERS_FILE, encodeTunedLayers(layers));
  write(CLASSIFIER_FILE, encodeEnsemble(classifier));
}

async function fitNumbers(): Promise<void> {
  const { respond, embedder, examples, form } = await composeParts(composing);
  const earlier = readFitted();
  const input: FitInput = {
    general: respond.snapshot,
    modelHash: embedder.modelHash,
    examples,
    questions: questionsIn('fit'),
    tuning: questionsIn('tune'),
    region: 'US',
    read: respond.read,
    look: createLook({ safety: respond.safety, form }),
    projection: options['keep-projection'] || options.drafted ? earlier.projection : undefined,
    classifier: earlier.classifier,
    onStep,
  };
  if (options.drafted) {
    const { snapshot } = await openSnapshot({
      folder: path.join(root, 'data/index-drafted'),
      pack: asDrafted(respond.snapshot.pack),
      examples: examples.map(({ text }) => text),
      embedder,
      onProgress: (done, total) => done % 1000 === 0 && console.log(`embedded ${done} of ${total}`),
    });
    const seen = await Promise.all(input.questions.map(({ q }) => respond.read(q)));
    write(DRAFTED_FILE, asJson(fitDrafted({ ...input, general: snapshot }, seen)));
  } else {
    const { projection, classifier: _, searchesProjected: __, ...numbers } = await fitBot(input);
    write(FITTED_FILE, asJson(numbers));
    write(PROJECTION_FILE, encodeProjection(projection));
  }
  await embedder.close();
}

function asJson(numbers: object): string {
  return `${JSON.stringify(numbers, null, 2)}\n`;
}
