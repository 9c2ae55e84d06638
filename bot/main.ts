import { existsSync } from 'node:fs';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { ModelError } from '../knowledge/embedding/prepare-model.ts';
import { SnapshotError } from '../knowledge/index/snapshot-file.ts';
import { PackError } from '../knowledge/pack/finding.ts';
import { PacksError } from '../knowledge/pack/merge-packs.ts';
import type { Bot } from './bot.ts';
import { CredentialsError } from './channels/teams/connector/credentials-error.ts';
import { createProgressLine } from './channels/terminal/progress-line.ts';
import { systemClock } from './clock.ts';
import { composeBot } from './compose.ts';
import { composeOptions } from './compose-options.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { keepMemorySmall } from './keep-memory-small.ts';
import { loggableError } from './loggable-error.ts';
import { createLogger } from './logger.ts';
import { ServerError, startServer } from './server.ts';
import { createForgivingStore } from './store/forgiving-store.ts';
import { openStore } from './store/open-store.ts';
import { purgeRegularly } from './store/purge-regularly.ts';
import { StoreError } from './store/store-error.ts';

/** `npm start`: reads the configuration, puts the bot together, serves it until a signal comes. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile();
  const config = readConfig(process.env);
  const logger = createLogger({ level: config.logLevel });
  const progress = createProgressLine({ stream: process.stderr });
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });

  const onFailure = (error: unknown) => logger.error({ error: loggableError(error) }, 'the store failed');
  const store = createForgivingStore({ store: await openStore({ config, clock: systemClock }), onFailure });
  const purging = purgeRegularly({ store, onFailure });

  const bot = await composeBot({ ...composeOptions(config), store, onProgress: progress.show });
  // The first question pays for what is loaded lazily; better this one than a patient's.
  const { reply } = await bot.respond({ text: 'How does isotretinoin work?' });
  await bot.forget(reply.conversationId);
  progress.clear();
  const teams = await openTeams({ bot, config, logger });
  for (const warning of teams?.warnings ?? []) {
    logger.warn(warning);
    console.error(`WARNING: ${warning}`);
  }
  const { url, closed } = await startServer({
    bot,
    config,
    logger,
    metrics,
    clock: systemClock,
    signals: process,
    more: teams && [teams.route],
  });
  console.error(`Quotewell answers at ${url}`);
  keepMemorySmall();
  await closed;
  await purging.stop();
  await store.close();
}

/** Its libraries take half a second to load, so only where there is a Teams channel. */
async function openTeams({ bot, config, logger }: { bot: Bot; config: Config; logger: Logger }) {
  if (config.teams.appId === undefined && !config.teams.anonymous) return undefined;
  const { composeTeams } = await import('./channels/teams/compose-teams.ts');
  return composeTeams({ bot, config, clock: systemClock, logger });
}

try {
  await main();
} catch (error) {
  // What a person can mend is said plainly; anything else is a fault of ours and shows where.
  const plain = [
    ConfigError,
    CredentialsError,
    PackError,
    PacksError,
    ModelError,
    SnapshotError,
    ServerError,
    StoreError,
  ].some((kind) => error instanceof kind);
  console.error(plain && error instanceof Error ? error.message : error);
  process.exit(1);
}
