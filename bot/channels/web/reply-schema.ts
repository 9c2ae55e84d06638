import { z } from 'zod';
import { REGIONS } from '../../../knowledge/pack/pack.ts';
import {
  type Contact,
  type Quote,
  REFERRAL_REASONS,
  type Reply,
  type ReplyKind,
  type SourceReference,
  URGENT_CATEGORIES,
} from '../../reply.ts';

/*
 * `bot/reply.ts` once more, as schemas: for the API's description, and for whoever wants to check a reply. The
 * compiler holds the two together: a kind or field that is added there must be added here.
 */

const date = z.iso.date();

export const CONTACT = z
  .object({
    label: z.string(),
    phone: z.exactOptional(z.string()),
    url: z.exactOptional(z.string()),
    hours: z.exactOptional(z.string()),
  })
  .describe('Whom to reach, in the language of the interface') satisfies z.ZodType<Contact>;

export const SOURCE_REFERENCE = z.object({
  id: z.string(),
  title: z.string(),
  organisation: z.string(),
  url: z.exactOptional(z.string()),
  date: z.exactOptional(z.string()).describe('As the source gives it: a year, a month or a day'),
}) satisfies z.ZodType<SourceReference>;

export const REVIEW_STATE = z
  .object({
    status: z.enum(['reviewed', 'unreviewed', 'overdue']),
    by: z.exactOptional(z.string()).describe('Role or name of the clinician who signed'),
    on: z.exactOptional(date),
    due: z.exactOptional(date).describe('When it is to be looked at again'),
  })
  .describe('Whether a clinician has signed the passage as it stands') satisfies z.ZodType<Quote['review']>;

export const QUOTE = z
  .object({
    text: z.string().min(1).describe('Letter for letter passage.text.slice(start, end)'),
    passage: z.object({
      id: z.string().describe('pack/topic/passage'),
      title: z.string(),
      topic: z.string(),
      url: z.string().describe("Path of the passage's page, or its whole address where PUBLIC_URL is set"),
    }),
    start: z.int().min(0).describe('In UTF-16 code units'),
    end: z.int().min(1).describe('In UTF-16 code units'),
    sources: z.array(SOURCE_REFERENCE),
    review: REVIEW_STATE,
  })
  .describe('Sentences of one passage, neighbours of each other') satisfies z.ZodType<Quote>;

const base = z.object({
  id: z.string(),
  conversationId: z.string().describe('Send it with the next question, so that the bot can follow'),
  region: z.enum(REGIONS),
  message: z.string().describe("The bot's own words, written in advance; may hold line breaks"),
  quotes: z.array(QUOTE).describe('At least one in an answer; may be empty elsewhere'),
  disclaimers: z.array(z.object({ id: z.string(), text: z.string() })).min(1),
  contacts: z.array(CONTACT),
  suggestions: z.array(z.string()).describe('Questions that the bot is able to answer next'),
});

const category = z.enum(URGENT_CATEGORIES);

/** By kind. */
export const REPLY_KINDS = {
  answer: base
    .extend({
      kind: z.literal('answer'),
      quotes: z.array(QUOTE).min(1),
      confidence: z.number().min(0).max(1).describe('Calibrated probability that the quotes answer the question'),
    })
    .describe('Quotes that answer'),
  urgent: base
    .extend({
      kind: z.literal('urgent'),
      category: category.describe('The worst of the categories'),
      categories: z.array(category).min(1).describe('Worst first'),
    })
    .describe('Danger: show the contacts first'),
  refer: base
    .extend({ kind: z.literal('refer'), reason: z.enum(REFERRAL_REASONS) })
    .describe('A decision that only a prescriber makes; general quotes may be with it'),
  clarify: base
    .extend({ kind: z.literal('clarify'), options: z.array(z.object({ question: z.string() })).min(2) })
    .describe('Two readings fit: ask which is meant'),
  unanswered: base
    .extend({ kind: z.literal('unanswered') })
    .describe('No passage answers; also greetings, thanks and other languages'),
} satisfies { [Kind in ReplyKind]: z.ZodType<Extract<Reply, { kind: Kind }>> };

export const REPLY = z.discriminatedUnion('kind', [
  REPLY_KINDS.answer,
  REPLY_KINDS.urgent,
  REPLY_KINDS.refer,
  REPLY_KINDS.clarify,
  REPLY_KINDS.unanswered,
]) satisfies z.ZodType<Reply>;
