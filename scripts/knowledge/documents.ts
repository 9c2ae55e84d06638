import path from 'node:path';
import pc from 'picocolors';
import { createProgressLine } from '../../bot/channels/terminal/progress-line.ts';
import { type Added, addDocuments } from '../../knowledge/ingest/add-documents.ts';
import { openPackFolder } from '../../knowledge/ingest/folder/pack-folder.ts';
import { newPack } from '../../knowledge/ingest/new-pack.ts';
import { removeDocument } from '../../knowledge/ingest/remove-document.ts';
import { packPlace } from '../../knowledge/pack/pack-place.ts';

/** Adds files, and says of each what it did. The exit code is 1 when any was refused. */
export async function add({
  folder,
  files,
  today,
  dryRun,
}: {
  folder: string;
  files: readonly string[];
  today: string;
  dryRun: boolean;
}): Promise<0 | 1> {
  const progress = createProgressLine({ stream: process.stderr });
  const started = performance.now();
  let passages = 0;
  let done = 0;
  progress.show({ kind: 'step', text: 'Reading the pack' });
  const showCount = () => progress.show({ kind: 'count', text: 'Documents', done, total: files.length });
  const all = await addDocuments({
    folder,
    files,
    today,
    dryRun,
    onStart: showCount,
    onFile(added, passagesSoFar) {
      passages = passagesSoFar;
      done += 1;
      progress.clear();
      console.log(inWords(added, dryRun));
      showCount();
    },
  });
  progress.clear();
  const seconds = (performance.now() - started) / 1000;
  const refused = all.filter(({ kind }) => kind === 'refused').length;
  const perSecond = passages / seconds;
  const rate =
    seconds > 1 ? ` in ${seconds.toFixed(1)} s, ${perSecond.toFixed(perSecond < 10 ? 1 : 0)} passages a second` : '';
  console.log(
    `${files.length - refused} of ${count(files.length, 'document')}, ${count(passages, 'passage')} drafted${rate}`,
  );
  if (dryRun) console.log(pc.yellow('Nothing was changed: this was a dry run.'));
  else if (passages > 0)
    console.log(pc.dim('Read them with "check" and "show", sign what is right, then restart the bot.'));
  return refused > 0 ? 1 : 0;
}

function inWords(added: Added, dryRun: boolean): string {
  const file = path.basename(added.file);
  switch (added.kind) {
    case 'refused':
      return `${pc.red('not added')}  ${file}: ${added.error.message}`;
    case 'unchanged':
      return `${pc.green('unchanged')}  ${file}: it is in already, to the letter`;
    case 'added': {
      const { plan, warnings } = added;
      const parts = [
        [plan.added.length, 'new'],
        [plan.updated.length, 'changed'],
        [plan.unchanged.length, 'as before'],
        [plan.removed.length, 'removed'],
        [plan.contested.length, 'edited by hand and changed in the document: see both'],
        [plan.duplicates, 'like another passage'],
        [plan.contradictions, 'with another number than another passage'],
      ] as const;
      const told = parts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []));
      const lines = [
        `${pc.green(dryRun ? 'would add' : 'added')}  ${file} (${plan.document.id}): ${told.join(', ') || 'no passages'}`,
        ...warnings.map((warning) => pc.yellow(`    ${warning}`)),
        ...plan.contested.map((id) => pc.yellow(`    edited by hand: ${id}`)),
        ...plan.removed.map((id) => pc.yellow(`    removed: ${id}`)),
      ];
      return lines.join('\n');
    }
  }
}

export function remove({ folder, name, dryRun }: { folder: string; name: string; dryRun: boolean }): 0 {
  const { document, removed } = removeDocument({ folder, name: path.basename(name), dryRun });
  console.log(
    `${pc.green(dryRun ? 'would remove' : 'removed')}  ${document.file}, and ${count(removed.length, 'passage')}`,
  );
  for (const id of removed) console.log(pc.dim(`    ${id}`));
  return 0;
}

export function listDocuments(folder: string): 0 {
  const pack = openPackFolder(folder);
  const passages = [...pack.passages.values()];
  for (const { id, file, title, added, pages } of pack.documents) {
    const own = passages.filter(({ from }) => from?.document === id);
    const about = [title, pages === undefined ? undefined : count(pages, 'page'), `added ${added}`]
      .filter(Boolean)
      .join(', ');
    console.log(`${pc.cyan(id)}  ${file}  ${pc.dim(`${about}, ${count(own.length, 'passage')}`)}`);
    for (const passage of own) console.log(pc.dim(`      ${passage.id}`));
  }
  if (pack.documents.length === 0) console.log('no documents: every passage was written for the pack');
  return 0;
}

export function startPack({ name, subject }: { name: string; subject: string | undefined }): 0 {
  const folder = packPlace(name);
  newPack({ folder, subject });
  console.log(`${pc.green('started')}  ${path.relative('', folder)}`);
  console.log(
    pc.dim(`Add documents with "npm run knowledge -- add FILE --pack ${name}", and serve it with PACKS=${name}.`),
  );
  return 0;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
