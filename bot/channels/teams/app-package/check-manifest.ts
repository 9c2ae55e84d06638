import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import formats from 'ajv-formats';
import { z } from 'zod';
import { MANIFEST_VERSION, type Manifest } from './manifest.ts';

/** A manifest that Teams would not take: says each field that is wrong. */
export class ManifestError extends Error {
  readonly code = 'TEAMS_MANIFEST';

  constructor(problems: readonly string[]) {
    super(
      `teams: the manifest does not fit the schema ${MANIFEST_VERSION}\n${problems.map((p) => `  ${p}`).join('\n')}`,
    );
    this.name = 'ManifestError';
  }
}

/**
 * Holds a manifest to Microsoft's own schema, from the package that carries it. The package's validator isn't used:
 * it asks for a library that it does not list. Throws `ManifestError`.
 */
export function checkManifest(manifest: Manifest): void {
  const ajv = new Ajv({ allErrors: true, strict: false });
  formats.default(ajv, ['uri', 'email', 'regex']);
  const fits = ajv.compile(readSchema());
  const problems = fits(manifest) ? [] : (fits.errors ?? []).map(inWords);
  problems.push(...problemsBesides(manifest));
  if (problems.length > 0) throw new ManifestError(problems);
}

/** Where the schema lets any text pass, and Teams doesn't. */
function problemsBesides({ version, name, developer }: Manifest): string[] {
  const problems: string[] = [];
  if (!/^(?:(?:0|[1-9]\d*)(?:\.(?!$)|$)){3}$/.test(version)) {
    problems.push('version: must be three numbers, such as 1.0.0');
  }
  if (name.short.trim() === '') problems.push('name.short: must not be empty');
  if (developer.name.trim() === '') problems.push('developer.name: must not be empty');
  for (const field of ['websiteUrl', 'privacyUrl', 'termsOfUseUrl'] as const) {
    if (/^http:/i.test(developer[field])) problems.push(`developer.${field}: must begin with https://`);
  }
  return problems;
}

/** The field first, and of what Ajv knows besides its message the name that this leaves out. */
function inWords({ instancePath, message, params }: ErrorObject): string {
  const field = instancePath.slice(1).replaceAll('/', '.') || 'manifest';
  const { additionalProperty, allowedValue } = PARAMS.parse(params);
  const named = additionalProperty ?? allowedValue;
  return `${field}: ${message}${named === undefined ? '' : ` (${named})`}`;
}

const PARAMS = z.object({ additionalProperty: z.string().optional(), allowedValue: z.string().optional() });

const SCHEMA = z.looseObject({ properties: z.looseObject({}) });

function readSchema(): Record<string, unknown> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@microsoft/app-manifest/package.json'));
  const file = path.join(folder, `build/json-schemas/teams/v${MANIFEST_VERSION}/MicrosoftTeams.schema.json`);
  // Nothing in it means another thing in draft 4, which it names, than in the drafts that Ajv knows.
  const { $schema: _draft4, ...schema } = SCHEMA.parse(JSON.parse(readFileSync(file, 'utf8')));
  return schema;
}
