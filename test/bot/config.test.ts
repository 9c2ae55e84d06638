import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONFIG_VARIABLES, ConfigError, readConfig } from '../../bot/config.ts';
import { projectRoot } from '../../knowledge/project-root.ts';

function problemsOf(env: Record<string, string>) {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('configuration', () => {
  it('has a default for everything that must have one', () => {
    expect(readConfig({})).toEqual({
      port: 3978,
      host: '127.0.0.1',
      publicUrl: undefined,
      trustProxy: 0,
      region: 'US',
      packs: ['isotretinoin'],
      dataDir: './data',
      databaseUrl: undefined,
      allowedOrigins: [],
      clinic: { name: undefined, phone: undefined, url: undefined },
      embedding: { modelDir: undefined, workers: 1 },
      vectorIndex: 'hnswlib',
      serveUnreviewed: true,
      retentionDays: 30,
      keepQuestions: false,
      teams: {
        appId: undefined,
        appPassword: undefined,
        certificate: undefined,
        managedIdentity: false,
        tenantId: undefined,
        allowedTenants: [],
        anonymous: false,
      },
      metricsToken: undefined,
      rateLimitPerMinute: 60,
      logLevel: 'info',
    });
  });

  it('reads every variable', () => {
    const config = readConfig({
      PORT: '0',
      HOST: '::1',
      PUBLIC_URL: 'https://bot.example/faq/',
      TRUST_PROXY: '10.0.0.0/8, loopback',
      REGION: 'IE',
      PACKS: 'doxycycline, isotretinoin',
      DATA_DIR: '/var/lib/quotewell',
      DATABASE_URL: 'postgres://user:word@db/quotewell',
      ALLOWED_ORIGINS: 'https://clinic.example,http://localhost:8080',
      CLINIC_NAME: 'Example Skin Clinic',
      CLINIC_PHONE: '+1 (555) 010-0100',
      CLINIC_URL: 'https://clinic.example/',
      EMBEDDING_MODEL_DIR: './model',
      EMBEDDING_WORKERS: '2',
      VECTOR_INDEX: 'pgvector',
      SERVE_UNREVIEWED: 'FALSE',
      RETENTION_DAYS: '0',
      KEEP_QUESTIONS: 'true',
      TEAMS_APP_ID: 'app',
      TEAMS_APP_PASSWORD: 'secret',
      TEAMS_TENANT_ID: 'tenant',
      TEAMS_ALLOWED_TENANTS: 'tenant,other',
      TEAMS_ANONYMOUS: '1',
      METRICS_TOKEN: 'token',
      RATE_LIMIT_PER_MINUTE: '100000',
      LOG_LEVEL: 'silent',
    });
    expect(config).toMatchObject({
      port: 0,
      host: '::1',
      publicUrl: 'https://bot.example/faq',
      trustProxy: ['10.0.0.0/8', 'loopback'],
      region: 'IE',
      packs: ['doxycycline', 'isotretinoin'],
      databaseUrl: 'postgres://user:word@db/quotewell',
      allowedOrigins: ['https://clinic.example', 'http://localhost:8080'],
      clinic: { name: 'Example Skin Clinic', phone: '+1 (555) 010-0100', url: 'https://clinic.example' },
      embedding: { modelDir: './model', workers: 2 },
      serveUnreviewed: false,
      retentionDays: 0,
      keepQuestions: true,
      teams: { appId: 'app', allowedTenants: ['tenant', 'other'], anonymous: true },
      logLevel: 'silent',
    });
  });

  it('takes an empty value, or one of spaces, for not set', () => {
    const empty = Object.fromEntries(CONFIG_VARIABLES.map((name, index) => [name, index % 2 === 0 ? '' : '  ']));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  it('leaves the rest of the environment alone', () => {
    expect(readConfig({ PATH: '/bin', port: 'x', QUOTEWELL: '?' })).toEqual(readConfig({}));
  });

  it('can not be changed afterwards', () => {
    const config = readConfig({ ALLOWED_ORIGINS: 'https://clinic.example' });
    for (const part of [config, config.clinic, config.teams, config.packs, config.allowedOrigins]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('says all that is wrong at once, each by its name, with what was given and what is allowed', () => {
    const wrong = {
      PORT: 'http',
      REGION: 'Mars',
      KEEP_QUESTIONS: 'maybe',
      VECTOR_INDEX: 'pgvector',
      LOG_LEVEL: 'loud',
    };
    expect(problemsOf(wrong)).toEqual([
      { name: 'PORT', says: '"http" does not fit; a whole number from 0 to 65535' },
      { name: 'REGION', says: '"Mars" does not fit; one of US, UK, EU, IE, AU, NZ' },
      { name: 'DATABASE_URL', says: 'not set; needed, since VECTOR_INDEX is pgvector' },
      { name: 'KEEP_QUESTIONS', says: '"maybe" does not fit; true or false' },
      { name: 'LOG_LEVEL', says: '"loud" does not fit; one of fatal, error, warn, info, debug, trace, silent' },
    ]);
  });

  it('puts every problem into the message, under one code', () => {
    try {
      readConfig({ PORT: '-1', REGION: 'us' });
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'CONFIG_INVALID', name: 'ConfigError' });
      expect(String(error)).toMatch(/2 settings.*\n {2}PORT: "-1".*\n {2}REGION: "us".*\n.*\.env\.example/);
    }
  });

  it.each([
    ['PORT', ['65536', '1.5', '0x10', '1e3', '99999999999']],
    ['HOST', ['http://localhost', 'a b', '127.0.0.1/8']],
    [
      'PUBLIC_URL',
      ['clinic.example', 'ftp://clinic.example', 'https://', 'https://clinic.example/?a=b', 'https://c.example/#a'],
    ],
    ['TRUST_PROXY', ['true', '-1', '10', '10.0.0.0/33', '::1/129', 'proxy.example', '10.0.0.1,', '1.2.3.4/8/8']],
    ['REGION', ['us', 'USA', 'US,UK']],
    ['PACKS', [',', ' , ']],
    ['DATABASE_URL', ['mysql://db', 'db:5432', 'file.sqlite']],
    [
      'ALLOWED_ORIGINS',
      ['*', 'clinic.example', 'https://clinic.example/', 'https://clinic.example/chat', 'null', 'https://a.example b'],
    ],
    ['CLINIC_PHONE', ['call us', '1; drop', '5']],
    ['CLINIC_URL', ['javascript:alert(1)', 'www.clinic.example']],
    ['EMBEDDING_WORKERS', ['0', '65', 'all']],
    ['VECTOR_INDEX', ['faiss', 'HNSWLIB']],
    ['SERVE_UNREVIEWED', ['yes', '2']],
    ['RETENTION_DAYS', ['-1', '4000', 'forever']],
    ['TEAMS_MANAGED_IDENTITY', ['id']],
    ['METRICS_TOKEN', ['two words', '"quoted"']],
    ['RATE_LIMIT_PER_MINUTE', ['0', '60/min', '1000001']],
    ['LOG_LEVEL', ['INFO', 'verbose']],
  ])('refuses %s where it does not fit', (name, values) => {
    for (const value of values)
      expect(
        problemsOf({ [name]: value }).map((problem) => problem.name),
        value,
      ).toContain(name);
  });

  it('never shows the value of a secret', () => {
    const secrets = {
      DATABASE_URL: 'mysql://u:hunter2@db',
      METRICS_TOKEN: 'hunter2 hunter2',
      TEAMS_APP_PASSWORD: 'hunter2'.repeat(99),
    };
    expect(problemsOf(secrets).map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(secrets)));
    expect(() => readConfig(secrets)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });

  it('wants an app id beside credentials for Teams, and exactly one credential beside an app id', () => {
    const names = (env: Record<string, string>) => problemsOf(env).map(({ name }) => name);
    expect(names({ TEAMS_APP_PASSWORD: 'x' })).toEqual(['TEAMS_APP_ID']);
    expect(names({ TEAMS_MANAGED_IDENTITY: 'true' })).toEqual(['TEAMS_APP_ID']);
    expect(names({ TEAMS_APP_ID: 'x' })).toEqual(['TEAMS_APP_ID']);
    expect(names({ TEAMS_APP_ID: 'x', TEAMS_APP_PASSWORD: 'y', TEAMS_CERTIFICATE: 'z' })).toEqual(['TEAMS_APP_ID']);
    expect(names({ TEAMS_APP_ID: 'x', TEAMS_CERTIFICATE: 'cert.pem' })).toEqual([]);
    expect(names({ TEAMS_APP_ID: 'x', TEAMS_MANAGED_IDENTITY: 'true' })).toEqual([]);
  });

  it('lets Teams messages in without proof on loopback only', () => {
    const anonymous = (HOST: string) => problemsOf({ TEAMS_ANONYMOUS: 'true', HOST }).map(({ name }) => name);
    expect(anonymous('0.0.0.0')).toEqual(['TEAMS_ANONYMOUS']);
    expect(anonymous('clinic.example')).toEqual(['TEAMS_ANONYMOUS']);
    for (const host of ['127.0.0.1', '::1', 'localhost']) expect(anonymous(host)).toEqual([]);
  });

  it('reads or refuses any environment with a ConfigError, never with another error', () => {
    const environment = fc.dictionary(fc.constantFrom(...CONFIG_VARIABLES), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(environment, (env) => {
        expect(problemsOf(env).every(({ name }) => CONFIG_VARIABLES.includes(name))).toBe(true);
      }),
    );
  });
});

describe('.env.example', () => {
  const lines = readFileSync(path.join(projectRoot(), '.env.example'), 'utf8').split('\n');
  const entries = lines.flatMap((line, index) => {
    const [, name, value] = /^#([A-Z_]+)=(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [{ name, value, above: lines[index - 1] ?? '' }];
  });

  it('names each variable that is read, once, and no other', () => {
    expect(entries.map(({ name }) => name).sort()).toEqual([...CONFIG_VARIABLES].sort());
  });

  it('shows the defaults that hold', () => {
    const shown = Object.fromEntries(entries.map(({ name, value }) => [name, value]));
    expect(readConfig(shown)).toEqual(readConfig({}));
    // Each default that there is must be written out, so that an empty value means "not set" and nothing else.
    for (const { name, value } of entries) {
      if (value === '') expect(DEFAULTLESS, name).toContain(name);
    }
  });

  it('says what each is and may be', () => {
    for (const { name, above } of entries) expect(above, name).toMatch(/^# .{20,}\.$/);
  });

  it('sets nothing when copied as it is', () => {
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });
});

const DEFAULTLESS = [
  'PUBLIC_URL',
  'ALLOWED_ORIGINS',
  'CLINIC_NAME',
  'CLINIC_PHONE',
  'CLINIC_URL',
  'DATABASE_URL',
  'EMBEDDING_MODEL_DIR',
  'TEAMS_APP_ID',
  'TEAMS_APP_PASSWORD',
  'TEAMS_CERTIFICATE',
  'TEAMS_TENANT_ID',
  'TEAMS_ALLOWED_TENANTS',
  'METRICS_TOKEN',
];
