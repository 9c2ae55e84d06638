import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createProgressLine } from '../bot/channels/terminal/progress-line.ts';
import { composeBot } from '../bot/compose.ts';
import { composeOptions } from '../bot/compose-options.ts';
import { percentile } from '../bot/evaluation/figures.ts';
import { readEnvironment } from './environment.ts';
import { runCommand } from './run-command.ts';

const HELP = `
Measure speed and memory on this machine. The figures hold while nothing else is at work.

  npm run measure              one question in process, start to ready, memory
  npm run measure -- --help    this text`.trim();

const QUESTION = 'Does acne come back after Accutane?';
const STARTS = 5;
const WARMING = 50;
const ASKED = 200;

await runCommand(async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h', default: false } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const progress = createProgressLine({ stream: process.stderr });
  const question = await measureQuestion(progress.show);
  const servers: Server[] = [];
  for (let start = 0; start < STARTS; start++) {
    servers.push(await measureServer());
    progress.show({ kind: 'count', text: 'Starting', done: start + 1, total: STARTS });
  }
  progress.clear();
  const ready = servers.map(({ seconds }) => seconds);
  const memory = servers.map(({ megabytes }) => megabytes);
  console.log(`"${QUESTION}", warm, in process, ${ASKED} times:`);
  console.log(`  median ${at(question, 0.5).toFixed(1)} ms, 95 of 100 within ${at(question, 0.95).toFixed(1)} ms`);
  console.log(`Start to ready with a built index, ${STARTS} times:`);
  console.log(
    `  median ${at(ready, 0.5).toFixed(2)} s, from ${at(ready, 0).toFixed(2)} to ${at(ready, 1).toFixed(2)} s`,
  );
  console.log(`Memory of the server after ${ASKED} questions, one embedding worker:`);
  console.log(`  median ${at(memory, 0.5).toFixed(0)} MB resident, at most ${at(memory, 1).toFixed(0)} MB`);
  return 0;
});

/** Milliseconds of each time the question was asked. */
async function measureQuestion(onProgress: NonNullable<Parameters<typeof composeBot>[0]['onProgress']>) {
  const bot = await composeBot({ ...composeOptions(readEnvironment()), workers: 1, onProgress });
  const taken: number[] = [];
  for (let i = 0; i < WARMING + ASKED; i++) {
    const from = performance.now();
    const { reply } = await bot.respond({ text: QUESTION });
    if (i >= WARMING) taken.push(performance.now() - from);
    await bot.forget(reply.conversationId);
  }
  await bot.close();
  return taken;
}

interface Server {
  /** From the start of its process until it says that it is ready. */
  readonly seconds: number;
  readonly megabytes: number;
}

/** Starts the server as `npm start` does, asks it questions, and stops it. */
async function measureServer(): Promise<Server> {
  const main = path.join(path.dirname(fileURLToPath(import.meta.url)), '../bot/main.js');
  const from = performance.now();
  const server = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: '0', EMBEDDING_WORKERS: '1', RATE_LIMIT_PER_MINUTE: '100000', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(server, 'exit');
  try {
    const said: string[] = [];
    for await (const line of createInterface({ input: server.stderr })) {
      said.push(line);
      const url = /answers at (\S+)/.exec(line)?.[1];
      if (!url) continue;
      await send(`${url}/readyz`);
      const seconds = (performance.now() - from) / 1000;
      const first = (await (await ask(url, undefined)).json()) as { conversationId: string };
      for (let i = 0; i < ASKED; i++) await ask(url, first.conversationId);
      await send(`${url}/api/conversations/${first.conversationId}`, { method: 'DELETE' });
      const metrics = await (await send(`${url}/metrics`)).text();
      const bytes = Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]);
      return { seconds, megabytes: bytes / 1e6 };
    }
    throw new Error(`the server ended before it was ready, and said: ${said.join(' ')}`);
  } finally {
    server.kill();
    await ended;
  }
}

/** In one conversation, which is deleted at the end: this may be a clinic's own data folder. */
function ask(url: string, conversationId: string | undefined): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return send(`${url}/api/ask`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ question: QUESTION, conversationId }),
  });
}

async function send(url: string, request?: RequestInit): Promise<Response> {
  const response = await fetch(url, request);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response;
}

function at(numbers: readonly number[], share: number): number {
  return percentile(numbers, share) ?? Number.NaN;
}
