import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { composeParts, type Parts } from '../../../../bot/compose.ts';
import { composeOptions } from '../../../../bot/compose-options.ts';
import { readConfig } from '../../../../bot/config.ts';
import { readQuestions } from '../../../../bot/evaluation/question.ts';
import { projectRoot } from '../../../../knowledge/project-root.ts';
import { type Noisy, noises } from '../../../support/noise.ts';

// The real triage with its real rules and examples. Messages of the fitting half: this is about noise, not about recall.

let parts: Parts;
let recognized: string[];

beforeAll(async () => {
  parts = await composeParts(composeOptions(readConfig({ DATA_DIR: path.join(projectRoot(), 'data') })));
  const file = 'test/questions/fit/urgent.jsonl';
  const messages = readQuestions(readFileSync(path.join(projectRoot(), file), 'utf8'), file).flatMap(
    ({ bucket, turns }) => (bucket.startsWith('non_english') ? [] : turns.map(({ q }) => q)),
  );
  recognized = [];
  for (const message of messages) {
    if (parts.respond.isEnglish(message) && (await isUrgent(message))) recognized.push(message);
  }
});

afterAll(() => parts.embedder.close());

it('keeps an urgent message urgent under one kind of noise in 99 of 100 cases', async () => {
  const cases = fc.sample(noises(fc.constantFrom(...recognized)), { numRuns: CASES, seed: SEED });
  const missed: Noisy[] = [];
  for (const noisy of cases) if (!(await isUrgent(noisy.text))) missed.push(noisy);

  const rate = 1 - missed.length / cases.length;
  console.info(`${(100 * rate).toFixed(2)} % of ${cases.length} noisy messages stay urgent`);
  expect(rate, missed.map(({ noise, text }) => `${noise}: ${text}`).join('\n')).toBeGreaterThanOrEqual(0.99);
}, 180_000);

async function isUrgent(message: string): Promise<boolean> {
  const { read, triage } = parts.respond;
  return triage(message, await read(message)).outcome.kind === 'urgent';
}

const CASES = 700;
const SEED = 20261123;
