import { mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import { addDocuments } from '../../../knowledge/ingest/add-documents.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../knowledge/ingest/limits.ts';
import { newPack } from '../../../knowledge/ingest/new-pack.ts';
import { startParserThreads } from '../../../knowledge/ingest/parsing/parser-threads.ts';
import { LEAFLET } from '../../support/documents/leaflet.ts';
import { makeDocx } from '../../support/documents/make-docx.ts';
import { makeMarkdown } from '../../support/documents/make-markup.ts';
import { makePdf, makeScan } from '../../support/documents/make-pdf.ts';
import { filesOf } from '../../support/files-of.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const threads = startParserThreads({ limits: DEFAULT_LIMITS });
afterAll(() => threads.close());

const utf8 = (text: string) => Buffer.from(text);
const docxWith = (document: string | Uint8Array, more: Record<string, Uint8Array> = {}) =>
  Buffer.from(zipSync({ 'word/document.xml': Buffer.from(document), ...more }, { level: 9 }));
const half = (bytes: Uint8Array) => bytes.subarray(0, bytes.length >> 1);

describe('a file that can not go in is refused with its reason and what to do', () => {
  test.each<[string, string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ['a scanned PDF', 'scan.pdf', () => makeScan(3), 'NO_TEXT'],
    ['a PDF with a password', 'locked.pdf', () => makePdf(LEAFLET, { password: 'secret' }), 'PASSWORD'],
    ['half of a PDF', 'half.pdf', async () => utf8('%PDF-1.7\nnothing'), 'DAMAGED'],
    ['a PDF that says it is a Word file', 'leaflet.docx', () => makePdf(LEAFLET), 'WRONG_ENDING'],
    ['a Word file that says it is a PDF', 'leaflet.pdf', () => makeDocx(LEAFLET), 'WRONG_ENDING'],
    ['a Word file that says it is text', 'leaflet.txt', () => makeDocx(LEAFLET), 'WRONG_ENDING'],
    ['a locked Word file', 'locked.docx', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'PASSWORD'],
    ['half of a Word file', 'half.docx', async () => half(await makeDocx(LEAFLET)), 'DAMAGED'],
    ['a ZIP archive that is no Word file', 'x.docx', () => Buffer.from(zipSync({ 'a.txt': utf8('a') })), 'DAMAGED'],
    ['a zip bomb', 'bomb.docx', () => docxWith(new Uint8Array(120 * 1024 * 1024)), 'UNPACKED_TOO_LARGE'],
    ['Markdown nested deep', 'deep.md', () => utf8(`${'> '.repeat(3000)}text`), 'TOO_DEEP'],
    ['HTML nested deep', 'deep.html', () => utf8(`${'<div>'.repeat(20_000)}text`), 'TOO_DEEP'],
    ['a program', 'x.txt', () => Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 37) % 31)), 'NOT_TEXT'],
    ['an empty file', 'x.md', () => utf8(''), 'EMPTY'],
    ['a file of white space', 'x.md', () => utf8(' \n\n \n'), 'NO_TEXT'],
    ['an unknown ending', 'x.xlsx', () => utf8('x'), 'UNKNOWN_FORMAT'],
  ])('%s', async (_, name, make, code) => {
    const bytes = await make();
    const refusal = await threads.read(name, bytes).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ name: 'IngestError', code });
    expect((refusal as Error).message).toMatch(/^[a-z].{10,}; .{5,}$/);
  });
});

describe('a limit', () => {
  const within = async (limits: Partial<Limits>, name: string, bytes: Uint8Array) => {
    const own = startParserThreads({ limits: { ...DEFAULT_LIMITS, ...limits } });
    try {
      await own.read(name, bytes);
      return 'read';
    } catch (error) {
      return (error as { code?: string }).code;
    } finally {
      await own.close();
    }
  };

  test('on pages', async () => {
    expect(await within({ pages: 2 }, 'x.pdf', await makeScan(3))).toBe('TOO_MANY_PAGES');
  });

  test('on time, after which the next file is read all the same', async () => {
    const own = startParserThreads({ limits: { ...DEFAULT_LIMITS, milliseconds: 4000 } });
    const endless = utf8('a**b'.repeat(300_000));
    await expect(own.read('slow.md', endless)).rejects.toMatchObject({ code: 'TOO_SLOW' });
    expect((await own.read('x.md', utf8('Warts go by themselves.'))).text).toBe('Warts go by themselves.');
    await own.close();
  });

  test('on memory', async () => {
    const large = utf8('<p>wart</p>'.repeat(800_000));
    expect(await within({ megabytes: 40 }, 'x.html', large)).toBe('TOO_MUCH_MEMORY');
  });
});

describe('a batch', () => {
  const setUp = () => {
    const root = temporaryFolder();
    const folder = path.join(root, 'packs', 'warts');
    newPack({ folder });
    mkdirSync(path.join(root, 'in'));
    const file = (name: string, bytes: Uint8Array | string) => {
      writeFileSync(path.join(root, 'in', name), bytes);
      return path.join(root, 'in', name);
    };
    return { root, folder, file };
  };
  const today = '2026-11-23';

  test('goes on past what is refused, and says of each what became of it', async () => {
    const { root, folder, file } = setUp();
    const huge = file('huge.txt', 'x');
    truncateSync(huge, 200 * 1024 * 1024);
    const files = [
      huge,
      path.join(root, 'none.md'),
      file('scan.pdf', await makeScan(1)),
      file('ok.md', makeMarkdown(LEAFLET)),
    ];
    const heard: string[] = [];
    const all = await addDocuments({ folder, files, today, onFile: ({ file: of }) => heard.push(path.basename(of)) });
    expect(all.map((added) => (added.kind === 'refused' ? added.error.code : added.kind))).toEqual([
      'TOO_LARGE',
      'NOT_FOUND',
      'NO_TEXT',
      'added',
    ]);
    expect(heard).toEqual(['huge.txt', 'none.md', 'scan.pdf', 'ok.md']);
  });

  test('leaves the pack as it was where nothing goes in, and in a dry run', async () => {
    const { folder, file } = setUp();
    const before = filesOf(folder);
    await addDocuments({ folder, files: [file('deep.html', '<b>'.repeat(9999))], today });
    await addDocuments({ folder, files: [file('ok.md', makeMarkdown(LEAFLET))], today, dryRun: true });
    expect(filesOf(folder)).toEqual(before);
  });

  test('writes nothing outside the folder of the pack, whatever a document says', async () => {
    const { root, folder, file } = setUp();
    const evil = utf8('<x/>');
    const xml =
      '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Text of it.</w:t></w:r></w:p></w:body></w:document>';
    const files = [
      file('a.md', '# ../../escaped\n\nSome words stand here.\n\n## /etc/passwd\n\nMore words stand here.\n'),
      file('..b.md', '# C:\\windows\n\nSome other words stand here.\n\n## .git/hooks\n\nStill more stand here.\n'),
      file('c.docx', docxWith(xml, { '../../escaped.xml': evil, 'word/../../escaped2.xml': evil, '/abs.xml': evil })),
    ];
    await addDocuments({ folder, files, today });
    expect(readdirSync(root).sort()).toEqual(['in', 'packs']);
    expect(readdirSync(path.join(root, 'in')).sort()).toEqual(['..b.md', 'a.md', 'c.docx']);
    expect(readdirSync(path.join(root, 'packs'))).toEqual(['warts']);
    expect(readdirSync(path.join(folder, 'passages')).every((name) => /^[a-z0-9-]+$/.test(name))).toBe(true);
  });
});
