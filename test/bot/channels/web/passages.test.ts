import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { PASSAGE } from '../../../../bot/channels/web/passages.ts';
import type { Problem } from '../../../../bot/channels/web/problem.ts';
import type { Reply } from '../../../../bot/reply.ts';
import { bodyOf, serveWeb } from '../../../support/serve-web.ts';

type Passage = z.infer<typeof PASSAGE>;
const ID = 'tiny/side-effects/dry-lips';

describe('GET /api/passages/{id}', () => {
  it('answers a passage with its sources and review state', async () => {
    const { url } = await serveWeb();
    expect(await (await fetch(`${url}/api/passages/${ID}`)).json()).toEqual({
      id: ID,
      title: 'Dry lips',
      topic: 'side-effects',
      text: 'Dry lips are the commonest effect. A plain balm helps.',
      regions: ['US', 'UK'],
      review: { status: 'reviewed', by: 'Dermatology nurse', on: '2026-01-10', due: '2026-12-01' },
      sentences: [
        { start: 0, end: 34, sources: ['T2'] },
        { start: 35, end: 54, sources: ['T2'] },
      ],
      sources: [{ id: 'T2', title: 'A leaflet', organisation: 'A clinic' }],
    });
  });

  it.each([ID, encodeURIComponent(ID), 'tiny%2Fside-effects/dry-lips', `${ID}/`])('finds %s', async (address) => {
    const { url } = await serveWeb();
    const response = await fetch(`${url}/api/passages/${address}`);
    expect(response.status).toBe(200);
    expect((await bodyOf<Passage>(response)).id).toBe(ID);
  });

  it.each(['tiny', 'tiny/side-effects', 'tiny/side-effects/none', '%00', '..%2F..%2Fetc', '__proto__', `${ID}/more`])(
    'answers 404 for %s',
    async (address) => {
      const { url } = await serveWeb();
      const response = await fetch(`${url}/api/passages/${address}`);
      expect(response.status).toBe(404);
      expect((await bodyOf<Problem>(response)).code).toBe('unknown_passage');
    },
  );

  it('gives the text that quotes are slices of, letter for letter', async () => {
    const { url, ask } = await serveWeb();
    const { quotes } = await bodyOf<Reply>(ask({ question: 'does it come back' }));
    expect(quotes).toHaveLength(2);
    for (const quote of quotes) {
      const passage = await bodyOf<Passage>(fetch(`${url}/api/passages/${encodeURIComponent(quote.passage.id)}`));
      expect(passage.text.slice(quote.start, quote.end)).toBe(quote.text);
    }
  });

  it('says that a review is overdue once its day is over', async () => {
    const { url } = await serveWeb({ clock: { now: () => Date.parse('2026-12-02T00:00:00Z') } });
    expect((await bodyOf<Passage>(fetch(`${url}/api/passages/${ID}`))).review.status).toBe('overdue');
  });
});
