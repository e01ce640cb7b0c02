/**
 * The database knows which keys it was written with; a process that holds others, or none, does not start. So a lost
 * key file is never replaced by a new key, and two hosts with data directories of their own find out at once.
 *
 *   empty database       missing keys are made, and their fingerprints recorded
 *   from before this     the keys have to fit what is there, then they are recorded
 *   from then on         every recorded key has to be here, and be that key; a further one is recorded (a rotation)
 */
import { existsSync } from 'node:fs';
import { type SealedRecord, deriveTenantKeys, verifyChain } from '@reeve/audit';
import pg from 'pg';
import { PLATFORM_TENANT_ID, type Config } from '../infra/config.js';
import { fingerprintsOf, keySource, makeKeys, readKeys, type Keys } from './key-files.js';
import { decrypt } from './vault.js';

/** So that of two first starts one makes the keys and the other one finds them made. */
const KEYS_ORDER = 72_707_372;
/** Rows that are tried before keys are said not to fit: one damaged row proves nothing. */
const SAMPLE = 20;

/** Throws an Error that says what to do. The database is at this program's schema already. */
export async function settleKeys(config: Config): Promise<void> {
  const client = new pg.Client({ connectionString: config.databaseUrl, application_name: 'reeve-keys' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [KEYS_ORDER]);
    await settle(client, config);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

async function settle(client: pg.Client, config: Config): Promise<void> {
  const recorded = await recordedFingerprints(client);
  const empty = recorded.size === 0 && (await isEmpty(client));
  if (empty) makeKeys(config);
  else refuseMissing(config, recorded);

  const keys = readKeys(config);
  const held = fingerprintsOf(keys);
  if (recorded.size === 0 && !empty) await refuseUnfit(client, config, keys);
  refuseOthers(config, recorded, held);
  for (const [name, fingerprint] of held)
    if (!recorded.has(name))
      await client.query('INSERT INTO key_fingerprint (name, fingerprint) VALUES ($1, $2)', [
        name,
        fingerprint,
      ]);
}

async function recordedFingerprints(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; fingerprint: string }>(
    'SELECT name, fingerprint FROM key_fingerprint',
  );
  return new Map(rows.map(({ name, fingerprint }) => [name, fingerprint]));
}

/** Nothing was ever sealed: the platform's ledger holds the first record of everything. */
async function isEmpty(client: pg.Client): Promise<boolean> {
  await client.query(`SELECT set_config('app.tenant_ids', $1, true)`, [PLATFORM_TENANT_ID]);
  const { rows } = await client.query('SELECT FROM audit_record WHERE tenant_id = $1 LIMIT 1', [
    PLATFORM_TENANT_ID,
  ]);
  return rows.length === 0;
}

const SETTINGS = ['REEVE_AUDIT_KEYRING', 'REEVE_VAULT_KEY'] as const;
const settingOf = (name: string) => (name === 'vault' ? 'REEVE_VAULT_KEY' : 'REEVE_AUDIT_KEYRING');

function refuseMissing(config: Config, recorded: ReadonlyMap<string, string>): void {
  for (const setting of SETTINGS) {
    const { place, text } = keySource(config, setting);
    if (text !== undefined) continue;
    const expected = [...recorded].filter(([name]) => settingOf(name) === setting);
    throw refusal(`${place} is missing, and this database was written with it${described(expected)}.`);
  }
}

function refuseOthers(
  config: Config,
  recorded: ReadonlyMap<string, string>,
  held: ReadonlyMap<string, string>,
): void {
  for (const [name, expected] of recorded) {
    const found = held.get(name);
    if (found === expected) continue;
    const { place } = keySource(config, settingOf(name));
    const what =
      found === undefined
        ? `${place} lacks a key that this database was written with`
        : `${place} holds another key than the one this database was written with`;
    const also = existsSync(`${place}.new`)
      ? ` ${place}.new is what a rotation left that did not end: run rotate-vault-key again.`
      : '';
    throw refusal(
      `${what}${described([[name, expected]])}${found === undefined ? '' : `, found ${found}`}.${also}`,
    );
  }
}

const described = (expected: readonly (readonly [name: string, fingerprint: string])[]): string =>
  expected.map(([name, fingerprint]) => `; ${name} has the fingerprint ${fingerprint}`).join('');

const refusal = (what: string): Error =>
  new Error(
    `Reeve cannot start: ${what}\n` +
      'Restore the keys from the backup that belongs to this database, or share one data directory among its hosts. ' +
      'A new key would leave everything before it unreadable or unverifiable. See docs/run-in-production.md.',
  );

/** A database from before fingerprints were kept: do these keys open and verify what is there? */
async function refuseUnfit(client: pg.Client, config: Config, keys: Keys): Promise<void> {
  const fits = {
    REEVE_AUDIT_KEYRING: await sealed(client, keys),
    REEVE_VAULT_KEY: await opens(client, keys),
  };
  for (const setting of SETTINGS)
    if (!fits[setting])
      throw refusal(`${keySource(config, setting).place} does not fit what this database holds.`);
}

async function sealed(client: pg.Client, { audit }: Keys): Promise<boolean> {
  const { rows } = await client.query<SealedRecord & { seq: number; prev: string }>(
    `SELECT seq::float8 AS seq, payload, hash, hmac, key_id AS key, payload::json->>'prev' AS prev
     FROM audit_record WHERE tenant_id = $1 ORDER BY seq DESC LIMIT ${SAMPLE}`,
    [PLATFORM_TENANT_ID],
  );
  const keys = deriveTenantKeys(audit, PLATFORM_TENANT_ID);
  return rows.some(({ seq, prev, ...record }) => {
    const before = { tenant: PLATFORM_TENANT_ID, seq: seq - 1, hash: prev };
    return verifyChain(before, [record], keys).fault === null;
  });
}

async function opens(client: pg.Client, { vault }: Keys): Promise<boolean> {
  await client.query(
    `SELECT set_config('app.tenant_ids', (SELECT string_agg(id::text, ',') FROM tenant), true)`,
  );
  const { rows } = await client.query<{ wrapped: Buffer; context: string }>(
    `(SELECT wrapped_key AS wrapped, ref::text AS context FROM subject_key LIMIT ${SAMPLE}) UNION ALL
     (SELECT totp_secret, 'totp/' || id FROM account WHERE totp_secret IS NOT NULL LIMIT ${SAMPLE})`,
  );
  return rows.length === 0 || rows.some(({ wrapped, context }) => canOpen(vault, wrapped, context));
}

function canOpen(vault: Buffer, wrapped: Buffer, context: string): boolean {
  try {
    decrypt(vault, wrapped, context);
    return true;
  } catch {
    return false;
  }
}
