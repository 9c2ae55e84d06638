import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { DEFAULT_MIGRATION_TABLE } from 'kysely';
import { MIGRATIONS } from './schema.ts';
import { StoreError } from './store-error.ts';

/**
 * Looks at a database file before anything is written to it. Throws `StoreError` when it is damaged, another
 * program's, or was written by a newer Quotewell. An empty file is as good as none.
 */
export function inspectSqliteFile(file: string): void {
  if (statSync(file).size === 0) return;
  // Read-only, so that not even the log of a crashed process is carried over into a file that is no good.
  const database = new Database(file, { readonly: true });
  try {
    const [finding] = strings(database, 'pragma quick_check(1)');
    if (finding !== 'ok') throw damaged(file, finding ?? 'it can not be checked');
    const tables = strings(
      database,
      "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'",
    );
    if (tables.length === 0) return;
    if (!tables.includes(DEFAULT_MIGRATION_TABLE)) {
      const message = `${file} is the database of another program; move it away, or set DATA_DIR to another folder`;
      throw new StoreError('STORE_FOREIGN', message);
    }
    const newer = strings(database, `select name from ${DEFAULT_MIGRATION_TABLE} order by name`).find(
      (name) => !Object.hasOwn(MIGRATIONS, name),
    );
    if (newer !== undefined) {
      const message = `${file} was written by a newer Quotewell ("${newer}" is unknown to this one); update Quotewell, or set DATA_DIR to another folder. Nothing in the file was changed`;
      throw new StoreError('STORE_NEWER', message);
    }
  } finally {
    database.close();
  }
}

/** What went wrong with a file, as whoever runs the server can mend it. */
export function sqliteError(file: string, cause: unknown): unknown {
  if (cause instanceof StoreError || !(cause instanceof Error)) return cause;
  const code = 'code' in cause ? String(cause.code) : '';
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return damaged(file, cause.message, cause);
  if (/^(SQLITE_|E[A-Z]+$)/.test(code)) {
    const message = `${file} can not be opened (${cause.message}); see that this user may write it and its folder, that the disk has room, and that no other program holds it`;
    return new StoreError('STORE_UNREACHABLE', message, { cause });
  }
  return cause;
}

function damaged(file: string, finding: string, cause?: unknown): StoreError {
  const message = `${file} is damaged (${finding}); move it and its -wal and -shm files away to begin with an empty one, or put a backup in its place. Nothing in the file was changed`;
  return new StoreError('STORE_DAMAGED', message, { cause });
}

function strings(database: Database.Database, query: string): string[] {
  return database.prepare(query).pluck().all().map(String);
}
