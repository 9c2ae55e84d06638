import path from 'node:path';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { openSqliteStore, SQLITE_FILE } from './sqlite-store.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';

/** The store that the configuration names. Throws `StoreError`. */
export async function openStore({ config, clock }: { config: StoreConfig; clock: Clock }): Promise<Store> {
  if (config.databaseUrl !== undefined) {
    const message = 'DATABASE_URL is set, but PostgreSQL is not supported yet; unset it to use a file in DATA_DIR';
    throw new StoreError('STORE_UNSUPPORTED', message);
  }
  return openSqliteStore({ file: storeFile(config), clock, retentionDays: config.retentionDays });
}

/** Where the database file is, or would be. */
export function storeFile({ dataDir }: Pick<Config, 'dataDir'>): string {
  return path.resolve(dataDir, SQLITE_FILE);
}

type StoreConfig = Pick<Config, 'databaseUrl' | 'dataDir' | 'retentionDays'>;
