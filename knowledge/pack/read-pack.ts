import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Finding, PackError } from './finding.ts';
import type { Pack, Passage } from './pack.ts';
import { readDefaults, withSubject } from './pack-defaults.ts';
import {
  DISCLAIMERS_FILE,
  LEXICON_FILE,
  MESSAGES_FILE,
  OUT_OF_SCOPE_FILE,
  PACK_FILE,
  type PackFile,
  readYaml,
  SOURCES_FILE,
} from './pack-files.ts';
import { type ParsedPassage, parsePassage } from './parse-passage.ts';
import type { YamlCache } from './yaml-cache.ts';

/** A pack as far as it can be read, and what is wrong with the rest. */
export interface ReadPack {
  /** Absent when a file without which there is no pack (`pack.yaml`, say) is missing or unreadable. */
  readonly pack: Pack | undefined;
  readonly findings: readonly Finding[];
  /** By passage id: offset in the text → line in the file. */
  readonly lineAt: ReadonlyMap<string, ParsedPassage['lineAt']>;
}

/** Reads a pack for serving. Throws `PackError` with every finding when any file is unreadable: half a pack is none. */
export function loadPack(folder: string, cache?: YamlCache): Pack {
  const { pack, findings } = readPack(folder, cache);
  if (!pack || findings.length > 0) throw new PackError(folder, findings);
  return pack;
}

/** Reads a pack for checking: goes on past what is wrong, and says what it was. */
export function readPack(folder: string, cache?: YamlCache): ReadPack {
  const findings: Finding[] = [];
  const hash = createHash('sha256');
  const read = (file: string) => {
    const raw = readFileSync(path.join(folder, file), 'utf8');
    hash.update(`${file}\0${raw}\0`);
    return raw;
  };

  const about = readYaml(PACK_FILE, read, findings, cache);
  const sources = readYaml(SOURCES_FILE, read, findings, cache);
  // A small pack needs no more than that; what it doesn't bring is empty, or comes with the program.
  const optional = <T>(file: PackFile<T>, otherwise: T): T | undefined =>
    existsSync(path.join(folder, file.file)) ? readYaml(file, read, findings, cache) : otherwise;
  const defaults = readDefaults();
  const lexicon = optional(LEXICON_FILE, { terms: [] });
  const messages = optional(MESSAGES_FILE, { messages: {} });
  const disclaimers = optional(DISCLAIMERS_FILE, { disclaimers: [...defaults.disclaimers] });
  const outOfScope = optional(OUT_OF_SCOPE_FILE, { questions: [], subjects: [] });

  const id = about?.id ?? path.basename(folder);
  const passages: Passage[] = [];
  const lineAt = new Map<string, ParsedPassage['lineAt']>();
  for (const file of markdownFiles(folder, findings)) {
    const parsed = parsePassage({ packId: id, file, raw: read(file), cache });
    findings.push(...parsed.findings);
    if (!parsed.passage) continue;
    passages.push(freeze(parsed.passage));
    lineAt.set(parsed.passage.id, parsed.lineAt);
  }

  const complete = about && lexicon && sources && messages && disclaimers && outOfScope;
  const pack = complete
    ? freeze<Pack>({
        id,
        title: about.title,
        subject: about.subject,
        audience: about.audience,
        starters: about.starters.length > 0 ? about.starters : startersFrom(passages),
        passages,
        sources: new Map(sources.sources.map((source) => [source.id, source])),
        lexicon: lexicon.terms,
        messages: {
          ...withSubject(defaults.messages, { en: about.subject, es: about.subject }),
          ...messages.messages,
        },
        disclaimers: disclaimers.disclaimers,
        outOfScope: outOfScope.questions,
        otherSubjects: outOfScope.subjects,
        hash: hash.digest('hex'),
      })
    : undefined;
  return { pack, findings, lineAt };
}

/** The first question of a passage of each topic. */
function startersFrom(passages: readonly Passage[]): string[] {
  const byTopic = new Map(
    passages.flatMap(({ topic, questions: [first] }) => (first ? [[topic, first] as const] : [])),
  );
  return [...byTopic.values()].slice(0, STARTERS);
}

const STARTERS = 6;

function markdownFiles(folder: string, findings: Finding[]): string[] {
  const root = path.join(folder, 'passages');
  if (!existsSync(root)) {
    const message = 'there is no folder passages';
    findings.push({ file: 'passages', line: 1, code: 'unreadable', message, mend: 'name the folder of a pack' });
    return [];
  }
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

function freeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (inner !== null && typeof inner === 'object') freeze(inner);
  return Object.freeze(value);
}
