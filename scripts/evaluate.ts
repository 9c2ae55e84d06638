import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createProgressLine } from '../bot/channels/terminal/progress-line.ts';
import { createStyles, hasColor, readingWidth, type Styles } from '../bot/channels/terminal/styles.ts';
import { composeBot, composeParts, type Progress } from '../bot/compose.ts';
import { composeOptions } from '../bot/compose-options.ts';
import { isVerbatim } from '../bot/conversation/quote.ts';
import type { Respond } from '../bot/conversation/turn.ts';
import { confidencePoints } from '../bot/evaluation/calibration.ts';
import { createDenseBaseline } from '../bot/evaluation/dense-baseline.ts';
import { figuresOf } from '../bot/evaluation/figures.ts';
import { type GateResult, type Gates, holdGates, readGates } from '../bot/evaluation/gates.ts';
import { missesOf } from '../bot/evaluation/misses.ts';
import { type Question, readQuestions } from '../bot/evaluation/question.ts';
import { reportHtml } from '../bot/evaluation/report-html.ts';
import { reportMisses } from '../bot/evaluation/report-misses.ts';
import { reportTable } from '../bot/evaluation/report-table.ts';
import { type Judged, runQuestions } from '../bot/evaluation/run-questions.ts';
import { isoDate } from '../knowledge/pack/iso-date.ts';
import type { Pack } from '../knowledge/pack/pack.ts';
import { projectRoot } from '../knowledge/project-root.ts';
import { readEnvironment } from './environment.ts';
import { runCommand, UsageError } from './run-command.ts';

const HELP = `
Ask the bot many questions whose right replies are known, and count.

  npm run evaluate                                the checking half, test/questions/check
  npm run evaluate -- --questions FILE …          other files, one question a line as JSON

  --gate        fail (exit code 1) below what is wanted, the limits of test/questions/gates.json
  --gates FILE  fail below the limits of another file
  --misses      list every reply that was not right
  --html FILE   write a page with plots and every miss
  --json        print everything as JSON in place of the table
  --dense       ask plain dense retrieval in place of the bot: what the rest of it is worth
  --help        this text`.trim();

const GATES = 'test/questions/gates.json';
const CHECKING_HALF = 'test/questions/check';
// Ids that a missed limit names.
const FEW = 20;

await runCommand(async () => {
  const options = readOptions();
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const questionsByFile = new Map(options.files.map((file) => [file, readFileOf(file)]));
  const gates = options.gates === undefined ? undefined : gatesFor(options.files, options.gates);

  const progress = createProgressLine({ stream: process.stderr });
  const subject = options.dense ? await openDense(progress.show) : await openBot(progress.show);
  const judgedByFile = new Map<string, Judged[]>();
  try {
    for (const [file, questions] of questionsByFile) {
      const judged = await runQuestions({
        questions,
        respond: subject.respond,
        isVerbatim: (quote) => isVerbatim(quote, subject.pack),
        now: () => performance.now(),
        onProgress: (done, total) => progress.show({ kind: 'count', text: path.basename(file), done, total }),
      });
      judgedByFile.set(file, judged);
    }
  } finally {
    progress.clear();
    await subject.close();
  }
  const held = gates ? holdGates(gates, judgedByFile) : [];
  report({ subject, judgedByFile, gates: held }, options);
  return held.every(({ passed }) => passed) ? 0 : 1;
});

interface Options {
  readonly files: readonly string[];
  /** The file of limits to hold; absent: none. */
  readonly gates: string | undefined;
  readonly misses: boolean;
  readonly html: string | undefined;
  readonly json: boolean;
  readonly dense: boolean;
  readonly help: boolean;
}

function readOptions(): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      questions: { type: 'string', multiple: true, default: [] },
      gate: { type: 'boolean', default: false },
      gates: { type: 'string' },
      misses: { type: 'boolean', default: false },
      html: { type: 'string' },
      json: { type: 'boolean', default: false },
      dense: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { questions, html, gate, gates = gate ? path.join(projectRoot(), GATES) : undefined, ...flags } = values;
  if (questions.length === 0 && positionals.length > 0) {
    throw new UsageError(`Files of questions go after --questions; "${positionals.join(' ')}" stands alone.`);
  }
  const named = [...questions, ...positionals].map((file) => path.resolve(file));
  return { ...flags, html, gates, files: named.length > 0 ? [...new Set(named)] : checkingHalf() };
}

function checkingHalf(): string[] {
  const folder = path.join(projectRoot(), CHECKING_HALF);
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return names.sort().map((name) => path.join(folder, name));
}

function readFileOf(file: string): Question[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${cause instanceof Error ? cause.message : cause}`);
  }
  return readQuestions(text, path.relative('', file));
}

/** Throws before anything is asked where there is nothing to hold the answers against. */
function gatesFor(files: readonly string[], limits: string): Gates {
  const gates = readLimits(limits);
  const unasked = new Map(files.map((file) => [file, []]));
  if (holdGates(gates, unasked).length > 0) return gates;
  throw new UsageError(`${limits} has no limits for ${files.map((file) => path.relative('', file)).join(', ')}.`);
}

function readLimits(file: string): Gates {
  try {
    return readGates(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new UsageError(`${file} cannot be read as limits: ${cause instanceof Error ? cause.message : cause}`);
  }
}

interface Subject {
  readonly name: string;
  readonly pack: Pack;
  readonly respond: Respond;
  readonly close: () => Promise<void>;
}

async function openBot(onProgress: (progress: Progress) => void): Promise<Subject> {
  const bot = await composeBot({ ...composeOptions(readEnvironment()), onProgress });
  return { name: 'Quotewell', pack: bot.pack, respond: bot.respond, close: bot.close };
}

async function openDense(onProgress: (progress: Progress) => void): Promise<Subject> {
  const { respond, embedder } = await composeParts({ ...composeOptions(readEnvironment()), onProgress });
  const { pack } = respond.snapshot;
  const dense = await createDenseBaseline({
    pack,
    embedder,
    region: respond.defaultRegion,
    today: isoDate(new Date()),
    onProgress: (done, total) => onProgress({ kind: 'count', text: 'Embedding the passages', done, total }),
  });
  return { name: 'plain dense retrieval', pack, respond: dense, close: () => embedder.close() };
}

interface Run {
  readonly subject: Subject;
  readonly judgedByFile: ReadonlyMap<string, readonly Judged[]>;
  readonly gates: readonly GateResult[];
}

function report({ subject, judgedByFile, gates }: Run, options: Options): void {
  const judged = [...judgedByFile.values()].flat();
  const figures = figuresOf(judged, subject.pack);
  const byFile = new Map(
    [...judgedByFile].map(([file, rows]) => [path.relative('', file), figuresOf(rows, subject.pack)]),
  );
  const misses = missesOf(judged);
  const about = { subject: subject.name, date: isoDate(new Date()), files: [...byFile.keys()] };
  const styles = createStyles(hasColor(process.stdout, process.env));

  if (options.json)
    console.log(JSON.stringify({ ...about, figures, byFile: Object.fromEntries(byFile), gates, misses }, null, 2));
  else {
    console.log(reportTable({ byFile, all: figures, styles }).join('\n'));
    if (options.misses) {
      const width = readingWidth(process.stdout, process.env);
      console.log(`\n${reportMisses({ misses, width, styles }).join('\n')}`);
    }
    if (gates.length > 0) console.log(`\n${gateLines(gates, styles).join('\n')}`);
  }
  const broken = judged.flatMap(({ turns }) => turns.flatMap(({ error }) => error ?? []));
  if (broken.length > 0)
    process.stderr.write(`${broken.length} messages got no reply; the first because: ${broken[0]}\n`);
  if (options.html !== undefined) {
    const confidences = confidencePoints(judged, subject.pack);
    writeFileSync(options.html, reportHtml({ ...about, figures, confidences, gates, misses }));
    process.stderr.write(`The page is ${options.html}\n`);
  }
}

function gateLines(gates: readonly GateResult[], styles: Styles): string[] {
  return gates.flatMap(({ gate, metric, passed, says, against }) => {
    const line = `${passed ? styles.green('✓') : styles.red('✗')} ${gate}: ${metric} ${says}`;
    const more = against.length > FEW ? ` and ${against.length - FEW} more; see --misses` : '';
    return against.length === 0 ? [line] : [line, styles.dim(`    ${against.slice(0, FEW).join(' ')}${more}`)];
  });
}
