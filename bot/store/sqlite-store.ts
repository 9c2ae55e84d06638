import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect, sql } from 'kysely';
import type { KeepingTimes } from './expiry.ts';
import { createKyselyStore } from './kysely-store.ts';
import { MIGRATIONS, migrationProvider, type Tables } from './schema.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';

/** The name of the file below `DATA_DIR`. */
export const SQLITE_FILE = 'quotewell.sqlite';

/**
 * A clinic's own file, made when it isn't there, readable by this user only. Throws `StoreError`, and then has left
 * the file as it was.
 */
export async function openSqliteStore({ file, ...times }: KeepingTimes & { file: string }): Promise<Store> {
  const database = open(file);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  try {
    database.pragma(`busy_timeout = ${BUSY_MS}`);
    checkSound(database, file);
    checkOurs(database, file);
    database.pragma('journal_mode = WAL');
    // The last turn may be lost with the power, the file never.
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    database.pragma('secure_delete = ON');
    // What is typed touches the disk in this file only.
    database.pragma('temp_store = MEMORY');
    const { error } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest();
    if (error) throw error;
  } catch (error) {
    await db.destroy();
    throw toStoreError(error, file);
  }
  return createKyselyStore({ db, scrub: () => scrub(db), ...times });
}

// better-sqlite3 waits on the server's own thread: longer would be felt by whoever asks.
const BUSY_MS = 2000;

/**
 * Takes the remains of what was deleted out of the file and its log. `secure_delete` blanks a row where it lies, but
 * rows move when pages are balanced and leave copies; only a rewrite of the file removes those. 2 ms a megabyte.
 */
async function scrub(db: Kysely<Tables>): Promise<void> {
  await sql`vacuum`.execute(db);
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
}

function open(file: string): Database.Database {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    closeSync(openSync(file, 'a', 0o600));
    return new Database(file);
  } catch (cause) {
    throw unreachable(file, cause);
  }
}
