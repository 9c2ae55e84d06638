import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../../../knowledge/ingest/limits.ts';
import { readDocument } from '../../../../knowledge/ingest/read-document.ts';
import { words } from '../../../../knowledge/text/normalize.ts';
import { LEAFLET, leafletHeadings, leafletText } from '../../../support/documents/leaflet.ts';
import { makeDocx, makeDocxWithFootnote } from '../../../support/documents/make-docx.ts';
import { makeHtml, makeMarkdown, makeText } from '../../../support/documents/make-markup.ts';
import { makePdf, render } from '../../../support/documents/make-pdf.ts';

const read = (name: string, bytes: Uint8Array | string) =>
  readDocument({ name, bytes: Buffer.from(bytes), limits: DEFAULT_LIMITS });
const textsOf = async (name: string, bytes: Uint8Array | string) => (await read(name, bytes)).text.split('\n\n');

const FILES: [string, () => Promise<Uint8Array | string> | string][] = [
  ['leaflet.docx', () => makeDocx(LEAFLET)],
  ['leaflet.pdf', () => makePdf(LEAFLET)],
  ['leaflet.html', () => makeHtml(LEAFLET)],
  ['leaflet.md', () => makeMarkdown(LEAFLET)],
  ['leaflet.txt', () => makeText(LEAFLET)],
];

describe.each(FILES)('%s', (name, make) => {
  test('keeps at least 99 in 100 words', async () => {
    const kept = new Map<string, number>();
    for (const word of words((await read(name, await make())).text)) kept.set(word, (kept.get(word) ?? 0) + 1);
    const wanted = words(leafletText(LEAFLET));
    const lost = wanted.filter((word) => {
      const left = kept.get(word) ?? 0;
      kept.set(word, left - 1);
      return left <= 0;
    });
    expect(lost.length / wanted.length, lost.join(' ')).toBeLessThanOrEqual(0.01);
  });

  test('knows at least 95 in 100 headings as such', async () => {
    const { text, blocks } = await read(name, await make());
    const found = blocks.filter(({ kind }) => kind === 'heading').map(({ start, end }) => text.slice(start, end));
    const wanted = leafletHeadings(LEAFLET);
    expect(wanted.filter((heading) => found.includes(heading)).length / wanted.length).toBeGreaterThanOrEqual(0.95);
  });

  test('has no heading that is none', async () => {
    const { text, blocks } = await read(name, await make());
    const found = blocks.filter(({ kind }) => kind === 'heading').map(({ start, end }) => text.slice(start, end));
    expect(found.filter((heading) => !leafletHeadings(LEAFLET).includes(heading))).toEqual([]);
  });

  test('makes a sentence with its headers of each row of a table', async () => {
    const lines = await textsOf(name, await make());
    expect(lines).toContain('Place: Foot; Healing time: three weeks; Next visit: after four weeks.');
  });

  test('keeps the numbers of steps, and joins short bullets to the line that leads to them', async () => {
    const lines = await textsOf(name, await make());
    expect(lines).toContain('2. Dab the skin dry with a clean towel.');
    expect(lines).toContain(
      'Until the scab has fallen off, stay away from: hot tubs; tight shoes; picking at the scab.',
    );
  });

  test('is named after its heading', async () => {
    expect((await read(name, await make())).title).toBe(name.endsWith('.txt') ? 'leaflet' : LEAFLET.title);
  });
});

describe('a PDF', () => {
  const long = { ...LEAFLET, parts: [...LEAFLET.parts, ...LEAFLET.parts, ...LEAFLET.parts] };

  test('is read without its running headers, footers and page numbers', async () => {
    const { text } = await read(
      'x.pdf',
      await makePdf(long, { header: 'Hillside Skin Clinic', footer: 'Version 4, page' }),
    );
    expect(text).not.toMatch(/Hillside|Version 4|\n\n\d+(\n|$)/);
  });

  test('says on which page each block begins', async () => {
    const { blocks, pages } = await read('x.pdf', await makePdf(long));
    expect(pages).toBeGreaterThan(1);
    expect([blocks[0]?.page, blocks.at(-1)?.page]).toEqual([1, pages]);
  });

  test('has words that were parted at the end of a line made whole', async () => {
    const pdf = await render((page) => {
      page
        .fontSize(11)
        .text('A blister after freezing is harm-')
        .text('less and heals by itself. A well-known balm of the phar-')
        .text('macy keeps it soft.');
    });
    expect((await read('x.pdf', pdf)).text).toBe(
      'A blister after freezing is harmless and heals by itself. A well-known balm of the pharmacy keeps it soft.',
    );
  });
});

test('a footnote of a Word file stands behind its paragraph, and its mark is gone', async () => {
  const docx = await makeDocxWithFootnote('Warts often go by themselves.', 'Counted over two years.');
  expect(await textsOf('x.docx', docx)).toEqual(['Warts often go by themselves.', 'Counted over two years.']);
});

test('a Word file with a flipped bit in its text is refused, and never read as other words', async () => {
  const whole = await makeDocx(LEAFLET);
  const { text } = await read('x.docx', whole);
  for (let at = 40; at < whole.length; at += 97) {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 4;
    const kept = await read('x.docx', bytes).then(
      (document) => document.text,
      () => text,
    );
    expect(kept).toBe(text);
  }
});

test('a Word file is read without its page header and footer', async () => {
  expect((await read('x.docx', await makeDocx(LEAFLET))).text).not.toContain('Running');
});

test('a footnote of Markdown stands behind the paragraph that refers to it', async () => {
  const lines = await textsOf('x.md', 'Warts go.[^1] Really.\n\nMore of it.\n\n[^1]: Counted over two years.\n');
  expect(lines).toEqual(['Warts go. Really.', 'Counted over two years.', 'More of it.']);
});

describe('a web page', () => {
  const page = `<!doctype html><html><head><title>Site</title><script>track()</script></head><body>
    <header><a href="/">Home</a></header>
    <nav><ul><li><a href="/a">Treatments</a></li><li><a href="/b">Prices</a></li></ul></nav>
    <div class="cookie-banner"><p>We use cookies to improve this site.</p><button>Accept all</button></div>
    <div><ul><li><a href="/1">Acne</a></li><li><a href="/2">Moles</a></li><li><a href="/3">Warts</a></li></ul></div>
    <h1>Warts</h1><p>Most warts go <b>without</b> any treatment.<sup><a href="#n1">1</a></sup></p>
    <dl><dt>Onset</dt><dd>within weeks</dd></dl>
    <ol start="3"><li>Wash the wart.</li><li>Dry it.</li></ol>
    <p hidden>Secret</p><p>We use cookies to remember you.</p>
    <ol><li id="n1">Seen in a study.</li></ol>
    <footer>© 2026 A clinic. All rights reserved.</footer></body></html>`;

  test('is read without menus, cookie notes, hidden parts, scripts and its footer', async () => {
    expect(await textsOf('x.html', page)).toEqual([
      'Warts',
      'Most warts go without any treatment.',
      'Seen in a study.',
      'Onset: within weeks',
      '3. Wash the wart.',
      '4. Dry it.',
    ]);
  });
});

describe('the encoding of a text', () => {
  const text = 'Heat “helps” – a naïve patient asked. Zoë agrees with that.';
  const utf16 = Buffer.from(text, 'utf16le');
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ['UTF-16 without a mark', utf16],
    ['UTF-16, the other way round', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()])],
    [
      'Windows-1252',
      Buffer.from('Heat \x93helps\x94 \x96 a na\xefve patient asked. Zo\xeb agrees with that.', 'latin1'),
    ],
  ])('%s is read as it was meant', async (_, bytes) => {
    expect((await read('x.txt', bytes)).text).toBe(text);
  });

  test('with a few bad bytes is read as far as it goes, with a warning', async () => {
    const bytes = Buffer.concat([Buffer.from('Zoë and Chloë and Noël say '), Buffer.from([0xff]), Buffer.from('yes.')]);
    const { text: kept, warnings } = await read('x.txt', bytes);
    expect(kept).toBe('Zoë and Chloë and Noël say yes.');
    expect(warnings).toEqual(['1 characters could not be read (they are no UTF-8)']);
  });
});
