import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { applyChanges } from './folder/change-set.ts';
import { IngestError } from './ingest-error.ts';

/**
 * Starts an empty pack in a new folder, whose name is the pack's id. What it doesn't say (messages, disclaimers) comes
 * from `knowledge/defaults`. Throws `IngestError` for a name that can't be one, or that is taken.
 *
 * @param subject the one word for what the pack is about; its name where absent
 */
export function newPack({
  folder,
  subject,
  title,
}: {
  folder: string;
  subject?: string | undefined;
  title?: string | undefined;
}): void {
  const id = path.basename(folder);
  if (!/^[a-z0-9][a-z0-9-]{1,60}$/.test(id)) {
    throw new IngestError('BAD_NAME', `"${id}" can't be a pack's name; use lower-case letters, digits and hyphens`);
  }
  if (existsSync(folder)) throw new IngestError('NAME_TAKEN', `${folder} is there already; choose another name`);
  const about = {
    id,
    title: title ?? id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' '),
    subject: subject ?? id.replaceAll('-', ' '),
    audience: 'Patients of this clinic, those close to them, and its staff',
    starters: [],
  };
  mkdirSync(path.join(folder, 'passages'), { recursive: true });
  applyChanges(folder, {
    write: new Map([
      ['pack.yaml', `${ABOUT_PACK}${stringify(about, { lineWidth: 0 })}`],
      ['sources.yaml', 'sources: []\n'],
      ['lexicon.yaml', `${ABOUT_LEXICON}terms: []\n`],
    ]),
    remove: [],
  });
}

const ABOUT_PACK = `# subject: the one word that questions about this pack name, as passages write it.
# starters: questions shown before the first one, each a question of some passage, word for word; none: the bot takes some.
`;
const ABOUT_LEXICON = `# What people call things, and the word that the passages use, as in:
#   - term: doxycycline
#     also: [doxy, vibramycin]
`;
