import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from './project-root.ts';

/**
 * The built JavaScript of a worker thread that lies beside a module, whether that module runs built or from its source
 * (as in tests). Nothing when it is not built.
 *
 * @param moduleUrl `import.meta.url` of the module
 * @param name of the worker's file, without its ending
 */
export function builtFile(moduleUrl: string, name: string): string | undefined {
  const here = fileURLToPath(moduleUrl);
  const folder = path.dirname(here);
  const root = projectRoot();
  const built = here.endsWith('.ts') ? path.join(root, 'dist', path.relative(root, folder)) : folder;
  const file = path.join(built, `${name}.js`);
  return existsSync(file) ? file : undefined;
}
