import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../project-root.ts';
import { PACK_FILE } from './pack-files.ts';

/** The folder of a pack: a name is a pack in this house, anything with a slash is a folder. */
export function packPlace(nameOrFolder: string): string {
  if (/[\\/]/.test(nameOrFolder)) return path.resolve(nameOrFolder);
  const house = path.join(projectRoot(), 'knowledge', nameOrFolder);
  const here = path.resolve(nameOrFolder);
  return !existsSync(house) && existsSync(path.join(here, PACK_FILE.file)) ? here : house;
}
