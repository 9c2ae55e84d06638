import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import type { KeepingTimes } from './expiry.ts';
import { createKyselyStore } from './kysely-store.ts';
import { migrationProvider, type Tables } from './schema.ts';
import { inspectSqliteFile, sqliteError } from './sqlite-file.ts';
import type { Store } from './store.ts';

/** The name of the file below `DATA_DIR`. */
export const SQLITE_FILE = 'quotewell.sqlite';

/**
 * A clinic's own file, made when it isn't there, readable by this user only. Throws `StoreError`, and then has left
 * what is in the file as it was.
 */
export async function openSqliteStore({ file, ...times }: KeepingTimes & { file: string }): Promise<Store> {
  let db: Kysely<Tables> | undefined;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    closeSync(openSync(file, 'a', 0o600));
    inspectSqliteFile(file);
    const database = new Database(file, { timeout: BUSY_MS });
    const opened = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
    db = opened;
    for (const pragma of PRAGMAS) database.pragma(pragma);
    const { error } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest();
    if (error) throw error;
    return createKyselyStore({ db, scrub: () => scrub(opened, database), ...times });
  } catch (error) {
    await db?.destroy();
    throw sqliteError(file, error);
  }
}

// better-sqlite3 waits on the server's own thread: longer would be felt by whoever asks.
const BUSY_MS = 1000;
// Whoever only reads may take his time: the log is emptied at the next purge then.
const READER_MS = 50;

const PRAGMAS = [
  'journal_mode = WAL',
  // With the power the last turn may be lost, never the file.
  'synchronous = NORMAL',
  'foreign_keys = ON',
  'secure_delete = ON',
  // What is kept touches the disk in this file and its log only.
  'temp_store = MEMORY',
];

/**
 * Takes the remains of what was deleted out of the file and its log. `secure_delete` blanks a row where it lies, but
 * rows that were moved when pages filled up leave copies behind: only writing the file anew removes those. It takes
 * about 3 ms a megabyte. False where another process that reads the file kept the log from being emptied.
 */
function scrub(db: Kysely<Tables>, database: Database.Database): Promise<boolean> {
  // In its turn: not in the middle of a transaction that waits for its next statement.
  return db.connection().execute(async () => {
    database.exec('vacuum');
    database.pragma(`busy_timeout = ${READER_MS}`);
    const busy = database.pragma('wal_checkpoint(truncate)', { simple: true });
    database.pragma(`busy_timeout = ${BUSY_MS}`);
    return busy === 0;
  });
}
