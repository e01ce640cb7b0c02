/**
 * The vault key is replaced while nothing runs: what was under it is under the new one, in one step that a kill leaves
 * either undone or done, and the ledger says who wanted it and why.
 */
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, linkSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Secret, TOTP } from 'otpauth';
import pg from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ROOT } from '../../../scripts/lib/run.mjs';
import { SystemKeysService } from '../src/api-keys/system-keys.service.js';
import { AgentEntrance } from '../src/entrance/agent-entrance.js';
import { createApp } from '../src/boot.js';
import type { Config } from '../src/infra/config.js';
import { fingerprint, readKeys } from '../src/ledger/key-files.js';
import { settleKeys } from '../src/ledger/key-fingerprints.js';
import { KEYS_IN_USE } from '../src/ledger/keys-in-use.js';
import { secretContext } from '../src/langfuse/secret-context.js';
import { rotateVaultKey } from '../src/ledger/vault-key-rotation.js';
import { decrypt, encrypt } from '../src/ledger/vault.js';
import { EDITS, PASSWORD, REASON, startApp, type TestApp } from './support/app.js';

let reeve: TestApp;
let config: Config;
let owner: pg.Client;
let totp: TOTP;
/** What the connection's secret opens for. */
let langfuse: string;
/** Whatever serves now. */
let app: NestFastifyApplication;

const file = (ending = '') => join(config.dataDir, `vault-key${ending}`);
const drawn = () => randomBytes(32).toString('base64');
const inForce = async () =>
  (await owner.query(`SELECT fingerprint FROM key_fingerprint WHERE name = 'vault'`)).rows[0].fingerprint;
const start = async (settings = config) => {
  await settleKeys(settings);
  app = await createApp(settings, new AgentEntrance());
};

/** A decision with arguments, somebody with a second factor, and then nothing that runs. */
beforeEach(async () => {
  reeve = await startApp();
  ({ config, app } = reeve);
  await settleKeys(config);
  const alpha = await reeve.addTenant('alpha');
  await reeve.publish(alpha, EDITS);
  const key = await app
    .get(SystemKeysService)
    .create(
      alpha,
      { name: 'desk', kind: 'agent', assistants: ['desk'], scopes: ['decisions'], roles: [] },
      REASON,
    );
  const asked = await reeve.inject({
    method: 'POST',
    url: '/access/v1/evaluation',
    headers: { authorization: `Bearer ${key}` },
    payload: {
      subject: { type: 'user', id: 'mia' },
      action: { name: 'tools/call' },
      resource: { type: 'tool', id: 'search', properties: { arguments: { q: 'my diagnosis' } } },
    },
  });
  if (asked.statusCode !== 200) throw new Error(asked.body);
  const ana = await reeve.addMember(alpha, 'ana@alpha.test', ['owner']);
  const query = `mutation { connectLangfuse(tenant: "alpha", baseUrl: "https://langfuse.test", publicKey: "pk-lf-1",
    secretKey: "${LANGFUSE_KEY}", reason: "${REASON}") { id } }`;
  const connected = (await post('/graphql', { query }, ana.cookie)).json<{
    data: { connectLangfuse: { id: string } };
  }>();
  langfuse = secretContext({ tenantId: alpha, id: connected.data.connectLangfuse.id });
  const { secret } = (await post('/auth/totp/enable', { password: PASSWORD }, ana.cookie)).json<{
    secret: string;
  }>();
  totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const code = totp.generate({ timestamp: Date.now() - 30_000 });
  const on = await post('/auth/totp/confirm', { code }, ana.cookie);
  if (on.statusCode !== 200) throw new Error(on.body);
  owner = new pg.Client(config.databaseUrl);
  await owner.connect();
  await app.close();
});
afterEach(async () => {
  await app.close();
  await owner.end();
  await reeve.close();
});

const post = (url: string, payload: object, cookie?: string) =>
  app.inject({
    method: 'POST',
    url,
    headers: cookie === undefined ? {} : { cookie, origin: 'http://localhost:80' },
    payload,
  });
const cookieOf = (answer: Awaited<ReturnType<typeof post>>) =>
  `${answer.cookies[0]!.name}=${answer.cookies[0]!.value}`;

/** Signs in with password and code, and reads the arguments of the decision. */
async function served(settings = config): Promise<unknown> {
  await start(settings);
  const half = await post('/auth/sign-in', { email: 'ana@alpha.test', password: PASSWORD });
  const whole = await post('/auth/totp', { code: totp.generate() }, cookieOf(half));
  expect(whole.statusCode).toBe(200);
  const query = `{
    evaluations(tenant: "alpha", first: 1) { nodes { arguments } }
  }`;
  const { data } = (await post('/graphql', { query }, cookieOf(whole))).json<{
    data: { evaluations: { nodes: { arguments: unknown }[] } };
  }>();
  return data.evaluations.nodes[0]?.arguments;
}
const LANGFUSE_KEY = 'sk-lf-12345678';
const langfuseKey = async () => {
  await owner.query(
    `SELECT set_config('app.tenant_ids', (SELECT string_agg(id::text, ',') FROM tenant), false)`,
  );
  const { rows } = await owner.query<{ secret_key: Buffer }>('SELECT secret_key FROM langfuse_connection');
  return decrypt(readKeys(config).vault, rows[0]!.secret_key, langfuse).toString();
};
const EVIDENCE = { q: 'my diagnosis' };
const lastChange = async () => {
  await owner.query(`SELECT set_config('app.tenant_ids', '00000000-0000-0000-0000-000000000000', false)`);
  const { rows } = await owner.query<{ payload: string }>(
    'SELECT payload FROM audit_record WHERE tenant_id = $1 ORDER BY seq DESC LIMIT 1',
    ['00000000-0000-0000-0000-000000000000'],
  );
  return (JSON.parse(rows[0]!.payload) as { change: Record<string, unknown> }).change;
};

it('opens everything as before, keeps the old key, and is recorded with its reason', async () => {
  const [old, text] = [readKeys(config).vault, readFileSync(file(), 'utf8')];
  expect(await rotateVaultKey(config, REASON)).toContain(file(`.${fingerprint(old)}.old`));
  const fresh = readKeys(config).vault;
  expect(fresh.equals(old)).toBe(false);
  expect(await inForce()).toBe(fingerprint(fresh));
  expect(readFileSync(file(`.${fingerprint(old)}.old`), 'utf8')).toBe(text);
  expect(existsSync(file('.new'))).toBe(false);
  if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(await lastChange()).toMatchObject({
    action: 'vault_key.rotate',
    target: `vault_key:${fingerprint(fresh)}`,
    reason: REASON,
    before: { fingerprint: fingerprint(old) },
    after: {
      fingerprint: fingerprint(fresh),
      subjects: { unreadable: 0 },
      connections: { rewrapped: 1, unreadable: 0 },
      secondFactors: { rewrapped: 1, unreadable: 0 },
    },
  });
  expect(await served()).toEqual(EVIDENCE);
  expect(await langfuseKey()).toBe(LANGFUSE_KEY);
});

it('leaves nothing that the old key opens, and does not start with it', async () => {
  const old = readFileSync(file(), 'utf8');
  await rotateVaultKey(config, REASON);
  await expect(settleKeys({ ...config, vaultKey: old })).rejects.toThrow(
    /REEVE_VAULT_KEY holds another key than the one this database was written with.*fingerprint/s,
  );
  await owner.query('DELETE FROM key_fingerprint');
  await expect(settleKeys({ ...config, vaultKey: old })).rejects.toThrow(/does not fit/);
});

it('takes every page of subjects', async () => {
  const old = readKeys(config).vault;
  const { rows } = await owner.query<{ id: string }>(`SELECT id FROM tenant WHERE slug = 'alpha'`);
  await owner.query(`SELECT set_config('app.tenant_ids', $1, false)`, [rows[0]!.id]);
  const drawnKeys = new Map(
    Array.from({ length: 2_300 }, (): [string, Buffer] => [randomUUID(), randomBytes(32)]),
  );
  await owner.query(
    `INSERT INTO subject_key (tenant_id, ref, type, id, wrapped_key)
     SELECT $1, ref::uuid, 'user', ref, decode(wrapped, 'base64') FROM unnest($2::text[], $3::text[]) AS n (ref, wrapped)`,
    [
      rows[0]!.id,
      [...drawnKeys.keys()],
      [...drawnKeys].map(([ref, key]) => Buffer.from(encrypt(old, key, ref)).toString('base64')),
    ],
  );
  await rotateVaultKey(config, REASON);
  const fresh = readKeys(config).vault;
  const { rows: wrapped } = await owner.query<{ ref: string; wrapped_key: Buffer }>(
    `SELECT ref, wrapped_key FROM subject_key WHERE id = ref::text`,
  );
  expect(wrapped).toHaveLength(drawnKeys.size);
  for (const { ref, wrapped_key } of wrapped)
    expect(decrypt(fresh, wrapped_key, ref).equals(drawnKeys.get(ref)!)).toBe(true);
});

it('takes both keys from the environment where they are kept there', async () => {
  const vaultKey = readFileSync(file(), 'utf8');
  const [newVaultKey, given] = [drawn(), { ...config, vaultKey }];
  await expect(rotateVaultKey(given, REASON)).rejects.toThrow(/REEVE_VAULT_KEY_NEW/);
  await expect(rotateVaultKey({ ...given, newVaultKey: vaultKey }, REASON)).rejects.toThrow(/holds the key/);
  expect(await rotateVaultKey({ ...given, newVaultKey }, REASON)).toMatch(/Set REEVE_VAULT_KEY/);
  expect(readFileSync(file(), 'utf8')).toBe(vaultKey);
  expect(await served({ ...config, vaultKey: newVaultKey })).toEqual(EVIDENCE);
});

it('is refused while a process runs, which goes on', async () => {
  await start();
  const before = await inForce();
  await expect(rotateVaultKey(config, REASON)).rejects.toThrow(/stop every API and worker first/);
  expect(await inForce()).toBe(before);
  await app.close();
  expect(await served()).toEqual(EVIDENCE);
});

it('is refused also after the process lost its connections once', async () => {
  await start();
  const holders = async () =>
    (
      await owner.query<{ pid: number }>(
        `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock' AND granted AND objid = $1
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        [KEYS_IN_USE],
      )
    ).rows.map(({ pid }) => pid);
  const [lost] = await holders();
  await owner.query('SELECT pg_terminate_backend($1)', [lost]);
  await vi.waitUntil(async () => (await holders()).some((pid) => pid !== lost), { timeout: 20_000 });
  await expect(rotateVaultKey(config, REASON)).rejects.toThrow(/stop every API and worker first/);
});

it('is refused without a reason, and with a key that is not the database’s', async () => {
  await expect(rotateVaultKey(config, '')).rejects.toThrow();
  const other = { ...config, vaultKey: drawn(), newVaultKey: drawn() };
  await expect(rotateVaultKey(other, REASON)).rejects.toThrow(/was written with the vault key/);
});

it('leaves a damaged row as it is and says so', async () => {
  await owner.query(
    `SELECT set_config('app.tenant_ids', (SELECT string_agg(id::text, ',') FROM tenant), false)`,
  );
  await owner.query(
    `UPDATE account SET totp_secret = set_byte(totp_secret, 20, get_byte(totp_secret, 20) # 1)`,
  );
  await rotateVaultKey(config, REASON);
  expect(await lastChange()).toMatchObject({ after: { secondFactors: { rewrapped: 0, unreadable: 1 } } });
});

it('killed before its commit has changed nothing, and goes on with the key it drew', async () => {
  const before = await inForce();
  await owner.query('BEGIN');
  await owner.query(`UPDATE key_fingerprint SET fingerprint = fingerprint WHERE name = 'vault'`);
  const child = spawn(process.execPath, [join(ROOT, 'apps/api/dist/rotate-vault-key.js'), REASON], {
    env: {
      ...process.env,
      DATABASE_URL: config.databaseUrl,
      REEVE_DATA_DIR: config.dataDir,
      REEVE_DEMO: '0',
    },
    stdio: 'ignore',
  });
  const blocked = 'SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))';
  await vi.waitUntil(async () => (await owner.query(blocked)).rowCount! > 0, { timeout: 20_000 });
  child.kill('SIGKILL');
  await once(child, 'close');
  await owner.query('ROLLBACK');
  expect(await inForce()).toBe(before);
  expect(fingerprint(readKeys(config).vault)).toBe(before);
  const fresh = readFileSync(file('.new'), 'utf8');
  await vi.waitFor(() => rotateVaultKey(config, REASON), { timeout: 20_000 });
  expect(readFileSync(file(), 'utf8')).toBe(fresh);
  expect(await served()).toEqual(EVIDENCE);
});

it.each(['before', 'after'])(
  'killed after its commit, %s it linked the old key, is finished by the next run',
  async (when) => {
    const old = readKeys(config).vault;
    const kept = file(`.${fingerprint(old)}.old`);
    await rotateVaultKey(config, REASON);
    const fresh = readFileSync(file(), 'utf8');
    // As the files were then: the old key under its own name, the new one beside it.
    renameSync(file(), file('.new'));
    linkSync(kept, file());
    if (when === 'before') rmSync(kept);
    await expect(settleKeys(config)).rejects.toThrow(/holds another key.*rotate-vault-key/s);

    await rotateVaultKey(config, REASON);
    expect(readFileSync(file(), 'utf8')).toBe(fresh);
    expect(fingerprint(Buffer.from(readFileSync(kept, 'utf8'), 'base64'))).toBe(fingerprint(old));
    expect(await served()).toEqual(EVIDENCE);
  },
);
