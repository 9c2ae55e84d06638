import { execFileSync } from 'node:child_process';
import { projectRoot } from '../../knowledge/project-root.ts';
import { chromiumPath } from '../../scripts/chromium.ts';

/**
 * Worker threads and commands run built files, and browsers the built widget: build them once, before any test. Nothing
 * happens when all is built. The browser is unpacked here too, so that no two test files do it at once.
 */
export default async function build(): Promise<void> {
  const run = (...command: string[]) =>
    execFileSync(process.execPath, command, { cwd: projectRoot(), stdio: 'inherit' });
  run('node_modules/typescript/bin/tsc', '-b', 'tsconfig.build.json');
  run('dist/scripts/build-widget.js');
  await chromiumPath();
}
