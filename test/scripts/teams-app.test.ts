import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../knowledge/project-root.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ID = '11111111-2222-4333-8444-555555555555';

const DOMAIN = ['--app-id', ID, '--domain', 'bot.clinic.example'];

function teamsApp(...parameters: string[]) {
  return teamsAppIn({}, ...parameters);
}

function teamsAppIn(settings: Record<string, string>, ...parameters: string[]) {
  const out = path.join(temporaryFolder(), 'quotewell.zip');
  const script = path.join(projectRoot(), 'dist/scripts/teams-app.js');
  const env = { PATH: process.env.PATH ?? '', CLINIC_NAME: 'Well Clinic', ...settings };
  const command = [script, '--out', out, ...parameters];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    env,
    cwd: projectRoot(),
  });
  return { out, status, stdout, stderr };
}

describe('npm run teams-app', () => {
  it('writes a package with the starters of the pack and the name of the clinic', () => {
    const { out, status } = teamsApp(...DOMAIN);
    expect(status).toBe(0);
    const manifest = strFromU8(unzipSync(readFileSync(out))['manifest.json'] ?? new Uint8Array());
    expect(JSON.parse(manifest)).toMatchObject({ id: ID, developer: { name: 'Well Clinic' } });
    expect(manifest).toContain('How often does acne come back after isotretinoin?');
  });

  it('writes nothing where a field does not fit, and names it', () => {
    const { out, status, stderr } = teamsApp('--app-id', 'mine', '--domain', 'bot.clinic.example');
    expect(status).toBe(1);
    expect(stderr).toContain('  id: must match');
    expect(existsSync(out)).toBe(false);
  });

  it.each(['https://bot.clinic.example', 'localhost', '192.0.2.1', 'bot.clinic.example:3978', 'a b.example', '*'])(
    'takes no domain such as %s',
    (domain) => {
      const { status, stderr } = teamsApp('--app-id', ID, '--domain', domain);
      expect([status, stderr]).toEqual([2, expect.stringContaining('--domain')]);
    },
  );

  it('says where it could not write', () => {
    const { status, stderr } = teamsApp(...DOMAIN, '--out', '/none/there/quotewell.zip');
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('--out "/none/there/quotewell.zip" can\'t be written'),
    ]);
  });

  it('warns where the bot has another address than the one that links are unfolded for', () => {
    const other = teamsAppIn({ PUBLIC_URL: 'https://other.clinic.example' }, ...DOMAIN);
    expect([other.status, other.stderr]).toEqual([0, expect.stringContaining('another host than --domain')]);
    expect(teamsAppIn({ PUBLIC_URL: 'https://bot.clinic.example/faq' }, ...DOMAIN).stderr).toBe('');
  });

  it('says what is missing', () => {
    expect(teamsApp('--app-id', ID)).toMatchObject({ status: 2, stderr: expect.stringContaining('--domain') });
  });
});
