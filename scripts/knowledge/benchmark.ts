import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createProgressLine } from '../../bot/channels/terminal/progress-line.ts';
import { prepareBuiltInModel } from '../../knowledge/embedding/prepare-model.ts';
import { createTransformerEmbedder } from '../../knowledge/embedding/transformer-embedder.ts';
import { chunkPack } from '../../knowledge/index/chunks.ts';
import { openSnapshot } from '../../knowledge/index/snapshot.ts';
import { addDocuments } from '../../knowledge/ingest/add-documents.ts';
import { newPack } from '../../knowledge/ingest/new-pack.ts';
import { loadPack } from '../../knowledge/pack/read-pack.ts';
import { readEnvironment } from '../environment.ts';
import { UsageError } from '../run-command.ts';

/**
 * How fast made-up documents go in, from reading them to a saved index, beside the rate that the embedder reaches with a
 * tenth of the same texts, half before and half after. Works in a folder of its own, which it removes.
 */
export async function benchmark(passages: string, today: string): Promise<0> {
  const wanted = Number(passages);
  if (!Number.isInteger(wanted) || wanted < 20)
    throw new UsageError(`--passages takes a number from 20 on, not "${passages}".`);
  const config = readEnvironment();
  const progress = createProgressLine({ stream: process.stderr });
  const root = mkdtempSync(path.join(tmpdir(), 'quotewell-benchmark-'));
  try {
    const folder = path.join(root, 'made-up');
    newPack({ folder });
    const files = writeDocuments(root, wanted);
    const model = await prepareBuiltInModel({ cacheFolder: path.join(config.dataDir, 'models'), onProgress: () => {} });
    const embedder = await createTransformerEmbedder({ model, workers: config.embedding.workers });

    const started = performance.now();
    let read = 0;
    await addDocuments({
      folder,
      files,
      today,
      onFile: () => progress.show({ kind: 'count', text: 'Reading documents', done: ++read, total: files.length }),
    });
    const added = seconds(started);
    const texts = textsOf(folder);
    const [before, after] = [every(texts, 20, 0), every(texts, 20, 10)];

    const alone = { count: before.length + after.length, seconds: await timed(() => embedder.embedAll(before)) };
    const indexing = performance.now();
    const pack = loadPack(folder);
    await openSnapshot({
      folder: path.join(root, 'index'),
      pack,
      embedder,
      onProgress: (done, total) => progress.show({ kind: 'count', text: 'Embedding', done, total }),
    });
    const indexed = seconds(indexing);
    alone.seconds += await timed(() => embedder.embedAll(after));
    await embedder.close();
    progress.clear();

    const rateIn = texts.length / (added + indexed);
    const rateAlone = alone.count / alone.seconds;
    const number = (value: number) => value.toFixed(1);
    console.log(
      `${pack.passages.length} passages, ${texts.length} texts to embed, ${config.embedding.workers} worker(s)`,
    );
    console.log(`read and drafted in ${number(added)} s, indexed in ${number(indexed)} s`);
    console.log(`embedder alone: ${number(rateAlone)} texts a second, on ${alone.count} of them`);
    console.log(`going in:       ${number(rateIn)} texts a second, ${number((100 * rateIn) / rateAlone)} % of that`);
    return 0;
  } finally {
    progress.clear();
    rmSync(root, { recursive: true, force: true });
  }
}

/** What the index embeds: each text once. */
function textsOf(folder: string): string[] {
  return [...new Set(chunkPack(loadPack(folder), []).map(({ text }) => text))];
}

function every(texts: readonly string[], step: number, from: number): string[] {
  return texts.filter((_, at) => at % step === from);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return seconds(started);
}

function seconds(since: number): number {
  return (performance.now() - since) / 1000;
}

/** Documents of 50 sections, each of which becomes a passage of some 45 words. */
function writeDocuments(root: string, passages: number): string[] {
  mkdirSync(path.join(root, 'in'));
  return Array.from({ length: Math.ceil(passages / SECTIONS) }, (_, document) => {
    const count = Math.min(SECTIONS, passages - document * SECTIONS);
    const sections = Array.from({ length: count }, (_, at) => section(document * SECTIONS + at));
    const file = path.join(root, 'in', `made-up-${document}.md`);
    writeFileSync(file, `# Made-up leaflet ${document}\n\n${sections.join('\n\n')}\n`);
    return file;
  });
}

const SECTIONS = 50;

function section(number: number): string {
  const pick = (list: readonly string[], step: number) => list[Math.floor(number / step) % list.length] ?? '';
  const subject = `${pick(KINDS, 1)} ${pick(THINGS, KINDS.length)}`;
  const place = pick(PLACES, 7);
  return [
    `## The ${subject} ${number}`,
    `The ${subject} is kept ${place} for ${2 + (number % 97)} days after visit ${number}.`,
    `Every ${subject} has a label with the number ${number}, and a nurse reads it aloud before the first use ${place}.`,
    `Ask at the desk for another ${pick(THINGS, KINDS.length)} when the ${pick(KINDS, 1)} one is used up or its label ${number} is lost.`,
  ].join('\n\n');
}

const KINDS = 'blue green soft warm small sterile folded silver narrow padded'.split(' ');
const THINGS = 'plaster bandage cushion lamp basin towel glove bottle splint sheet mirror sponge'.split(' ');
const PLACES = ['in the drawer', 'beside the bed', 'under the window', 'near the door', 'on the shelf'];
