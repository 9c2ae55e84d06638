import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { composeParts } from '../bot/compose.ts';
import { createExampleIndex } from '../bot/conversation/triage/examples.ts';
import { createNearestHarmless } from '../bot/conversation/triage/harmless.ts';
import { createLook } from '../bot/conversation/triage/triage.ts';
import { FITTED_FILE, PROJECTION_FILE, readFitted } from '../bot/fitted/fitted.ts';
import { type FittingQuestion, fitBot } from '../bot/fitting/fit.ts';
import { encodeProjection } from '../knowledge/embedding/projection.ts';
import { projectRoot } from '../knowledge/project-root.ts';

// Fits every number in bot/fitted from the pack and from test/questions/fit. Takes some minutes;
// with --keep-projection, which keeps the learned projection and fits the rest, about one.
const { values: options } = parseArgs({ options: { 'keep-projection': { type: 'boolean', default: false } } });
const root = projectRoot();
const folder = path.join(root, 'test/questions/fit');
const questions = readdirSync(folder)
  .filter((file) => file.endsWith('.jsonl') && file !== 'dialogs.jsonl')
  .sort()
  .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').trim().split('\n'))
  .map((line) => JSON.parse(line) as FittingQuestion);

const { respond, embedder, examples, form } = await composeParts({
  general: true,
  dataFolder: path.join(root, 'data'),
  workers: 2,
  region: 'US',
  clinic: {},
  serveUnreviewed: true,
  publicUrl: '',
});
const { projection, ...numbers } = await fitBot({
  general: respond.snapshot,
  modelHash: embedder.modelHash,
  examples,
  questions,
  region: 'US',
  read: respond.read,
  lookWith(snapshot) {
    const { safety } = respond;
    const look = createLook({ safety, form, examples: createExampleIndex(examples, snapshot.examples) });
    const nearestHarmless = createNearestHarmless(snapshot, safety, form);
    return (message, vectors) => look(message, { vectors, nearestQuestion: vectors.map(nearestHarmless) });
  },
  projection: options['keep-projection'] ? readFitted().projection : undefined,
  onStep: (text) => console.log(text),
});
await embedder.close();
writeFileSync(path.join(root, 'bot/fitted', FITTED_FILE), `${JSON.stringify(numbers, null, 2)}\n`);
writeFileSync(path.join(root, 'bot/fitted', PROJECTION_FILE), encodeProjection(projection));
console.log(`wrote bot/fitted/${FITTED_FILE} and bot/fitted/${PROJECTION_FILE}`);
