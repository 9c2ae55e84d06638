import { type Kysely, type Migration, type MigrationProvider, sql } from 'kysely';
import type { ReplyKind } from '../reply.ts';

/** The tables. Lists are JSON, times are milliseconds since 1970. */
export interface Tables {
  conversations: {
    id: string;
    passage: string | null;
    /** JSON: categories. */
    urgent: string;
    last_turn_at: number;
  };
  replies: {
    id: string;
    conversation_id: string;
    kind: ReplyKind;
    /** JSON: ids. */
    passages: string;
    /** Redacted; null unless the clinic keeps questions. */
    question: string | null;
  };
  feedback: {
    reply_id: string;
    conversation_id: string;
    kind: ReplyKind;
    passages: string;
    rating: 'up' | 'down';
    reason: string | null;
    comment: string | null;
    at: number;
  };
  questions: {
    reply_id: string;
    conversation_id: string;
    why: 'unanswered' | 'disliked';
    question: string;
    passages: string;
    at: number;
  };
}

/** By name, in the order that they run in. One that has been released is never changed: add another below it. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-conversations-and-feedback': { up: createTables },
};

export const migrationProvider: MigrationProvider = { getMigrations: async () => MIGRATIONS };

async function createTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('conversations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('passage', 'text')
    .addColumn('urgent', 'text', (column) => column.notNull())
    .addColumn('last_turn_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('replies')
    .addColumn('id', 'text', (column) => column.primaryKey())
    // Replies go with their conversation; feedback and questions outlive it, so they only name it.
    .addColumn('conversation_id', 'text', (column) =>
      column.notNull().references('conversations.id').onDelete('cascade'),
    )
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('passages', 'text', (column) => column.notNull())
    .addColumn('question', 'text')
    .execute();
  await db.schema
    .createTable('feedback')
    .addColumn('reply_id', 'text', (column) => column.primaryKey())
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('passages', 'text', (column) => column.notNull())
    .addColumn('rating', 'text', (column) => column.notNull().check(sql`rating in ('up', 'down')`))
    .addColumn('reason', 'text')
    .addColumn('comment', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('questions')
    .addColumn('reply_id', 'text', (column) => column.primaryKey())
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('why', 'text', (column) => column.notNull().check(sql`why in ('unanswered', 'disliked')`))
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('passages', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  for (const table of ['replies', 'feedback', 'questions']) {
    await db.schema.createIndex(`${table}_conversation`).on(table).column('conversation_id').execute();
  }
  await db.schema.createIndex('conversations_last_turn').on('conversations').column('last_turn_at').execute();
}
