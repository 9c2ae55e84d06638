import { writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createAppPackage } from '../bot/channels/teams/app-package/app-package.ts';
import { composeOptions } from '../bot/compose-options.ts';
import { loadPacks } from '../knowledge/pack/load-packs.ts';
import { readEnvironment } from './environment.ts';
import { runCommand, UsageError } from './run-command.ts';

const HELP = `
Make the package that brings the bot into Microsoft Teams: manifest and icons, to upload in the Teams admin center.

  npm run teams-app -- --app-id ID --domain HOST --out quotewell.zip

  --app-id ID        of the app registration, as in TEAMS_APP_ID
  --domain HOST      that the bot is reached under, such as bot.clinic.example
  --out FILE         where to write the package
  --name NAME        that people see, up to 30 characters (Quotewell)
  --developer NAME   who runs it, up to 32 characters (CLINIC_NAME, or the app's name)
  --version X.Y.Z    higher with each upload (1.0.0)
  --website URL      where help is found (https://HOST/)
  --privacy URL      what becomes of people's words (https://HOST/)
  --terms URL        terms of use (https://HOST/)
  --help             this text

Prompt starters are those of the pack (PACKS).`.trim();

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      'app-id': { type: 'string' },
      domain: { type: 'string' },
      out: { type: 'string' },
      name: { type: 'string', default: 'Quotewell' },
      developer: { type: 'string' },
      version: { type: 'string', default: '1.0.0' },
      website: { type: 'string' },
      privacy: { type: 'string' },
      terms: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const { 'app-id': appId, domain, out, name, version } = values;
  if (!appId || !domain || !out) throw new UsageError('teams-app: --app-id, --domain and --out are needed');
  if (!isHostName(domain)) {
    throw new UsageError(`teams-app: --domain "${domain}" is no host name; give it bare, such as bot.clinic.example`);
  }
  const config = readEnvironment();
  const { subject, starters } = loadPacks(composeOptions(config).packFolders);
  const zip = await createAppPackage({
    appId,
    domain,
    name,
    version,
    developer: values.developer ?? config.clinic.name ?? name,
    websiteUrl: values.website,
    privacyUrl: values.privacy,
    termsUrl: values.terms,
    subject,
    starters,
  });
  write(out, zip);
  console.log(`Wrote ${path.relative('', path.resolve(out))}. Upload it in the Teams admin center; see README.md.`);
  if (config.publicUrl !== undefined && new URL(config.publicUrl).hostname !== domain.toLowerCase()) {
    console.error(
      `WARNING: PUBLIC_URL is ${config.publicUrl}, another host than --domain ${domain}: links to passages will stay links.`,
    );
  }
  return 0;
});

function write(file: string, content: Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`teams-app: --out "${file}" can't be written (${why})`, { cause });
  }
}

/** Teams reaches no other kind: a name with a dot, without scheme, port or path. */
function isHostName(domain: string): boolean {
  return /^(?=.{4,253}$)([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]*[a-z\d]$/i.test(domain) && isIP(domain) === 0;
}
