import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemClock } from '../bot/clock.ts';
import { composeOptions } from '../bot/compose-options.ts';
import { learnedFrom } from '../bot/review/learned.ts';
import { reportLearned } from '../bot/review/report-learned.ts';
import { openStore, storeFile } from '../bot/store/open-store.ts';
import { isoDate } from '../knowledge/pack/iso-date.ts';
import { loadPacks } from '../knowledge/pack/load-packs.ts';
import { readEnvironment } from './environment.ts';
import { runCommand } from './run-command.ts';

const HELP = `
What staff can learn from what was kept: unanswered and disliked questions, disliked passages, comments, reviews due.

  npm run review

  --json   as JSON in place of a report
  --help   this text

It reads the same DATA_DIR as the server, which may be running. What is kept, and how long: KEEP_QUESTIONS and
RETENTION_DAYS in .env.example.`.trim();

await runCommand(async () => {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const config = readEnvironment();
  const pack = loadPacks(composeOptions(config).packFolders);
  const kept = await readKept(config);
  const learned = learnedFrom({ ...kept, pack, today: isoDate(new Date()) });
  console.log(values.json ? JSON.stringify(learned, null, 2) : reportLearned(learned, config).join('\n'));
  return 0;
});

async function readKept(config: ReturnType<typeof readEnvironment>) {
  // Looking makes no file where the server has not run yet.
  if (config.databaseUrl === undefined && !existsSync(storeFile(config))) return { questions: [], feedback: [] };
  const store = await openStore({ config, clock: systemClock });
  try {
    return { questions: await store.questions(), feedback: await store.feedback() };
  } finally {
    await store.close();
  }
}
