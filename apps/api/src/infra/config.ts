/**
 * Settings, from the environment, validated at boot. Every one has a default; a wrong one stops the process with a
 * sentence that names it. Nothing else in the program reads process.env.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { objectionTo } from './key-text.js';
import { believesEverybody } from './proxy-ranges.js';

/** The tenant whose ledger orders what concerns every tenant: global switches, tenants, members. */
export const PLATFORM_TENANT_ID = '00000000-0000-0000-0000-000000000000';

const flag = (fallback: '0' | '1') =>
  z
    .enum(['0', '1'], 'must be 0 or 1')
    .default(fallback)
    .transform((v) => v === '1');
const list = z
  .string()
  .default('')
  .transform((v) =>
    v
      .split(',')
      .map((s) => s.trim())
      .filter(Boolean),
  );
const Proxies = list
  .pipe(
    z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'must be an IP address or a CIDR range')),
  )
  .refine((ranges) => !believesEverybody(ranges), 'would believe everybody: name your own proxies only');

/** The driver knows one host, and PostgreSQL's own rule for several (the first that answers) can pick a standby. */
const DatabaseUrl = z
  .string()
  .refine(
    (url) => !hasSeveralHosts(url),
    "names several hosts, and one is taken. Give one address that follows the primary: your provider's writer " +
      'endpoint, a virtual IP, or HAProxy or PgBouncer in front of them',
  )
  .refine((url) => hasSeveralHosts(url) || isPostgres(url), 'must be a postgres:// address');
const hasSeveralHosts = (url: string): boolean => {
  const authority = /^[^:/]+:\/\/([^/?#]*)/.exec(url)?.[1] ?? '';
  const named = /[?&](?:host|hostaddr|port)=[^&#]*(?:,|%2c)/i.test(url);
  return named || authority.slice(authority.lastIndexOf('@') + 1).includes(',');
};
const isPostgres = (url: string): boolean => z.url({ protocol: /^postgres(ql)?$/ }).safeParse(url).success;

/** Two looks of a proxy that asks /readyz every other second. */
const DRAIN_SECONDS = 5;

const Environment = z
  .object({
    REEVE_PORT: z.coerce.number().int().min(0).max(65535).default(4600),
    REEVE_HOST: z.string().min(1).default('127.0.0.1'),
    REEVE_DATA_DIR: z
      .string()
      .min(1)
      .default('.reeve')
      .transform((p) => resolve(p)),
    DATABASE_URL: DatabaseUrl,
    REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis:// address' }).optional(),
    REEVE_DEMO: flag('1'),
    /** Calls a minute that the demo's agents go on making after the recording was played once; 0: none. */
    REEVE_DEMO_PACE: z.coerce.number().min(0).max(600).default(20),
    REEVE_ENV: z.enum(['development', 'staging', 'production']).default('development'),
    /** The address at which people reach the console, when that is not http://host:port (behind a proxy). */
    REEVE_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** Other origins that may call the API from a browser. */
    REEVE_ORIGINS: list,
    /** Proxies that are believed when they say whom they speak for (X-Forwarded-For). None by default. */
    REEVE_TRUST_PROXY: Proxies,
    /** Run the background processors in this process. */
    REEVE_WORKER: flag('1'),
    /** Decision loops per process: tenants are spread over them by a hash of their id. */
    REEVE_SHARDS: z.coerce.number().int().min(1).max(64).default(1),
    /** The time a decision may take; then its connection to the database is dropped and the answer is 503. */
    REEVE_DECISION_SECONDS: z.coerce.number().min(0.5).max(60).default(5),
    /** The same for every other statement: GraphQL, exports, sign-in, queues. */
    REEVE_STATEMENT_SECONDS: z.coerce.number().min(0.5).max(600).default(10),
    /**
     * The time for which a process that is stopped still serves, no longer ready, so that proxies turn away from it
     * first.
     */
    REEVE_DRAIN_SECONDS: z.coerce.number().min(0).max(300).optional(),
    /** A port of its own for /metrics. Without it, /metrics is on REEVE_PORT where there is a token, and nowhere else. */
    REEVE_METRICS_PORT: z.coerce.number().int().min(1).max(65535).optional(),
    /** The bearer token that /metrics asks for. */
    REEVE_METRICS_TOKEN: z
      .string()
      .regex(/^[\x21-\x7e]{32,}$/, 'must be at least 32 characters without spaces: openssl rand -hex 32')
      .optional(),
    /** Where Reeve's own traces go (OpenTelemetry's OTLP over HTTP); none are made without it. */
    OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    OTEL_SERVICE_NAME: z.string().min(1).default('reeve'),
    /** The share of traces that no caller has begun. */
    OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(0.05),
    /** Hosts, `name` or `name:port`, that a Langfuse connection may lead to though they are private or speak http. */
    REEVE_LANGFUSE_HOSTS: list,
    /** Keyring for the audit log's HMAC, as JSON; by default kept in the data directory. */
    REEVE_AUDIT_KEYRING: z.string().optional(),
    /** 32 bytes, base64: encrypts subject keys and TOTP secrets; by default kept in the data directory. */
    REEVE_VAULT_KEY: z.string().optional(),
    /** The one that rotate-vault-key puts in the place of REEVE_VAULT_KEY; nothing else reads it. */
    REEVE_VAULT_KEY_NEW: z.string().optional(),
    /** Directory of the built console. */
    REEVE_CONSOLE_DIR: z.string().optional(),
  })
  .superRefine((env, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    for (const [setting, kind] of [
      ['REEVE_AUDIT_KEYRING', 'REEVE_AUDIT_KEYRING'],
      ['REEVE_VAULT_KEY', 'REEVE_VAULT_KEY'],
      ['REEVE_VAULT_KEY_NEW', 'REEVE_VAULT_KEY'],
    ] as const) {
      const objection = env[setting] && objectionTo(kind, env[setting], env.REEVE_ENV);
      if (objection) refuse(setting, objection);
    }
    if (env.REEVE_METRICS_PORT === env.REEVE_PORT)
      refuse('REEVE_METRICS_PORT', 'is REEVE_PORT: name another one, or give REEVE_METRICS_TOKEN alone');
    if (env.REEVE_ENV !== 'production') return;
    if (env.REEVE_DEMO) refuse('REEVE_DEMO', 'production refuses demo data: set REEVE_DEMO=0');
    if (env.REEVE_ORIGINS.some((o) => o.includes('*')))
      refuse('REEVE_ORIGINS', 'production refuses wildcard origins');
    if (/:\/\/[^/]*:(password|postgres|changeme|reeve|secret)@/i.test(env.DATABASE_URL))
      refuse('DATABASE_URL', 'production refuses a default password');
    if (!env.REEVE_PUBLIC_URL?.startsWith('https:'))
      refuse('REEVE_PUBLIC_URL', 'production wants the https:// address that people use');
  });

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly demo: boolean;
  readonly demoPace: number;
  readonly environment: 'development' | 'staging' | 'production';
  readonly publicUrl: string | undefined;
  readonly origins: readonly string[];
  readonly proxies: readonly string[];
  readonly worker: boolean;
  readonly shards: number;
  readonly decisionMs: number;
  readonly statementMs: number;
  readonly drainMs: number;
  readonly metricsPort: number | undefined;
  readonly metricsToken: string | undefined;
  readonly otlp:
    { readonly tracesUrl: string; readonly serviceName: string; readonly ratio: number } | undefined;
  readonly langfuseHosts: readonly string[];
  readonly auditKeyring: string | undefined;
  readonly vaultKey: string | undefined;
  readonly newVaultKey: string | undefined;
  readonly consoleDir: string | undefined;
}
/** Injection token for Config. */
export const CONFIG = Symbol('config');

/** Throws an Error whose message lists every wrong setting, one a line. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const defined = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(defined);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Reeve cannot start, these settings are wrong:\n${lines.join('\n')}`);
  }
  const env = parsed.data;
  return {
    port: env.REEVE_PORT,
    host: env.REEVE_HOST,
    dataDir: env.REEVE_DATA_DIR,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    demo: env.REEVE_DEMO,
    demoPace: env.REEVE_DEMO_PACE,
    environment: env.REEVE_ENV,
    publicUrl: env.REEVE_PUBLIC_URL,
    origins: env.REEVE_ORIGINS,
    proxies: env.REEVE_TRUST_PROXY,
    worker: env.REEVE_WORKER,
    shards: env.REEVE_SHARDS,
    decisionMs: env.REEVE_DECISION_SECONDS * 1000,
    statementMs: env.REEVE_STATEMENT_SECONDS * 1000,
    drainMs: (env.REEVE_DRAIN_SECONDS ?? (env.REEVE_ENV === 'development' ? 0 : DRAIN_SECONDS)) * 1000,
    metricsPort: env.REEVE_METRICS_PORT,
    metricsToken: env.REEVE_METRICS_TOKEN,
    otlp: otlpOf(env),
    langfuseHosts: env.REEVE_LANGFUSE_HOSTS,
    auditKeyring: env.REEVE_AUDIT_KEYRING,
    vaultKey: env.REEVE_VAULT_KEY,
    newVaultKey: env.REEVE_VAULT_KEY_NEW,
    consoleDir: env.REEVE_CONSOLE_DIR,
  };
}

/** By OpenTelemetry's rule: an endpoint of traces counts as it stands, the one of everything with their path behind it. */
function otlpOf(env: z.infer<typeof Environment>): Config['otlp'] {
  const everything = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const tracesUrl =
    env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ??
    (everything === undefined ? undefined : `${everything.replace(/\/$/, '')}/v1/traces`);
  if (tracesUrl === undefined) return undefined;
  return { tracesUrl, serviceName: env.OTEL_SERVICE_NAME, ratio: env.OTEL_TRACES_SAMPLER_ARG };
}
