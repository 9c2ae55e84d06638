import { z } from 'zod';
import { REGIONS, type Region } from '../knowledge/pack/pack.ts';
import * as kinds from './variable-kinds.ts';

/** The environment, parsed once. Each field is documented in `.env.example` under its variable's name. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Without a slash at its end. */
  readonly publicUrl: string | undefined;
  /** As Express takes it: how many proxies, or their addresses. */
  readonly trustProxy: number | readonly string[];
  readonly region: Region;
  readonly packs: readonly string[];
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly allowedOrigins: readonly string[];
  readonly clinic: {
    readonly name: string | undefined;
    readonly phone: string | undefined;
    readonly url: string | undefined;
  };
  readonly embedding: { readonly modelDir: string | undefined; readonly workers: number };
  readonly vectorIndex: 'hnswlib' | 'pgvector';
  readonly serveUnreviewed: boolean;
  readonly retentionDays: number;
  readonly keepQuestions: boolean;
  readonly teams: {
    readonly appId: string | undefined;
    readonly appPassword: string | undefined;
    readonly certificate: string | undefined;
    readonly managedIdentity: boolean;
    readonly tenantId: string | undefined;
    readonly allowedTenants: readonly string[];
    readonly anonymous: boolean;
  };
  readonly metricsToken: string | undefined;
  readonly rateLimitPerMinute: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** Configuration that can't be used; says all that is missing or wrong, not only the first. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const count = problems.length === 1 ? 'one setting is' : `${problems.length} settings are`;
    const lines = problems.map(({ name, says }) => `  ${name}: ${says}`);
    super(`configuration: ${count} missing or wrong\n${lines.join('\n')}\nSee .env.example for what each may be.`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

export interface ConfigProblem {
  readonly name: string;
  /** What was wrong and what is allowed, without the value of a secret. */
  readonly says: string;
}

/**
 * Reads what Quotewell uses of an environment and leaves the rest alone. An empty string counts as not set.
 * Throws `ConfigError`.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(
    CONFIG_VARIABLES.flatMap((name) => {
      const value = env[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = ENVIRONMENT.safeParse(set);
  if (!parsed.success) throw new ConfigError(problemsOf(parsed.error.issues, set));
  return deepFreeze(toConfig(parsed.data));
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const VARIABLES = z.object({
  PORT: kinds.wholeNumber(0, 65535).default(3978),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'a host name or an address, such as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  PUBLIC_URL: kinds.webAddress().optional(),
  TRUST_PROXY: kinds.trustedProxies().default(0),
  REGION: kinds.oneOf(REGIONS).default('US'),
  PACKS: kinds.list(kinds.text('pack names or folders, separated by commas')).default(['isotretinoin']),
  DATA_DIR: kinds.text('a folder').default('./data'),
  DATABASE_URL: kinds.databaseAddress().optional(),
  ALLOWED_ORIGINS: kinds.list(kinds.origin()).default([]),
  CLINIC_NAME: kinds.text('the name as patients know it').optional(),
  CLINIC_PHONE: kinds.phoneNumber().optional(),
  CLINIC_URL: kinds.webAddress().optional(),
  EMBEDDING_MODEL_DIR: kinds.text('a folder').optional(),
  EMBEDDING_WORKERS: kinds.wholeNumber(1, 64).default(1),
  VECTOR_INDEX: kinds.oneOf(['hnswlib', 'pgvector']).default('hnswlib'),
  SERVE_UNREVIEWED: kinds.flag().default(true),
  RETENTION_DAYS: kinds.wholeNumber(0, 3650).default(30),
  KEEP_QUESTIONS: kinds.flag().default(false),
  TEAMS_APP_ID: kinds.token('the id of the app registration').optional(),
  TEAMS_APP_PASSWORD: kinds.text('the client secret').optional(),
  TEAMS_CERTIFICATE: kinds.text('a PEM file that holds the certificate and its key').optional(),
  TEAMS_MANAGED_IDENTITY: kinds.flag().default(false),
  TEAMS_TENANT_ID: kinds.token('the id of the tenant').optional(),
  TEAMS_ALLOWED_TENANTS: kinds.list(kinds.token('ids of tenants, separated by commas')).default([]),
  TEAMS_ANONYMOUS: kinds.flag().default(false),
  METRICS_TOKEN: kinds.token('one word without spaces').optional(),
  RATE_LIMIT_PER_MINUTE: kinds.wholeNumber(1, 1_000_000).default(60),
  LOG_LEVEL: kinds.oneOf(LOG_LEVELS).default('info'),
});

/** Names of all variables that are read, in the order of `.env.example`. */
export const CONFIG_VARIABLES: readonly string[] = Object.keys(VARIABLES.shape);

// Asked of every environment, however much else of it is wrong, so that all is reported at once.
const always = { when: () => true };

const ENVIRONMENT = VARIABLES.refine((env) => env.VECTOR_INDEX !== 'pgvector' || env.DATABASE_URL !== undefined, {
  ...always,
  path: ['DATABASE_URL'],
  error: 'needed, since VECTOR_INDEX is pgvector',
})
  .refine((env) => env.TEAMS_APP_ID !== undefined || teamsCredentials(env).length === 0, {
    ...always,
    path: ['TEAMS_APP_ID'],
    error: 'needed, since a password, certificate or managed identity for Teams is set',
  })
  .refine((env) => env.TEAMS_APP_ID === undefined || teamsCredentials(env).length === 1, {
    ...always,
    path: ['TEAMS_APP_ID'],
    error: 'needs exactly one of TEAMS_APP_PASSWORD, TEAMS_CERTIFICATE, TEAMS_MANAGED_IDENTITY=true beside it',
  })
  .refine((env) => env.TEAMS_ANONYMOUS !== true || isLoopbackHost(env.HOST), {
    ...always,
    path: ['TEAMS_ANONYMOUS'],
    error: 'only with HOST 127.0.0.1, ::1 or localhost, since anybody who reaches the port could speak to the bot',
  });
type Environment = z.infer<typeof VARIABLES>;

function teamsCredentials(env: Environment): unknown[] {
  return [env.TEAMS_APP_PASSWORD, env.TEAMS_CERTIFICATE, env.TEAMS_MANAGED_IDENTITY].filter(Boolean);
}

/** @param host undefined where the variable itself does not fit */
function isLoopbackHost(host: string | undefined): boolean {
  return host === 'localhost' || host === '::1' || host?.startsWith('127.') === true;
}

function toConfig(env: Environment): Config {
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL,
    trustProxy: env.TRUST_PROXY,
    region: env.REGION,
    packs: env.PACKS,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL,
    allowedOrigins: env.ALLOWED_ORIGINS,
    clinic: { name: env.CLINIC_NAME, phone: env.CLINIC_PHONE, url: env.CLINIC_URL },
    embedding: { modelDir: env.EMBEDDING_MODEL_DIR, workers: env.EMBEDDING_WORKERS },
    vectorIndex: env.VECTOR_INDEX,
    serveUnreviewed: env.SERVE_UNREVIEWED,
    retentionDays: env.RETENTION_DAYS,
    keepQuestions: env.KEEP_QUESTIONS,
    teams: {
      appId: env.TEAMS_APP_ID,
      appPassword: env.TEAMS_APP_PASSWORD,
      certificate: env.TEAMS_CERTIFICATE,
      managedIdentity: env.TEAMS_MANAGED_IDENTITY,
      tenantId: env.TEAMS_TENANT_ID,
      allowedTenants: env.TEAMS_ALLOWED_TENANTS,
      anonymous: env.TEAMS_ANONYMOUS,
    },
    metricsToken: env.METRICS_TOKEN,
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
    logLevel: env.LOG_LEVEL,
  };
}

const SECRETS: ReadonlySet<string> = new Set(['DATABASE_URL', 'TEAMS_APP_PASSWORD', 'METRICS_TOKEN']);

/** The first issue of each variable: what follows from it would only repeat it. */
function problemsOf(issues: readonly z.core.$ZodIssue[], set: Readonly<Record<string, string>>): ConfigProblem[] {
  const says = new Map<string, string>();
  for (const { path, message } of issues) {
    const name = String(path[0]);
    if (!says.has(name)) says.set(name, `${described(name, set[name])}; ${message}`);
  }
  return CONFIG_VARIABLES.flatMap((name) => {
    const found = says.get(name);
    return found === undefined ? [] : [{ name, says: found }];
  });
}

function described(name: string, value: string | undefined): string {
  if (value === undefined) return 'not set';
  if (SECRETS.has(name)) return 'set to something that does not fit (not shown, since it is secret)';
  return `"${value.length > 80 ? `${value.slice(0, 80)}…` : value}" does not fit`;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
