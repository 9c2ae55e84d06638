import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createProgressLine } from '../../bot/channels/terminal/progress-line.ts';
import { readTunedLayers } from '../../bot/fitted/fitted.ts';
import { prepareBuiltInModel } from '../../knowledge/embedding/prepare-model.ts';
import { createTransformerEmbedder } from '../../knowledge/embedding/transformer-embedder.ts';
import { openSnapshot } from '../../knowledge/index/open-snapshot.ts';
import { addDocuments } from '../../knowledge/ingest/add-documents.ts';
import { newPack } from '../../knowledge/ingest/new-pack.ts';
import { loadPack } from '../../knowledge/pack/read-pack.ts';
import { readEnvironment } from '../environment.ts';
import { UsageError } from '../run-command.ts';

/**
 * How fast made-up documents go in, from reading them to a saved and searchable index, beside the rate of the embedder
 * alone. That is timed in between, again and again, with texts of the same run while nothing but it is at work, since a
 * machine is faster in one minute than in the next; these pauses count for neither. Works in a folder of its own, which it
 * removes.
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
    const cacheFolder = path.join(config.dataDir, 'models');
    const model = await prepareBuiltInModel({ cacheFolder, tuned: readTunedLayers('drafted') });
    const embedder = await createTransformerEmbedder({ model, workers: config.embedding.workers });

    let read = 0;
    const started = performance.now();
    await addDocuments({
      folder,
      files,
      today,
      onFile: () => progress.show({ kind: 'count', text: 'Reading documents', done: ++read, total: files.length }),
    });
    const added = seconds(started);
    const alone = { texts: 0, seconds: 0 };
    let [portions, embedded, paused] = [0, 0, 0];
    const indexing = performance.now();
    await openSnapshot({
      folder: path.join(root, 'index'),
      pack: loadPack(folder),
      embedder: {
        ...embedder,
        async embedAll(texts, onProgress) {
          if (portions++ % PORTIONS_BETWEEN === 0) {
            const pausing = performance.now();
            await setTimeout(UNTIL_QUIET);
            const started = performance.now();
            await embedder.embedAll(texts.slice(0, SAMPLE));
            alone.texts += Math.min(SAMPLE, texts.length);
            alone.seconds += seconds(started);
            paused += seconds(pausing);
          }
          embedded += texts.length;
          return embedder.embedAll(texts, onProgress);
        },
      },
      onProgress: (done, total) => progress.show({ kind: 'count', text: 'Embedding', done, total }),
    });
    const indexed = seconds(indexing) - paused;
    await embedder.close();
    progress.clear();

    const number = (value: number) => value.toFixed(1);
    const secondsAlone = (alone.seconds * embedded) / alone.texts;
    const rateAlone = wanted / secondsAlone;
    const rateIn = wanted / (added + indexed);
    console.log(`${wanted} passages, ${embedded} texts to embed, ${config.embedding.workers} worker(s)`);
    console.log(`read and drafted in ${number(added)} s, indexed in ${number(indexed)} s`);
    console.log(
      `embedder alone: ${number(rateAlone)} passages a second (${number(secondsAlone)} s, by ${alone.texts} texts in between)`,
    );
    console.log(`going in:       ${number(rateIn)} passages a second, ${number((100 * rateIn) / rateAlone)} % of that`);
    return 0;
  } finally {
    progress.clear();
    rmSync(root, { recursive: true, force: true });
  }
}

// Long enough that what has been embedded so far is in the index.
const UNTIL_QUIET = 2000;
const PORTIONS_BETWEEN = 8;
const SAMPLE = 400;

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
