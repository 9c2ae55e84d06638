import path from 'node:path';
import { packPlace } from '../knowledge/pack/pack-place.ts';
import type { ComposeOptions } from './compose.ts';
import type { Config } from './config.ts';

/** What the configuration says of the bot itself, as `composeBot` takes it. */
export function composeOptions(config: Pick<Config, UsedOfConfig>) {
  return {
    packFolders: config.packs.map(packPlace),
    dataFolder: path.resolve(config.dataDir),
    modelFolder: config.embedding.modelDir,
    workers: config.embedding.workers,
    region: config.region,
    clinic: config.clinic,
    serveUnreviewed: config.serveUnreviewed,
    publicUrl: config.publicUrl ?? '',
    // Nothing to keep them for.
    keepQuestions: config.keepQuestions && config.retentionDays > 0,
  } satisfies ComposeOptions;
}

type UsedOfConfig =
  | 'packs'
  | 'dataDir'
  | 'embedding'
  | 'region'
  | 'clinic'
  | 'serveUnreviewed'
  | 'publicUrl'
  | 'keepQuestions'
  | 'retentionDays';
