import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../knowledge/project-root.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const urlOf = (file: string) => pathToFileURL(path.join(projectRoot(), file)).href;

/** Runs a module in a process of its own, all of whose threads are refused the network. */
function runOffline(program: string): Promise<{ stdout: string; stderr: string }> {
  const file = path.join(temporaryFolder(), 'program.mjs');
  writeFileSync(file, program);
  const preload = urlOf('test/support/refuse-network.mjs');
  return promisify(execFile)(process.execPath, ['--import', preload, file], { cwd: projectRoot() });
}

describe('without a network', () => {
  it('the bot embeds, answers and ends, and never even tries to reach another machine', async () => {
    const { stdout, stderr } = await runOffline(`
      import { composeBot } from '${urlOf('dist/bot/compose.js')}';
      const bot = await composeBot({
        dataFolder: 'data', workers: 1, region: 'US', clinic: {}, serveUnreviewed: true, publicUrl: '',
      });
      const { reply } = await bot.respond({ text: 'Can you drink alcohol while taking isotretinoin?' });
      console.log(reply.kind, reply.quotes.length > 0);
      await bot.close();`);
    expect(stdout).toBe('answer true\n');
    expect(stderr).not.toContain('NETWORK REFUSED');
  });

  it.each([
    ['by fetch', 'fetch(address).catch(() => {});'],
    ['by a module of Node', "(await import('node:http')).get(address).on('error', () => {});"],
    [
      'by a thread',
      `const { isMainThread, Worker } = await import('node:worker_threads');
       if (isMainThread) new Worker(new URL(import.meta.url)).on('error', () => {});
       else fetch(address);`,
    ],
  ])('such an attempt would show, when made %s', async (_, program) => {
    const outcome = await runOffline(`const address = 'http://127.0.0.1:9/';\n${program}`).catch(
      (error: { stderr: string }) => error,
    );
    expect(outcome.stderr).toContain('NETWORK REFUSED');
  });
});
