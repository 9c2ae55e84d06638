import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { composeParts } from '../bot/compose.ts';
import { encodeEnsemble } from '../bot/conversation/triage/classifier.ts';
import { createLook } from '../bot/conversation/triage/triage.ts';
import { CLASSIFIER_FILE, DRAFTED_FILE, FITTED_FILE, PROJECTION_FILE, readFitted } from '../bot/fitted/fitted.ts';
import { type FitInput, type FittingQuestion, fitBot } from '../bot/fitting/fit.ts';
import { asDrafted, fitDrafted } from '../bot/fitting/fit-drafted.ts';
import { encodeProjection } from '../knowledge/embedding/projection.ts';
import { openSnapshot } from '../knowledge/index/snapshot.ts';
import { projectRoot } from '../knowledge/project-root.ts';

// Fits every number in bot/fitted from the pack, the safety files and test/questions/{fit,learn,tune}. Takes three
// quarters of an hour; with --keep-projection, which keeps the learned projection, half an hour; with --keep-classifier as
// well, three minutes.
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
const earlier = options['keep-projection'] ? readFitted() : undefined;

const { respond, embedder, examples, form } = await composeParts({
  general: true,
  dataFolder: path.join(root, 'data'),
  workers: 2,
  region: 'US',
  clinic: {},
  serveUnreviewed: true,
  publicUrl: '',
});
const input: FitInput = {
  general: respond.snapshot,
  modelHash: embedder.modelHash,
  examples,
  questions: questionsIn('fit'),
  learning: questionsIn('learn'),
  tuning: questionsIn('tune'),
  region: 'US',
  read: respond.read,
  tokenWidth: embedder.tokenWidth,
  look: createLook({ safety: respond.safety, form }),
  projection: earlier?.projection,
  classifier: options['keep-classifier'] ? earlier?.classifier : undefined,
  onStep: (text) => console.log(text),
};
await (options.drafted ? drafted() : builtIn());
await embedder.close();

async function builtIn(): Promise<void> {
  const { projection, classifier, searchesProjected: _, ...numbers } = await fitBot(input);
  writeFileSync(path.join(root, 'bot/fitted', FITTED_FILE), `${JSON.stringify(numbers, null, 2)}\n`);
  writeFileSync(path.join(root, 'bot/fitted', PROJECTION_FILE), encodeProjection(projection));
  writeFileSync(path.join(root, 'bot/fitted', CLASSIFIER_FILE), encodeEnsemble(classifier));
  console.log(`wrote bot/fitted/${FITTED_FILE} and bot/fitted/${PROJECTION_FILE}, bot/fitted/${CLASSIFIER_FILE}`);
}

async function drafted(): Promise<void> {
  const { snapshot } = await openSnapshot({
    folder: path.join(root, 'data/index-drafted'),
    pack: asDrafted(respond.snapshot.pack),
    examples: examples.map(({ text }) => text),
    embedder,
    onProgress: (done, total) => done % 1000 === 0 && console.log(`embedded ${done} of ${total}`),
  });
  const seen = await Promise.all(input.questions.map(({ q }) => respond.read(q)));
  const numbers = fitDrafted({ ...input, general: snapshot }, seen);
  writeFileSync(path.join(root, 'bot/fitted', DRAFTED_FILE), `${JSON.stringify(numbers, null, 2)}\n`);
  console.log(`wrote bot/fitted/${DRAFTED_FILE}`);
}
