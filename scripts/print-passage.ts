import pc from 'picocolors';
import { placeInDocument } from '../knowledge/ingest/place-in-document.ts';
import type { Pack, Passage } from '../knowledge/pack/pack.ts';
import { type ReviewState, reviewState, signatureIsVoid } from '../knowledge/pack/review.ts';

/** Prints a passage as a reviewer reads it: each sentence on its own, with its sources, then what those are. */
export function printPassage({
  pack,
  folder,
  passage,
  today,
}: {
  pack: Pack;
  folder: string;
  passage: Passage;
  today: string;
}): void {
  console.log(`${pc.bold(passage.title)}\n${pc.dim(`${passage.id} · regions: ${passage.regions.join(', ')}`)}`);
  console.log(`${inWords(reviewState(passage, today), signatureIsVoid(passage))}\n`);
  for (const { start, end, sources } of passage.sentences) {
    const marks = sources.length > 0 ? sources.join(', ') : 'no source: sends the reader to somebody';
    console.log(`  ${passage.text.slice(start, end)}\n    ${pc.cyan(marks)}`);
  }
  console.log(`\n${pc.bold('Sources')}`);
  for (const id of new Set(passage.sentences.flatMap((sentence) => sentence.sources))) {
    const source = pack.sources.get(id);
    const about = source && [source.title, source.organisation, source.date, source.url].filter(Boolean).join(' · ');
    console.log(`  ${pc.cyan(id)}  ${about ?? pc.red('not in sources.yaml')}`);
    if (source) console.log(pc.dim(`      read: ${source.read}${source.note ? `. ${source.note}` : ''}`));
  }
  console.log(`\n${pc.bold('Asked as')}`);
  for (const question of passage.questions) console.log(`  - ${question}`);
  const place = placeInDocument(folder, passage);
  if (place) {
    const { document, page, headings, before, words, after } = place;
    const where = [document, page === undefined ? undefined : `page ${page}`, ...headings].filter(Boolean).join(' › ');
    console.log(`\n${pc.bold('In the document')}\n  ${where}`);
    console.log(`  ${pc.dim(`…${before}`)}${words}${pc.dim(`${after}…`)}`.replaceAll('\n\n', '\n  '));
    if (!place.verbatim)
      console.log(pc.yellow('  edited since it was drafted, so its words are no longer those of the document'));
  }
}

function inWords({ status, by, on, due }: ReviewState, changed: boolean): string {
  switch (status) {
    case 'reviewed':
      return pc.green(`signed by ${by} on ${on}, to be read again by ${due}`);
    case 'overdue':
      return pc.yellow(`signed by ${by} on ${on}; its review was due on ${due}`);
    case 'unreviewed':
      return pc.yellow(changed ? 'changed since it was signed, so not signed' : 'not signed by anybody');
  }
}
