import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import type { Bot } from '../bot/bot.ts';
import { converse, type Exchange } from '../bot/channels/terminal/converse.ts';
import { createProgressLine } from '../bot/channels/terminal/progress-line.ts';
import { renderExplanation } from '../bot/channels/terminal/render-explanation.ts';
import { renderReply } from '../bot/channels/terminal/render-reply.ts';
import { createStyles, hasColor, readingWidth } from '../bot/channels/terminal/styles.ts';
import { wrapText } from '../bot/channels/terminal/wrap-text.ts';
import { composeBot } from '../bot/compose.ts';
import { composeOptions } from '../bot/compose-options.ts';
import { fittedFor } from '../bot/fitted/fitted.ts';
import { LANGUAGES, type Language, REGIONS, type Region } from '../knowledge/pack/pack.ts';
import { readEnvironment } from './environment.ts';
import { runCommand, UsageError } from './run-command.ts';

const HELP = `
Ask the bot in the terminal.

  npm run ask -- "Does acne come back after Accutane?"   one question
  npm run ask                                            a conversation; exit or Ctrl-D ends it
  npm run ask < questions.txt                            one conversation, a question a line

  --json           the raw reply as JSON; of several, one a line
  --explain        what triage saw, and every score behind the decision (with --json: reply and explanation)
  --region CODE    whose rules and phone numbers: ${REGIONS.join(', ')} (else REGION)
  --language CODE  of the bot's own words: ${LANGUAGES.join(', ')} (quotes stay in English)
  --help           this text`.trim();

await runCommand(async () => {
  const options = readOptions();
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const progress = createProgressLine({ stream: process.stderr });
  const bot = await composeBot({ ...composeOptions(readEnvironment()), onProgress: progress.show });
  progress.clear();
  try {
    if (options.question !== undefined) await askOnce(bot, options.question, options);
    else if (process.stdin.isTTY) await talk(bot, options);
    else await askEachLine(bot, options);
  } finally {
    await bot.close();
  }
  return 0;
});

interface Options {
  readonly question: string | undefined;
  readonly help: boolean;
  readonly json: boolean;
  readonly explain: boolean;
  readonly locale: { readonly region: Region | undefined; readonly language: Language | undefined };
}

function readOptions(): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      explain: { type: 'boolean', default: false },
      region: { type: 'string' },
      language: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  // Without quotation marks a question comes as several words.
  const question = positionals.length > 0 ? positionals.join(' ') : undefined;
  if (question?.trim() === '')
    throw new UsageError('The question is empty: write one, or leave it out for a conversation.');
  const { help, json, explain } = values;
  const region = oneOf(REGIONS, values.region?.toUpperCase(), '--region');
  const language = oneOf(LANGUAGES, values.language?.toLowerCase(), '--language');
  return { question, help, json, explain, locale: { region, language } };
}

function oneOf<T extends string>(allowed: readonly T[], value: string | undefined, name: string): T | undefined {
  const found = allowed.find((candidate) => candidate === value);
  if (value !== undefined && found === undefined) {
    throw new UsageError(`${name} takes one of ${allowed.join(', ')}, not "${value}".`);
  }
  return found;
}

async function askOnce(bot: Bot, question: string, options: Options): Promise<void> {
  const { reply, explanation } = await bot.respond({ text: question, ...options.locale });
  if (options.json) console.log(JSON.stringify(options.explain ? { reply, explanation } : reply, null, 2));
  else print(bot, { question, reply, explanation }, options, { numbered: false });
}

async function askEachLine(bot: Bot, options: Options): Promise<void> {
  const { styles, width } = page();
  await converse({
    lines: createInterface({ input: process.stdin }),
    respond: bot.respond,
    locale: options.locale,
    onAsk: (question) => {
      if (!options.json) console.log(wrapText(`› ${question}`, width).map(styles.bold).join('\n'));
    },
    onReply: (exchange) => {
      if (!exchange) return;
      const { reply, explanation } = exchange;
      if (options.json) console.log(JSON.stringify(options.explain ? { reply, explanation } : reply));
      else print(bot, exchange, options, { numbered: true });
    },
  });
}

async function talk(bot: Bot, options: Options): Promise<void> {
  const { styles, width } = page();
  const { region = bot.defaultRegion, language = 'en' } = options.locale;
  const { greeting, questions } = bot.starters(region, language);
  console.log(`\n${wrapText(greeting, width).join('\n')}\n`);
  for (const question of questions) console.log(`  • ${question}`);
  console.log(styles.dim('\nexit or Ctrl-D ends the conversation.\n'));

  const input = createInterface({
    input: process.stdin,
    output: process.stdout,
    prompt: styles.bold(styles.cyan('› ')),
  });
  input.prompt();
  await converse({
    lines: input,
    respond: bot.respond,
    locale: options.locale,
    onAsk: (question, chosen) => {
      if (chosen) console.log(styles.dim(question));
    },
    onReply: (exchange) => {
      if (exchange && options.json) console.log(JSON.stringify(exchange.reply, null, 2));
      else if (exchange) print(bot, exchange, options, { numbered: true });
      input.prompt();
    },
  });
  input.close();
}

function print(
  bot: Bot,
  { reply, explanation }: Exchange,
  options: Options,
  { numbered }: { numbered: boolean },
): void {
  const { styles, width } = page();
  const lines = renderReply({ reply, language: options.locale.language ?? 'en', width, styles, numbered });
  console.log(`\n${lines.join('\n')}\n`);
  if (!options.explain) return;
  const why = renderExplanation({ explanation, pack: bot.pack, fitted: fittedFor(bot.pack), width, styles });
  console.log(`${styles.dim('─'.repeat(width))}\n${why.join('\n')}\n`);
}

function page() {
  return {
    styles: createStyles(hasColor(process.stdout, process.env)),
    width: readingWidth(process.stdout, process.env),
  };
}
