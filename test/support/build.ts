import { execFileSync } from 'node:child_process';
import { projectRoot } from '../../knowledge/project-root.ts';

/** Worker threads and commands run built files: build them once, before any test. Nothing happens when all is built. */
export default function build(): void {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'tsconfig.build.json'], {
    cwd: projectRoot(),
    stdio: 'inherit',
  });
}
