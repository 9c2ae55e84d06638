import { expect, it } from 'vitest';
import type { Problem } from '../../../../bot/channels/web/problem.ts';
import { bodyOf, serveWeb } from '../../../support/serve-web.ts';

it('greets, with starter questions and contacts of the clinic’s region, in English', async () => {
  const { url } = await serveWeb();
  const response = await fetch(`${url}/api/starters`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    region: 'US',
    greeting: 'Hello!',
    questions: ['Does acne come back?', 'What helps with dry lips?'],
    contacts: [{ label: 'Emergency services', phone: '911' }, expect.objectContaining({ label: 'Crisis line' })],
  });
});

it('greets in the region and language that are asked for', async () => {
  const { url } = await serveWeb();
  const starters = await (await fetch(`${url}/api/starters?region=UK&language=es`)).json();
  expect(starters).toMatchObject({ region: 'UK', greeting: '¡Hola!', contacts: [{ phone: '999' }, {}] });
});

it.each(['region=FR', 'region=', 'region=US&region=UK', 'region[]=US', 'language=xx'])(
  'handles the query %s without failing',
  async (query) => {
    const { url } = await serveWeb();
    const response = await fetch(`${url}/api/starters?${query}`);
    expect(response.status).toBe(query === 'region[]=US' ? 200 : 400);
  },
);

it('names the regions that there are', async () => {
  const { url } = await serveWeb();
  const problem = await bodyOf<Problem>(fetch(`${url}/api/starters?region=FR`));
  expect(problem.detail).toContain('US, UK, EU, IE, AU, NZ');
});
