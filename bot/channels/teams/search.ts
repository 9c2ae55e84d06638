import { z } from 'zod';
import type { Language } from '../../../knowledge/pack/pack.ts';
import type { Bot } from '../../bot.ts';
import type { Clock } from '../../clock.ts';
import type { Quote, Reply } from '../../reply.ts';
import { QUESTION_LIMIT } from '../web/request-schema.ts';
import { CARD_TYPE, type Card } from './cards/card.ts';
import { drawQuoteCard } from './cards/quote-card.ts';
import { createRequote } from './cards/redraw.ts';
import { drawUrgentCard } from './cards/urgent-card.ts';
import { shortened } from './markdown.ts';
import { fits } from './message-size.ts';
import { reviewLine } from './review-line.ts';
import { TEXTS } from './texts.ts';

/** The message extension: from the compose box, quotes to insert where a person writes. */
export interface Search {
  query(value: unknown, language: Language): Promise<object>;
  /** A link to a passage's page, pasted or shared, becomes the quote that it points to. */
  link(value: unknown, language: Language): object;
}

/** Of the manifest's command; the parameter that holds what was typed. */
export const SEARCH_COMMAND = { id: 'searchPassages', parameter: 'question' } as const;

/** Results that fit without scrolling. */
const MOST = 5;
/** Characters of a preview. */
const PREVIEW = 140;

export function createSearch({ bot, clock, publicUrl }: { bot: Bot; clock: Clock; publicUrl: string }): Search {
  const requote = createRequote({ pack: bot.pack, clock, publicUrl });
  return {
    async query(value, language) {
      const query = readQuery(value);
      if (query === undefined || [...query.asked].length > QUESTION_LIMIT) return saying(TEXTS[language].searchPrompt);
      const { asked, skip } = query;
      // All there is fits on the first page.
      if (skip > 0) return results([]);
      if (asked !== '') return resultsOf(await ask(asked, language), language);
      const { questions } = bot.starters(bot.defaultRegion, language);
      return quotesOf(await firstQuotes(questions, language), language);
    },

    link(value, language) {
      const place = placeOfLink(LINK.safeParse(value).data?.url, publicUrl);
      const passage = place && bot.passage(place.id);
      if (!place || !passage) return {};
      const { start = 0, end = passage.text.length } = place;
      const quote =
        requote({ id: place.id, start, end }) ?? requote({ id: place.id, start: 0, end: passage.text.length });
      return quote ? quotesOf([quote], language) : {};
    },
  };

  async function resultsOf(reply: Reply, language: Language): Promise<object> {
    if (reply.kind === 'urgent') {
      const { contacts, message } = reply;
      const preview = { title: TEXTS[language].urgentSummary, text: shortened(message, PREVIEW) };
      return results([{ card: drawUrgentCard({ contacts, message, language }), preview }]);
    }
    if (reply.kind === 'clarify') {
      return quotesOf(
        await firstQuotes(
          reply.options.map(({ question }) => question),
          language,
        ),
        language,
      );
    }
    // What only a prescriber decides is no matter of other wording.
    if (reply.kind === 'refer' && reply.quotes.length === 0) return saying(reply.message);
    return quotesOf(reply.quotes, language);
  }

  /** Each typed letter may be a search of its own: none of them is a conversation, and nothing of them is kept. */
  async function ask(text: string, language: Language): Promise<Reply> {
    const { reply } = await bot.respond({ text, language });
    await bot.forget(reply.conversationId);
    return reply;
  }

  async function firstQuotes(questions: readonly string[], language: Language): Promise<Quote[]> {
    const quotes: Quote[] = [];
    for (const question of questions.slice(0, MOST)) quotes.push(...(await ask(question, language)).quotes.slice(0, 1));
    return quotes;
  }
}

const QUERY = z.object({
  commandId: z.literal(SEARCH_COMMAND.id),
  parameters: z.array(z.object({ name: z.string(), value: z.unknown().optional() })).default([]),
  queryOptions: z.object({ skip: z.number().default(0) }).optional(),
});
const LINK = z.object({ url: z.string().max(2000) });

/** What was asked, empty before anything is typed, and how many results came before; undefined if it is no search of ours. */
function readQuery(value: unknown): { asked: string; skip: number } | undefined {
  const query = QUERY.safeParse(value).data;
  const found = query?.parameters.find(({ name }) => name === SEARCH_COMMAND.parameter)?.value ?? '';
  if (!query || typeof found !== 'string') return undefined;
  return { asked: Buffer.from(found).toString().trim(), skip: query.queryOptions?.skip ?? 0 };
}

/** Links below this bot's own address only. */
function placeOfLink(link = '', publicUrl: string): { id: string; start?: number; end?: number } | undefined {
  const prefix = `${publicUrl}/passages/`;
  if (publicUrl === '' || !link.startsWith(prefix) || !URL.canParse(link)) return undefined;
  const { pathname, searchParams } = new URL(link);
  const id = pathname.slice(new URL(prefix).pathname.length).replaceAll(/%2f/gi, '/');
  const [start, end] = ['start', 'end'].map((name) => searchParams.get(name));
  return /^\d{1,9}$/.test(start ?? '') && /^\d{1,9}$/.test(end ?? '')
    ? { id, start: Number(start), end: Number(end) }
    : { id };
}

interface Result {
  readonly card: Card;
  readonly preview: { readonly title: string; readonly text: string };
}

function quotesOf(quotes: readonly Quote[], language: Language): object {
  if (quotes.length === 0) return saying(TEXTS[language].searchNothing);
  return results(
    quotes.slice(0, MOST).map((quote) => ({
      card: drawQuoteCard({ quotes: [quote], next: [], language, alone: true }),
      preview: {
        title: quote.passage.title,
        text: `${shortened(quote.text, PREVIEW)} (${reviewLine(quote.review, TEXTS[language])})`,
      },
    })),
  );
}

/** As many as one answer can hold; the best come first. */
function results(found: readonly Result[]): object {
  const drawn = drawResults(found);
  return found.length === 0 || fits(drawn) ? drawn : results(found.slice(0, -1));
}

function drawResults(found: readonly Result[]): object {
  const attachments = found.map(({ card, preview }) => ({
    contentType: CARD_TYPE,
    content: card,
    preview: { contentType: 'application/vnd.microsoft.card.thumbnail', content: preview },
  }));
  return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } };
}

function saying(text: string): object {
  return { composeExtension: { type: 'message', text } };
}
