import path from 'node:path';
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { checkPackPhrases, checkPhrases } from '../bot/conversation/triage/check-phrases.ts';
import { checkPack } from '../knowledge/pack/check-pack.ts';
import { findPassage } from '../knowledge/pack/find-passage.ts';
import { type Finding, formatFinding, PackError, severityOf } from '../knowledge/pack/finding.ts';
import { isoDate } from '../knowledge/pack/iso-date.ts';
import type { Pack } from '../knowledge/pack/pack.ts';
import { packPlace } from '../knowledge/pack/pack-place.ts';
import { readPack } from '../knowledge/pack/read-pack.ts';
import { reviewsDue } from '../knowledge/pack/reviews-due.ts';
import { signPassage, unsignPassage } from '../knowledge/pack/sign.ts';
import { projectRoot } from '../knowledge/project-root.ts';
import { benchmark } from './knowledge/benchmark.ts';
import { add, listDocuments, remove, startPack } from './knowledge/documents.ts';
import { printPassage } from './print-passage.ts';
import { runCommand, UsageError } from './run-command.ts';

const HELP = `
Look after a knowledge pack.

  npm run knowledge -- check                            what is wrong with the pack, by file and line
  npm run knowledge -- show ID                          a passage, with the sources of each sentence
  npm run knowledge -- sign ID --by ROLE --due DATE     sign a passage off, until it is due again
  npm run knowledge -- unsign ID                        take a signature out
  npm run knowledge -- due [--within DAYS]              signed passages to read again (within 30 days)

  npm run knowledge -- add FILE…                        draft passages from documents (md, html, docx, pdf, txt)
  npm run knowledge -- documents                        the documents in the pack, and what was drafted from them
  npm run knowledge -- remove FILE                      take a document out, with its passages
  npm run knowledge -- new-pack NAME [--subject WORD]   start a pack for another subject
  npm run knowledge -- benchmark [--passages N]         how fast passages go in, beside the embedder alone

  --pack NAME     another pack than isotretinoin: its name, or its folder
  --dry-run       for add and remove: say what would happen, and change nothing
  --help          this text

ID is pack/topic/passage, such as isotretinoin/permanence/how-often-acne-comes-back. DATE is year-month-day.
How to change a passage: knowledge/README.md`.trim();

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      pack: { type: 'string' },
      by: { type: 'string', default: '' },
      due: { type: 'string', default: '' },
      within: { type: 'string', default: '30' },
      subject: { type: 'string' },
      passages: { type: 'string', default: '1000' },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const [command, id, ...extra] = positionals;
  const dryRun = values['dry-run'];
  if (extra.length > 0 && command !== 'add')
    throw new UsageError(`One at a time, please: "${extra.join(' ')}" is too many.`);
  const root = projectRoot();
  const folder = packPlace(values.pack ?? 'isotretinoin');
  switch (command) {
    case 'check':
      return check(folder, path.join(root, 'knowledge/safety'));
    case 'due':
      return due(folder, values.within);
    case 'show':
      return show(folder, idFor(command, id));
    case 'sign':
      return sign(folder, idFor(command, id), values.by, values.due);
    case 'add':
      return add({ folder, files: [fileFor(command, id), ...extra], today: today(), dryRun });
    case 'remove':
      return remove({ folder, name: fileFor(command, id), dryRun });
    case 'documents':
      return listDocuments(folder);
    case 'new-pack':
      return startPack({ name: fileFor(command, id), subject: values.subject });
    case 'benchmark':
      return benchmark(values.passages, today());
    case 'unsign':
      return unsign(folder, idFor(command, id));
    default:
      throw new UsageError(command === undefined ? 'Which command?' : `There is no command "${command}".`);
  }
});

function idFor(command: string, id: string | undefined): string {
  if (id === undefined) throw new UsageError(`Which passage? Give its id, as in: ${command} pack/topic/passage`);
  return id;
}

function fileFor(command: string, file: string | undefined): string {
  const example = command === 'new-pack' ? 'doxycycline' : 'leaflet.pdf';
  if (file === undefined) throw new UsageError(`Which one? Name it, as in: ${command} ${example}`);
  return file;
}

function check(folder: string, safetyFolder: string): 0 | 1 {
  const findings = [
    ...checkPack({ folder, safetyFolder, today: today() }).map(from(folder)),
    ...checkPhrases({ safetyFolder }).map(from(safetyFolder)),
    ...checkPackPhrases({ folder, safetyFolder }).map(from(folder)),
  ];
  for (const finding of findings) {
    const [first = '', ...mend] = formatFinding(finding).split('\n');
    console.log(severityOf(finding) === 'error' ? pc.red(first) : pc.yellow(first));
    console.log(pc.dim(mend.join('\n')));
  }
  const errors = findings.filter((finding) => severityOf(finding) === 'error').length;
  const remarks = findings.length - errors;
  const also = remarks > 0 ? `, and ${count(remarks, 'remark')}` : '';
  console.log(errors > 0 ? pc.red(`${count(errors, 'thing')} to mend${also}`) : pc.green(`nothing to mend${also}`));
  return errors > 0 ? 1 : 0;
}

function due(folder: string, within: string): 0 {
  if (!/^\d{1,5}$/.test(within)) throw new UsageError(`--within takes a number of days, not "${within}".`);
  const pack = open(folder);
  const reviews = reviewsDue({ pack, today: today(), within: Number(within) });
  const WHY = { void: pc.red('changed since'), overdue: pc.red('overdue'), soon: pc.yellow('soon') };
  for (const { passage, by, due: date, why } of reviews) {
    console.log(`${date}  ${WHY[why]}  ${passage.id}  ${pc.dim(by)}`);
  }
  const unsigned = pack.passages.filter((passage) => passage.review.status === 'unreviewed').length;
  console.log(`${count(reviews.length, 'passage')} to read again within ${within} days; ${unsigned} never signed`);
  return 0;
}

function show(folder: string, id: string): 0 {
  const pack = open(folder);
  printPassage({ pack, folder, passage: findPassage(pack, id), today: today() });
  return 0;
}

function sign(folder: string, id: string, by: string, dueDate: string): 0 {
  const passage = signPassage({ folder, id, by, due: dueDate, on: today() });
  console.log(`${pc.green('signed')}  ${passage.id} by ${by.trim()}, to be read again by ${dueDate}`);
  console.log(pc.dim(`${passage.file} now holds the signature; a later change of its text or sources voids it.`));
  return 0;
}

function unsign(folder: string, id: string): 0 {
  console.log(`${pc.green('unsigned')}  ${unsignPassage({ folder, id }).id}`);
  return 0;
}

function open(folder: string): Pack {
  const { pack, findings } = readPack(folder);
  if (!pack) throw new PackError(folder, findings);
  return pack;
}

/** As a path that editors and terminals can follow from here. */
function from(folder: string) {
  return (finding: Finding): Finding => ({ ...finding, file: path.relative('', path.join(folder, finding.file)) });
}

function today(): string {
  return isoDate(new Date());
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
