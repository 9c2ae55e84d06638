import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSnapshot } from '../../../knowledge/index/open-snapshot.ts';
import { partOf } from '../../../knowledge/index/snapshot.ts';
import type { Pack, Passage } from '../../../knowledge/pack/pack.ts';
import { createCountingEmbedder } from '../../support/counting-embedder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { tinyPack } from '../../support/tiny-pack.ts';
import { tinySnapshot, tinyVector } from '../../support/tiny-snapshot.ts';

const EXAMPLES = ['i took all of them', 'my chest hurts'];
const pack: Pack = { ...tinyPack, outOfScope: ['what is the weather'] };
const [relapse, lips] = pack.passages as readonly [Passage, Passage];

/** A place for a snapshot, and what opening it comes to. */
function place() {
  const folder = path.join(temporaryFolder(), 'index');
  const file = (name: string) => path.join(folder, name);
  return {
    folder,
    manifest: file('manifest.json'),
    vectors: () => file(readdirSync(folder).find((name) => /^vectors-[0-9a-f]{16}\.f32$/.test(name)) ?? 'none'),
    nearest: () => file(readdirSync(folder).find((name) => /^nearest-[0-9a-f]{16}\.hnsw$/.test(name)) ?? 'none'),
    file,
    async open(of: Pack = pack, embedder = createCountingEmbedder()) {
      const opened = await openSnapshot({ folder, pack: of, examples: EXAMPLES, embedder });
      return { ...opened, texts: embedder.embedded };
    },
  };
}

/** That a search finds what it should. */
async function expectToSearch({ snapshot }: Awaited<ReturnType<ReturnType<typeof place>['open']>>): Promise<void> {
  const question = await createCountingEmbedder().embed('what helps with dry lips?');
  const [hit] = snapshot.nearest.search(question, 3);
  expect(hit?.score).toBeCloseTo(1, 5);
  expect(snapshot.chunks[hit?.id ?? -1]).toMatchObject({ kind: 'question', passage: 1 });
}

describe('openSnapshot', () => {
  it('builds what is not there yet, without a warning, and tells how far it is', async () => {
    const { folder } = place();
    const heard: [number, number][] = [];
    const onProgress = (done: number, total: number) => heard.push([done, total]);
    const opened = await openSnapshot({ folder, pack, embedder: createCountingEmbedder(), onProgress });
    expect(opened.warning).toBeUndefined();
    expect(heard.at(-1)).toEqual([opened.embedded, opened.embedded]);
    await expectToSearch({ ...opened, texts: [] });
  });

  it('searches all of a pack whose texts come in several portions, and counts through them', async () => {
    const { folder } = place();
    const questions = Array.from({ length: 2_345 }, (_, number) => `what is number ${number} for`);
    const heard: number[] = [];
    const large: Pack = { ...pack, passages: [relapse, { ...lips, questions }] };
    const { snapshot, embedded } = await openSnapshot({
      folder,
      pack: large,
      embedder: createCountingEmbedder({ dimension: 64 }),
      onProgress: (done) => heard.push(done),
    });
    expect(heard).toEqual(Array.from({ length: embedded }, (_, place) => place + 1));
    const searched = snapshot.chunks.flatMap(({ kind, sentences }, place) =>
      kind !== 'example' && sentences <= 1 ? [place] : [],
    );
    const ids = snapshot.nearest.search(snapshot.vectors[0] ?? new Float32Array(), searched.length).map(({ id }) => id);
    expect(ids.sort((a, b) => a - b)).toEqual(searched);
    const last = snapshot.chunks.findIndex(({ text }) => text.includes('number 2344'));
    const [hit] = snapshot.nearest.search(snapshot.vectors[last] ?? new Float32Array(), 1);
    expect(snapshot.vectors[hit?.id ?? -1]).toEqual(snapshot.vectors[last]);
  });

  it('writes down what it was made of', async () => {
    const { open, manifest, vectors, nearest } = place();
    const { snapshot } = await open();
    const written = JSON.parse(readFileSync(manifest, 'utf8'));
    const keys = [...new Set(snapshot.chunks.map(({ key }) => key))];
    expect(written).toMatchObject({
      format: 2,
      packHash: pack.hash,
      modelHash: 'counting',
      dimension: 24,
      counts: { passages: 2, chunks: snapshot.chunks.length, vectors: keys.length },
      keys,
      vectorsSha256: sha256(vectors()),
      nearest: { sha256: sha256(nearest()), size: snapshot.nearest.size, dimension: 24 },
    });
    expect(readFileSync(vectors())).toHaveLength(keys.length * 24 * 4);
  });

  it('embeds nothing the second time, and finds the same', async () => {
    const { open } = place();
    const first = await open();
    const second = await open();
    expect(second).toMatchObject({ texts: [], embedded: 0, warning: undefined });
    expect(second.snapshot.vectors).toEqual(first.snapshot.vectors);
    await expectToSearch(second);
  });

  it('embeds two texts that read the same once', async () => {
    const twice: Pack = { ...pack, passages: [relapse, { ...lips, questions: ['Dry lips', 'dry LIPS', 'Chapped?'] }] };
    const { texts } = await place().open(twice);
    expect(texts.filter((text) => text === 'dry lips')).toHaveLength(1);
  });

  it('embeds of a changed passage only what is new in it', async () => {
    const { open } = place();
    await open();
    const asked: Passage = { ...lips, questions: [...lips.questions, 'Why are my lips so dry?'] };
    const { texts, warning } = await open({ ...pack, hash: 'changed', passages: [relapse, asked] });
    expect(texts).toEqual(['why are my lips so dry?']);
    expect(warning).toBeUndefined();
    expect((await open({ ...pack, hash: 'changed', passages: [relapse, asked] })).texts).toEqual([]);
  });

  it('forgets what no passage says any more, and leaves no old file behind', async () => {
    const { open, folder, manifest } = place();
    await open();
    const before = readdirSync(folder);
    await open({ ...pack, hash: 'changed', passages: [relapse] });
    expect(readdirSync(folder)).toHaveLength(3);
    expect(readdirSync(folder)).not.toEqual(before);
    expect(JSON.parse(readFileSync(manifest, 'utf8')).counts).toMatchObject({ passages: 1 });
  });

  it('builds anew, with a warning, what another model made', async () => {
    const { open } = place();
    const { embedded } = await open();
    const other = await open(pack, createCountingEmbedder({ modelHash: 'another' }));
    expect(other.warning).toMatch(/made with another model; building it anew/);
    expect(other.embedded).toBe(embedded);
    await expectToSearch(other);
  });

  it('builds anew, with a warning, what has another width', async () => {
    const { open } = place();
    await open(pack, createCountingEmbedder({ dimension: 32 }));
    const narrow = await open();
    expect(narrow.warning).toMatch(/building it anew/);
    await expectToSearch(narrow);
  });

  it('keeps examples and runs of several sentences out of what is searched', async () => {
    const { snapshot } = await place().open();
    const vector = await createCountingEmbedder().embed('my chest hurts');
    expect(snapshot.examples[1]).toEqual(vector);
    const found = snapshot.nearest.search(vector, 999).map(({ id }) => snapshot.chunks[id]);
    const searched = snapshot.chunks.filter(({ kind, sentences }) => kind !== 'example' && sentences <= 1);
    expect(new Set(found)).toEqual(new Set(searched));
    expect(snapshot.chunks.some(({ sentences }) => sentences > 1)).toBe(true);
  });

  it('fills the searchable file once, and finds the same in it afterwards', async () => {
    const { open, nearest } = place();
    const { snapshot } = await open();
    const written = statSync(nearest()).mtimeMs;
    const again = await open();
    expect(statSync(nearest()).mtimeMs).toBe(written);
    const vector = await createCountingEmbedder().embed('what helps with dry lips?');
    expect(again.snapshot.nearest.search(vector, 9)).toEqual(snapshot.nearest.search(vector, 9));
  });

  it('knows the chunks of each passage', async () => {
    const { snapshot } = await place().open();
    const passages = snapshot.byPassage.map((places) => places.map((id) => snapshot.chunks[id]?.passage));
    expect(passages.map((found) => new Set(found))).toEqual([new Set([0]), new Set([1])]);
  });
});

describe('a damaged snapshot is built anew with a warning, and searches well', () => {
  it.each<[string, (at: ReturnType<typeof place>) => void]>([
    ['the manifest is empty', ({ manifest }) => writeFileSync(manifest, '')],
    ['the manifest is no JSON', ({ manifest }) => writeFileSync(manifest, '{"format":1,')],
    ['the manifest is of another program', ({ manifest }) => writeFileSync(manifest, '{"name":"quotewell"}')],
    ['the manifest is null', ({ manifest }) => writeFileSync(manifest, 'null')],
    ['the manifest is a folder', ({ manifest }) => replaceByFolder(manifest)],
    ['the vectors are empty', ({ vectors }) => writeFileSync(vectors(), '')],
    ['the vectors are gone', ({ vectors }) => rmSync(vectors())],
    ['the vectors are a folder', ({ vectors }) => replaceByFolder(vectors())],
    [
      'a key was changed by hand',
      ({ manifest }) => editManifest(manifest, (m) => ({ ...m, keys: m.keys.toReversed() })),
    ],
    ['the width was changed by hand', ({ manifest }) => editManifest(manifest, (m) => ({ ...m, dimension: 12 }))],
  ])('when %s', async (_, damage) => {
    const at = place();
    const { embedded } = await at.open();
    damage(at);
    const mended = await at.open();
    expect(mended.warning).toMatch(/^index: .*; building it anew$/);
    expect(mended.embedded).toBe(embedded);
    await expectToSearch(mended);
    expect(await at.open()).toMatchObject({ embedded: 0, warning: undefined });
  });

  it.each<[string, (at: ReturnType<typeof place>) => void]>([
    ['is gone', ({ nearest }) => rmSync(nearest())],
    ['is a folder', ({ nearest }) => replaceByFolder(nearest())],
    ['was cut', ({ nearest }) => writeFileSync(nearest(), readFileSync(nearest()).subarray(0, 99))],
    ['has another byte', ({ nearest }) => flipByte(nearest())],
  ])('without embedding anything when only the searchable file %s', async (_, damage) => {
    const at = place();
    await at.open();
    damage(at);
    const mended = await at.open();
    expect(mended).toMatchObject({ embedded: 0, warning: expect.stringMatching(/^index: .*; building it anew$/) });
    await expectToSearch(mended);
    expect(await at.open()).toMatchObject({ embedded: 0, warning: undefined });
  });

  it.each(['manifest', 'vectors'] as const)(
    'whichever byte of the %s is flipped, or wherever it is cut',
    async (which) => {
      const at = place();
      await at.open();
      const target = which === 'manifest' ? at.manifest : at.vectors();
      const whole = readFileSync(target);
      const damages = fc.oneof(
        fc.record({ at: fc.nat(whole.length - 1), bit: fc.nat(7) }),
        fc.record({ at: fc.nat(whole.length - 1), bit: fc.constant(undefined) }),
      );
      await fc.assert(
        fc.asyncProperty(damages, async ({ at: offset, bit }) => {
          const damaged = Buffer.from(bit === undefined ? whole.subarray(0, offset) : whole);
          if (bit !== undefined) damaged[offset] = (damaged[offset] ?? 0) ^ (1 << bit);
          writeFileSync(target, damaged);
          const mended = await at.open();
          expect(mended.warning).toMatch(/building it anew/);
          await expectToSearch(mended);
          expect(readFileSync(target)).toEqual(whole);
        }),
        { numRuns: 60 },
      );
    },
  );
});

describe('a crash while a snapshot is written', () => {
  it('does no harm before anything is in place', async () => {
    const { open, folder, file } = place();
    mkdirSync(folder);
    writeFileSync(file('vectors-0123456789abcdef.f32.4711.partial'), 'half of it');
    const opened = await open();
    expect(opened.warning).toBeUndefined();
    await expectToSearch(opened);
  });

  it('does no harm between the two files: the old snapshot stands, and only what is new is embedded', async () => {
    const { open, file, manifest } = place();
    await open();
    writeFileSync(file('vectors-0123456789abcdef.f32'), 'whole, but not yet named by the manifest');
    writeFileSync(file(`manifest.json.${process.pid}.partial`), readFileSync(manifest).subarray(0, 50));
    const again = await open();
    expect(again).toMatchObject({ embedded: 0, warning: undefined });
    await expectToSearch(again);
    expect((await open({ ...pack, hash: 'changed', starters: [] })).warning).toBeUndefined();
    expect(existsSync(file(`manifest.json.${process.pid}.partial`))).toBe(false);
  });
});

describe('what was left lying in the folder', () => {
  it('is swept by the next snapshot when it is old, and left to whoever may be writing it when it is young', async () => {
    const { open, file } = place();
    await open();
    const [old, young, foreign] = ['vectors.4711.partial', 'nearest.4712.partial', 'notes.txt'].map(file) as [
      string,
      string,
      string,
    ];
    for (const left of [old, young, foreign]) writeFileSync(left, 'half of it');
    const yesterday = Date.now() / 1000 - 86_400;
    for (const left of [old, foreign]) utimesSync(left, yesterday, yesterday);
    await open({ ...pack, hash: 'changed' });
    expect([old, young, foreign].map(existsSync)).toEqual([false, true, true]);
  });
});

describe('a snapshot that can not be saved', () => {
  it('says where, why, and what to do', async () => {
    const blocked = path.join(temporaryFolder(), 'a file');
    writeFileSync(blocked, '');
    const folder = path.join(blocked, 'index');
    await expect(openSnapshot({ folder, pack, embedder: createCountingEmbedder() })).rejects.toMatchObject({
      code: 'INDEX_UNWRITABLE',
      message: expect.stringMatching(/index: can't be saved in .*a file.*\(ENOTDIR.*set DATA_DIR/),
      cause: expect.any(Error),
    });
  });
});

interface ManifestInFile {
  readonly keys: readonly string[];
}

function editManifest(file: string, edit: (manifest: ManifestInFile) => object): void {
  writeFileSync(file, JSON.stringify(edit(JSON.parse(readFileSync(file, 'utf8')) as ManifestInFile)));
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function flipByte(file: string): void {
  const bytes = readFileSync(file);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

function replaceByFolder(file: string): void {
  rmSync(file);
  mkdirSync(path.join(file, 'with something in it'), { recursive: true });
}

describe('partOf', () => {
  // The first part holds less than half of what is searched, the second more.
  it.each([
    ['dry lips', 1],
    ['acne', 0],
  ])('holds, searched for “%s”, passage %i alone, by vectors and by words', async (text, passage) => {
    const whole = await tinySnapshot(pack);
    const part = partOf(whole, ({ id }) => id === pack.passages[passage]?.id);
    const hits = part.nearest.search(await tinyVector(text), 100);
    const found = new Set(hits.map(({ id }) => part.chunks[id]?.passage));
    expect(found).toEqual(new Set([passage, -1]));
    expect(part.byWords.search('acne isotretinoin lips').map((hit) => hit.passage)).toEqual([passage]);
    expect(part.byPassage).toEqual(whole.byPassage);
  });
});
