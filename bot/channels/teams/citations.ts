import type { Quote } from '../../reply.ts';
import { contextUrl } from './links.ts';
import { shortened } from './markdown.ts';
import { reviewLine } from './review-line.ts';
import type { Texts } from './texts.ts';

/** As many as Teams draws. */
const MOST = 20;
/** Characters that Teams shows of each field. */
const NAME = 80;
const ABSTRACT = 160;

/**
 * What is behind the markers `[1]`, `[2]`, … of a message: whose facts, from when, and who signed them. It says nothing
 * of an AI that would have made the text, since none has.
 */
export function citationEntity(quotes: readonly Quote[], texts: Texts) {
  return {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
    citation: quotes.slice(0, MOST).map((quote, index) => {
      const url = contextUrl(quote) ?? quote.sources.find((source) => source.url)?.url;
      return {
        '@type': 'Claim',
        position: index + 1,
        appearance: {
          '@type': 'DigitalDocument',
          name: shortened(quote.passage.title, NAME),
          abstract: shortened(abstractOf(quote, texts), ABSTRACT),
          ...(url !== undefined && { url }),
        },
      };
    }),
  };
}

/** The review first, so that it is there however long the sources are. */
function abstractOf({ review, sources }: Quote, texts: Texts): string {
  const named = sources.map(({ organisation, title, date }) => `${organisation}: ${title}${date ? ` (${date})` : ''}`);
  return `${reviewLine(review, texts)}. ${named.join('; ') || texts.noSources}`;
}
