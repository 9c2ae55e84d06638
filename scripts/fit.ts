import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { composeParts } from '../bot/compose.ts';
import { createExampleIndex } from '../bot/conversation/triage/examples.ts';
import { createNearestHarmless } from '../bot/conversation/triage/harmless.ts';
import { createLook } from '../bot/conversation/triage/triage.ts';
import { DRAFTED_FILE, FITTED_FILE, PROJECTION_FILE, readFitted } from '../bot/fitted/fitted.ts';
import { type FitInput, type FittingQuestion, fitBot } from '../bot/fitting/fit.ts';
import { asDrafted, fitDrafted } from '../bot/fitting/fit-drafted.ts';
import { encodeProjection } from '../knowledge/embedding/projection.ts';
import { openSnapshot } from '../knowledge/index/snapshot.ts';
import { projectRoot } from '../knowledge/project-root.ts';

// Fits every number in bot/fitted from the pack and from test/questions/fit. Takes some minutes;
// with --keep-projection, which keeps the learned projection and fits the rest, about one.
// With --drafted, only the numbers for packs that are drafted from documents.
const { values: options } = parseArgs({
  options: { 'keep-projection': { type: 'boolean', default: false }, drafted: { type: 'boolean', default: false } },
});
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
const input = {
  general: respond.snapshot,
  modelHash: embedder.modelHash,
  examples,
  questions,
  region: 'US' as const,
  read: respond.read,
  lookWith(snapshot) {
    const { safety } = respond;
    const look = createLook({ safety, form, examples: createExampleIndex(examples, snapshot.examples) });
    const nearestHarmless = createNearestHarmless(snapshot, safety, form);
    return (message, vectors) => look(message, { vectors, nearestQuestion: vectors.map(nearestHarmless) });
  },
  onStep: (text) => console.log(text),
} satisfies Omit<FitInput, 'projection'>;
await (options.drafted ? drafted() : builtIn());
await embedder.close();

async function builtIn(): Promise<void> {
  const kept = options['keep-projection'] ? readFitted().projection : undefined;
  const { projection, ...numbers } = await fitBot({ ...input, projection: kept });
  writeFileSync(path.join(root, 'bot/fitted', FITTED_FILE), `${JSON.stringify(numbers, null, 2)}\n`);
  writeFileSync(path.join(root, 'bot/fitted', PROJECTION_FILE), encodeProjection(projection));
  console.log(`wrote bot/fitted/${FITTED_FILE} and bot/fitted/${PROJECTION_FILE}`);
}

async function drafted(): Promise<void> {
  const { snapshot } = await openSnapshot({
    folder: path.join(root, 'data/index-drafted'),
    pack: asDrafted(respond.snapshot.pack),
    examples: examples.map(({ text }) => text),
    embedder,
    onProgress: (done, total) => done % 1000 === 0 && console.log(`embedded ${done} of ${total}`),
  });
  const seen = [];
  for (const { q } of questions) seen.push(await respond.read(q));
  const numbers = fitDrafted({ ...input, general: snapshot }, seen);
  writeFileSync(path.join(root, 'bot/fitted', DRAFTED_FILE), `${JSON.stringify(numbers, null, 2)}\n`);
  console.log(`wrote bot/fitted/${DRAFTED_FILE}`);
}
