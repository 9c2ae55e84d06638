import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../../bot/reply.ts';
import type { Passage } from '../../../../knowledge/pack/pack.ts';
import { bodyOf, serveWeb } from '../../../support/serve-web.ts';
import { createTinyBot } from '../../../support/tiny-bot.ts';
import { tinyPack } from '../../../support/tiny-pack.ts';
import { visibleText } from '../../../support/visible-text.ts';

const RELAPSE = '/passages/tiny/permanence/does-it-come-back';
const LIPS = '/passages/tiny/side-effects/dry-lips';

async function get(path: string, parts: Parameters<typeof serveWeb>[0] = {}) {
  const { url } = await serveWeb(parts);
  const response = await fetch(url + path);
  return { url, response, html: await response.text() };
}

function marks(html: string): string[] {
  return [...html.matchAll(/<mark[^>]*>(.*?)<\/mark>/gs)].map(([, inside = '']) => visibleText(inside));
}

describe('the page of a passage', () => {
  it('shows title, text, topic, regions and review state', async () => {
    const { response, html } = await get(LIPS);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const text = visibleText(html);
    for (const part of [
      'Dry lips',
      'Dry lips are the commonest effect. A plain balm helps.',
      'Side effects',
      'Holds in United States and United Kingdom',
      'Reviewed by Dermatology nurse on January 10, 2026, to be read again by December 1, 2026',
    ]) {
      expect(text, part).toContain(part);
    }
  });

  it.each([
    ['nobody has signed', RELAPSE, '2026-11-23', 'Not yet reviewed by a clinician', 'every region'],
    ['is overdue', LIPS, '2026-12-02', 'the next review has been due since December 1, 2026', 'United States'],
  ])('says of a passage that %s so', async (_, path, today, review, regions) => {
    const { html } = await get(path, { clock: { now: () => Date.parse(`${today}T12:00:00Z`) } });
    expect(visibleText(html)).toContain(review);
    expect(visibleText(html)).toContain(regions);
  });

  it('numbers the sources, behind each sentence and in the list that they link to', async () => {
    const { html } = await get(RELAPSE);
    expect(html).toContain(
      'about 1 in 3.<sup><a href="#source-1" aria-label="Source 1">[1]</a><a href="#source-2" aria-label="Source 2">[2]</a></sup>',
    );
    expect(html).toMatch(
      /<li id="source-1">.*<a href="https:\/\/example\.org\/trial"[^>]*>A trial<\/a>.*A university, May 2024<\/li>/,
    );
    expect(html).toMatch(/<li id="source-2">.*A leaflet.*A clinic<\/li>/);
    expect(html).not.toContain('not for readers');
  });

  it('marks what a quote quoted, whichever it was', async () => {
    const { url, ask } = await serveWeb();
    const { quotes } = await bodyOf<Reply>(ask({ question: 'does it come back' }));
    expect(quotes).toHaveLength(2);
    for (const { passage, start, end, text } of quotes) {
      const page = await fetch(`${url}${passage.url}?start=${start}&end=${end}`);
      expect(marks(await page.text())).toEqual([text]);
    }
  });

  it('marks across sentences and paragraphs', async () => {
    const { html } = await get(`${RELAPSE}?start=47&end=103`);
    expect(marks(html)).toEqual(['A second course is possible.', 'Ask your prescriber first.']);
    expect(html).toContain('<a href="#quote">');
  });

  it.each([
    '?start=0',
    '?start=9&end=3',
    '?start=0&end=9999',
    '?start=-1&end=5',
    '?start=a&end=b',
    '?start=0&start=1&end=2',
    '?start[]=0&end=5',
  ])('marks nothing for %s, and shows the passage all the same', async (query) => {
    const { response, html } = await get(RELAPSE + query);
    expect(response.status).toBe(200);
    expect(html).not.toContain('<mark');
    expect(html).not.toContain('#quote');
  });

  it('says what it is, what it is not, and whom to call', async () => {
    const { html } = await get(`${RELAPSE}?region=UK`);
    const text = visibleText(html);
    expect(text).toContain('one passage of the knowledge pack “Tiny”');
    expect(text).toContain('not a medical device');
    expect(text).toContain('General information only.');
    expect(html).toContain('<a class="phone" href="tel:999" aria-label="Call Emergency services, 999">999</a>');
  });

  it('speaks Spanish around a passage that stays English', async () => {
    const { html } = await get(`${RELAPSE}?language=es&start=0&end=46`);
    expect(html).toContain('<html lang="es">');
    expect(html).toContain('<div class="text" lang="en">');
    expect(visibleText(html)).toContain('Solo información general.');
    expect(visibleText(html)).toContain('Todavía no lo ha revisado');
    expect(visibleText(html)).not.toMatch(/Sources|Please note|Ask a question/);
  });

  it('takes a region or language that it does not know for none', async () => {
    const { response, html } = await get(`${RELAPSE}?region=Mars&language=xx&language=es`);
    expect(response.status).toBe(200);
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('tel:911');
  });

  it.each([
    RELAPSE,
    `${RELAPSE}/`,
    `/passages/${encodeURIComponent(RELAPSE.slice('/passages/'.length))}`,
    '/passages/no/such',
    '/passages/none',
  ])('finds its style and the way to the start from %s', async (path) => {
    const { url, html } = await get(path);
    const addresses = [...html.matchAll(/(?:href|src)="((?:\.\.\/)[^"]*)"/g)].map(([, address = '']) => address);
    expect(new Set(addresses).size).toBe(3);
    for (const address of addresses) {
      const response = await fetch(new URL(address, url + path));
      expect(response.status, address).toBe(200);
    }
    expect(new URL(addresses.find((address) => address.endsWith('../')) ?? 'none', url + path).pathname).toBe('/');
  });

  it('may run no script and load nothing but its style and icon', async () => {
    const { response, html } = await get(RELAPSE);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(html).not.toMatch(/<script|<style|\sstyle=|\son\w+=/i);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
  });

  it('prints without what can only be pressed, and with addresses', async () => {
    const { url } = await serveWeb();
    const css = await (await fetch(`${url}/page/passage.css`)).text();
    const print = css.slice(css.indexOf('@media print'));
    expect(print).toMatch(/\.top,[^}]*display: none/s);
    expect(print).toMatch(/a\[href\^='http'\]::after\s*{\s*content: ' \(' attr\(href\) '\)'/);
  });
});

describe('the page of a passage that is not there', () => {
  it.each([
    '/passages/none',
    '/passages/tiny/side-effects/none',
    '/passages/__proto__',
    '/passages/%00',
    '/passages/..%2F..%2Fetc',
  ])('answers %s with 404, the way to the start and whom to call', async (path) => {
    const { response, html } = await get(path);
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(visibleText(html)).toContain('This passage is not here');
    expect(html).toContain('tel:911');
    expect(html).toMatch(/<a class="button" href="(\.\.\/)+">Ask a question<\/a>/);
  });

  it('repeats nothing of the address', async () => {
    const { html } = await get('/passages/<script>xyzzy</script>?start=xyzzy&language=xyzzy');
    expect(html).not.toMatch(/xyzzy|<script/);
  });

  it('is logged as what it is, without the address', async () => {
    const web = await serveWeb();
    await (await fetch(`${web.url}/passages/xyzzy?start=xyzzy`)).text();
    expect(web.log()).not.toContain('xyzzy');
    expect(web.logged().at(-1)).toMatchObject({ route: '/passages/{id}', status: 404, problem: 'unknown_passage' });
  });
});

describe('a pack that tries to write markup', () => {
  const ATTACK = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&lt;b&gt;`;
  const text = `${ATTACK} is a sentence. So is this.`;
  const evil: Passage = {
    id: 'tiny/evil/passage',
    topic: ATTACK,
    title: ATTACK,
    text,
    questions: [ATTACK],
    regions: ['all'],
    sentences: [{ start: 0, end: ATTACK.length + 15, sources: ['E1', 'E2'] }],
    review: { status: 'reviewed', by: ATTACK, on: '2026-01-10', due: '2027-01-10', hash: 'ee' },
    contentHash: 'ee',
    file: 'evil.md',
  };
  const sources = new Map(
    ['E1', 'E2'].map((id, i) => {
      const url = i === 0 ? 'javascript:alert(3)' : `https://example.org/${ATTACK}`;
      return [id, { id, title: ATTACK, organisation: ATTACK, date: ATTACK, url, read: 'full' as const }];
    }),
  );
  const bot = {
    ...createTinyBot(),
    pack: { ...tinyPack, title: ATTACK, sources, disclaimers: [{ id: 'd', text: { en: ATTACK, es: ATTACK } }] },
    passage: () => evil,
    emergencyContacts: () => [{ label: ATTACK, phone: ATTACK, url: 'data:text/html,x', hours: ATTACK }],
  };

  it('has it shown as text everywhere, marked or not', async () => {
    for (const query of ['', `?start=0&end=${ATTACK.length}`, `?start=3&end=${ATTACK.length - 3}`]) {
      const { html } = await get(`/passages/tiny/evil/passage${query}`, { bot });
      // Every "<" that is left begins a tag of the page's own.
      expect(html).not.toMatch(/<script|<img src=x|<b>/i);
      const tags = [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
      for (const tag of tags) expect(tag).toMatch(/^<(?:!doctype html|\/?[a-z][a-z0-9]*(?: [a-z-]+="[^"]*")*)>$/);
      const attributes = tags.flatMap((tag) => [...tag.matchAll(/ ([a-z-]+)="([^"]*)"/g)]);
      expect(attributes.filter(([, name = '']) => name.startsWith('on') || name === 'style')).toEqual([]);
      const addresses = attributes.flatMap(([, name, value = '']) =>
        name === 'href' || name === 'src' ? [value] : [],
      );
      for (const address of addresses) expect(address).toMatch(/^(?:\.\.\/|#|https:\/\/|tel:\d+$)/);
      expect(visibleText(html).split(ATTACK).length - 1).toBeGreaterThan(8);
    }
  });

  it('has what it quotes marked as it is', async () => {
    const { html } = await get(`/passages/tiny/evil/passage?start=0&end=${text.length}`, { bot });
    expect(marks(html)).toEqual([text]);
  });
});
