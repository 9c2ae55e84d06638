import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../project-root.ts';
import { createLexicon } from '../text/lexicon.ts';
import { words } from '../text/normalize.ts';
import { mergeLexicons, mergePacks } from './merge-packs.ts';
import type { Pack, Passage } from './pack.ts';
import { LEXICON_FILE, OUT_OF_SCOPE_FILE, PACK_FILE, readYaml } from './pack-files.ts';
import { loadPack } from './read-pack.ts';
import type { YamlCache } from './yaml-cache.ts';

/** The pack that comes with the program, and that what was fitted is fitted to. */
export const BUILT_IN = 'isotretinoin';

/** Whether a passage is one of that pack's: ids begin with their pack's. */
export function isBuiltIn({ id }: Pick<Passage, 'id'>): boolean {
  return id.startsWith(`${BUILT_IN}/`);
}

/** Whether a folder holds the built-in pack, by its `pack.yaml` alone; where that can't be read, loading says why. */
export function holdsBuiltIn(folder: string): boolean {
  const file = path.join(folder, PACK_FILE.file);
  return existsSync(file) && readYaml(PACK_FILE, () => readFileSync(file, 'utf8'), [])?.id === BUILT_IN;
}

/**
 * Packs as they are served: several as one. A pack that is served without the built-in one still knows the lay words of
 * its lexicon and the subjects that it sets aside, since patients of one clinic talk alike; but what its own passages
 * speak of is no other subject to it. Throws `PackError`, and `PacksError` as `mergePacks` does.
 */
export function loadPacks(folders: readonly string[], cache?: YamlCache): Pack {
  const packs = folders.map((folder) => loadPack(folder, cache));
  const merged = mergePacks(packs);
  return packs.some(({ id }) => id === BUILT_IN) ? merged : withHouseWords(merged);
}

function withHouseWords(pack: Pack): Pack {
  const folder = path.join(projectRoot(), 'knowledge', BUILT_IN);
  const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
  const house = readYaml(LEXICON_FILE, read, [])?.terms ?? [];
  const outside = readYaml(OUT_OF_SCOPE_FILE, read, []);
  const lexicon = mergeLexicons([pack.lexicon, house]);
  const { canonical } = createLexicon(lexicon);
  const served = pack.subjects?.map(({ subject }) => subject) ?? [canonical(pack.subject)];
  const isServed = (text: string) =>
    served.some((name) => ` ${canonical(text).replace(/[?!.,]/g, ' ')} `.includes(` ${name} `));
  const spread = (text: string) => ` ${words(canonical(text)).join(' ')} `;
  const spoken = pack.passages.map(({ title, text }) => spread(`${title} ¶ ${text}`)).join('¶');
  const isSpokenOf = (name: string) => spoken.includes(spread(name));
  const others = [...(outside?.subjects ?? []), BUILT_IN].filter((name) => !isServed(name) && !isSpokenOf(name));
  return Object.freeze({
    ...pack,
    lexicon,
    outOfScope: [...pack.outOfScope, ...(outside?.questions ?? []).filter((question) => !isServed(question))],
    otherSubjects: [...pack.otherSubjects, ...others],
  });
}
