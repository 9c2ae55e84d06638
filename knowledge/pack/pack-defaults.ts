import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../project-root.ts';
import { type Finding, PackError } from './finding.ts';
import type { Disclaimer, Messages } from './pack.ts';
import { DEFAULT_FILES, readYaml } from './pack-files.ts';

/** What packs that don't say it themselves say: from `knowledge/defaults`. */
export interface PackDefaults {
  /** `{subject}` stands where the packs' subjects are to be named. */
  readonly messages: Messages;
  readonly disclaimers: readonly Disclaimer[];
}

/** Throws `PackError` when the files are missing or unreadable: they come with the program. */
export function readDefaults(): PackDefaults {
  const folder = path.join(projectRoot(), 'knowledge');
  const findings: Finding[] = [];
  const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
  const messages = readYaml(DEFAULT_FILES.messages, read, findings);
  const disclaimers = readYaml(DEFAULT_FILES.disclaimers, read, findings);
  if (!messages || !disclaimers) throw new PackError(folder, findings);
  return { messages: messages.messages, disclaimers: disclaimers.disclaimers };
}

/** Messages with the subjects named. */
export function withSubject(messages: Messages, subject: { readonly en: string; readonly es: string }): Messages {
  return Object.fromEntries(
    Object.entries(messages).map(([name, { en, es }]) => [
      name,
      { en: en.replaceAll('{subject}', subject.en), es: es.replaceAll('{subject}', subject.es) },
    ]),
  );
}
