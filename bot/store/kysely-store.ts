import { type DeleteResult, type Kysely, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { URGENT_CATEGORIES } from '../reply.ts';
import { expiredBefore, type KeepingTimes } from './expiry.ts';
import type { Tables } from './schema.ts';
import type { KeptFeedback, KeptQuestion, Store } from './store.ts';

/**
 * The store in any SQL database that Kysely speaks to; adapters open the database and bring its tables up to date.
 * Each transaction begins with a write, so that two processes wait for each other rather than fail.
 *
 * @param scrub called after something was deleted: removes what the database leaves of it in its files, and says
 *              whether it could; where it could not, the next purge tries again
 */
export function createKyselyStore({
  db,
  scrub = async () => true,
  ...times
}: KeepingTimes & { db: Kysely<Tables>; scrub?: () => Promise<boolean> }): Store {
  let remains = false;

  return {
    async conversation(id) {
      const row = await db
        .selectFrom('conversations')
        .select(['id', 'passage', 'urgent'])
        .where('id', '=', id)
        .where('last_turn_at', '>', expiredBefore(times).conversations)
        .executeTakeFirst();
      return row && { id: row.id, passage: row.passage ?? undefined, urgent: CATEGORIES.parse(JSON.parse(row.urgent)) };
    },

    async saveConversation({ id, passage = null, urgent }) {
      const state = { passage, urgent: JSON.stringify(urgent), last_turn_at: times.clock.now() };
      await db.transaction().execute(async (tx) => {
        await tx
          .deleteFrom('conversations')
          .where('id', '=', id)
          .where('last_turn_at', '<=', expiredBefore(times).conversations)
          .execute();
        await tx
          .insertInto('conversations')
          .values({ id, ...state })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(state))
          .execute();
      });
    },

    async saveReply({ id, conversationId, kind, passages, question = null }) {
      await db.transaction().execute(async (tx) => {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('replies')
          .columns(['id', 'conversation_id', 'kind', 'passages', 'question'])
          .expression((from) =>
            from
              .selectFrom('conversations')
              .select([
                asText(id).as('reply_id'),
                'conversations.id',
                asText(kind).as('kind'),
                asText(JSON.stringify(passages)).as('passages'),
                asText(question).as('question'),
              ])
              .where('id', '=', conversationId)
              .where('last_turn_at', '>', expiredBefore(times).conversations),
          )
          .executeTakeFirstOrThrow();
        if (numInsertedOrUpdatedRows && kind === 'unanswered') await keepQuestion(tx, id, 'unanswered');
      });
    },

    async saveFeedback({ replyId, rating, reason = null, comment = null }) {
      if (times.retentionDays === 0) return (await isOpen(replyId)) ? 'saved' : 'unknown_reply';
      return db.transaction().execute(async (tx) => {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('feedback')
          .columns(['reply_id', 'conversation_id', 'kind', 'passages', 'rating', 'reason', 'comment', 'at'])
          .expression((from) =>
            from
              .selectFrom('replies')
              .innerJoin('conversations', 'conversations.id', 'replies.conversation_id')
              .select([
                'replies.id',
                'replies.conversation_id',
                'replies.kind',
                'replies.passages',
                asText(rating).as('rating'),
                asText(reason).as('reason'),
                asText(comment).as('comment'),
                asTime(times.clock.now()).as('at'),
              ])
              .where('replies.id', '=', replyId)
              .where('last_turn_at', '>', expiredBefore(times).conversations),
          )
          .onConflict((conflict) =>
            conflict.column('reply_id').doUpdateSet((row) => ({
              rating: row.ref('excluded.rating'),
              reason: row.ref('excluded.reason'),
              comment: row.ref('excluded.comment'),
              at: row.ref('excluded.at'),
            })),
          )
          .executeTakeFirstOrThrow();
        if (!numInsertedOrUpdatedRows) return 'unknown_reply';
        if (rating === 'down') await keepQuestion(tx, replyId, 'disliked');
        else await tx.deleteFrom('questions').where('reply_id', '=', replyId).where('why', '=', 'disliked').execute();
        return 'saved';
      });
    },

    async forget(conversationId) {
      const deleted = await db
        .transaction()
        .execute(async (tx) => [
          await tx.deleteFrom('conversations').where('id', '=', conversationId).executeTakeFirst(),
          await tx.deleteFrom('feedback').where('conversation_id', '=', conversationId).executeTakeFirst(),
          await tx.deleteFrom('questions').where('conversation_id', '=', conversationId).executeTakeFirst(),
        ]);
      await scrubAfter(deleted);
    },

    async feedback() {
      const rows = await db
        .selectFrom('feedback')
        .selectAll()
        .where('at', '>', expiredBefore(times).kept)
        .orderBy('at')
        .execute();
      return rows.map(toFeedback);
    },

    async questions() {
      const rows = await db
        .selectFrom('questions')
        .selectAll()
        .where('at', '>', expiredBefore(times).kept)
        .orderBy('at')
        .execute();
      return rows.map(toQuestion);
    },

    async purge() {
      const before = expiredBefore(times);
      const deleted = await db
        .transaction()
        .execute(async (tx) => [
          await tx.deleteFrom('conversations').where('last_turn_at', '<=', before.conversations).executeTakeFirst(),
          await tx.deleteFrom('feedback').where('at', '<=', before.kept).executeTakeFirst(),
          await tx.deleteFrom('questions').where('at', '<=', before.kept).executeTakeFirst(),
        ]);
      await scrubAfter(deleted);
    },

    close: () => db.destroy(),
  };

  /** Copies the question from its reply, where it has one, unless it is kept already. */
  async function keepQuestion(tx: Kysely<Tables>, replyId: string, why: KeptQuestion['why']): Promise<void> {
    if (times.retentionDays === 0) return;
    await tx
      .insertInto('questions')
      .columns(['reply_id', 'conversation_id', 'why', 'question', 'passages', 'at'])
      .expression((from) =>
        from
          .selectFrom('replies')
          .select([
            'id',
            'conversation_id',
            asText(why).as('why'),
            sql<string>`question`.as('question'),
            'passages',
            asTime(times.clock.now()).as('at'),
          ])
          .where('id', '=', replyId)
          .where('question', 'is not', null),
      )
      .onConflict((conflict) => conflict.column('reply_id').doNothing())
      .execute();
  }

  async function scrubAfter(deleted: readonly DeleteResult[]): Promise<void> {
    remains ||= deleted.some(({ numDeletedRows }) => numDeletedRows > 0n);
    if (remains) remains = !(await scrub());
  }

  async function isOpen(replyId: string): Promise<boolean> {
    const row = await db
      .selectFrom('replies')
      .innerJoin('conversations', 'conversations.id', 'replies.conversation_id')
      .select('replies.id')
      .where('replies.id', '=', replyId)
      .where('last_turn_at', '>', expiredBefore(times).conversations)
      .executeTakeFirst();
    return row !== undefined;
  }
}

const CATEGORIES = z.array(z.enum(URGENT_CATEGORIES));
const IDS = z.array(z.string());

// In a list of selected values a database can't tell the type of a parameter from the column it goes to.
function asText<T extends string | null>(value: T) {
  return sql<T>`cast(${value} as text)`;
}

function asTime(value: number) {
  return sql<number>`cast(${value} as bigint)`;
}

function toFeedback(row: Selectable<Tables['feedback']>): KeptFeedback {
  return {
    replyId: row.reply_id,
    kind: row.kind,
    passages: IDS.parse(JSON.parse(row.passages)),
    rating: row.rating,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.comment !== null && { comment: row.comment }),
    at: row.at,
  };
}

function toQuestion(row: Selectable<Tables['questions']>): KeptQuestion {
  return {
    replyId: row.reply_id,
    why: row.why,
    question: row.question,
    passages: IDS.parse(JSON.parse(row.passages)),
    at: row.at,
  };
}
