/**
 * Keys are made for an empty database only. One that holds anything is served by a process with the very keys it was
 * written with; any other does not start, makes nothing, and says which key from where it takes.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi } from '../../../scripts/lib/api-process.mjs';
import { PLATFORM_TENANT_ID, readConfig, type Config } from '../src/infra/config.js';
import { SYSTEM } from '../src/ledger/actor.js';
import { AnsweredHeads } from '../src/ledger/answered-heads.js';
import { Changes } from '../src/ledger/changes.js';
import { fingerprintsOf, readKeys } from '../src/ledger/key-files.js';
import { settleKeys } from '../src/ledger/key-fingerprints.js';
import { Keyring } from '../src/ledger/keyring.js';
import { SubjectKeys } from '../src/ledger/subject-keys.js';
import { Vault } from '../src/ledger/vault.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';

const cleanUp: (() => unknown)[] = [];
afterAll(async () => {
  for (const each of cleanUp.reverse()) await each();
});

let database: TestDatabase;
let home: Config;

/** A host with a data directory of its own. */
function host(environment: Record<string, string> = {}): Config {
  const dataDir = mkdtempSync(join(tmpdir(), 'reeve-keys-'));
  cleanUp.push(() => rmSync(dataDir, { recursive: true }));
  return readConfig({ DATABASE_URL: database.url, REEVE_DATA_DIR: dataDir, ...environment });
}
const keyring = (config: Config) => join(config.dataDir, 'audit-keyring.json');
const vaultKey = (config: Config) => join(config.dataDir, 'vault-key');
const drawn = () => randomBytes(32).toString('base64');

/** Something sealed with `home`'s keys: a record, and a person's key. */
async function write(): Promise<void> {
  const changes = new Changes(home, new Keyring(home), new SubjectKeys(new Vault(home)), new AnsweredHeads());
  await changes.make(
    SYSTEM,
    { tenantId: PLATFORM_TENANT_ID, action: 'tenant.update', reason: 'set up for a test' },
    async () => ({
      target: 'test',
      before: null,
      after: null,
      personal: { type: 'member', id: 'ana', data: { name: 'Ana' } },
      result: await Promise.resolve(undefined),
    }),
  );
  await changes.onApplicationShutdown();
}
async function sql(text: string): Promise<unknown[]> {
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

beforeEach(async () => {
  database = await cloneDatabase();
  cleanUp.push(database.drop);
  home = host();
});

describe('an empty database', () => {
  it('gets keys, once, and knows them by fingerprints that are not the keys', async () => {
    await settleKeys(home);
    const files = [keyring(home), vaultKey(home)].map((path) => readFileSync(path, 'utf8'));
    await settleKeys(home);
    expect([keyring(home), vaultKey(home)].map((path) => readFileSync(path, 'utf8'))).toEqual(files);
    const rows = (await sql('SELECT name, fingerprint FROM key_fingerprint')) as {
      name: string;
      fingerprint: string;
    }[];
    expect(rows.map(({ name }) => name).sort()).toEqual(['audit:k1', 'vault']);
    expect(new Map(rows.map((r) => [r.name, r.fingerprint]))).toEqual(fingerprintsOf(readKeys(home)));
    for (const { fingerprint } of rows)
      for (const key of [readKeys(home).vault, ...readKeys(home).audit.masters.values()])
        expect(key.toString('hex')).not.toContain(fingerprint);
  });

  it('gets one set of keys from many first starts of one host', async () => {
    await Promise.all(Array.from({ length: 8 }, () => settleKeys(home)));
    expect(await sql('SELECT FROM key_fingerprint')).toHaveLength(2);
  });

  it('gets the keys of one host when several start with directories of their own; the others are told', async () => {
    const hosts = [home, host(), host()];
    const settled = await Promise.allSettled(hosts.map(settleKeys));
    const told = settled.filter((s) => s.status === 'rejected');
    expect(told).toHaveLength(2);
    for (const { reason } of told) expect(String(reason)).toMatch(/is missing.*share one data directory/s);
    // Who was told has made nothing that could pass for a key later.
    expect(hosts.filter((config) => existsSync(vaultKey(config)))).toHaveLength(1);
  });
});

describe('a database that was written to', () => {
  const lose = (path: string) => rmSync(path);
  const replaceVault = () => writeFileSync(vaultKey(home), drawn());
  const replaceKeyring = () =>
    writeFileSync(keyring(home), JSON.stringify({ current: 'k1', keys: { k1: drawn() } }));
  const renameKey = () =>
    writeFileSync(keyring(home), readFileSync(keyring(home), 'utf8').replaceAll('"k1"', '"k2"'));

  const harm: [string, () => void, RegExp][] = [
    ['a lost keyring', () => lose(keyring(home)), /audit-keyring\.json is missing/],
    ['a lost vault key', () => lose(vaultKey(home)), /vault-key is missing/],
    ['another vault key', replaceVault, /vault-key holds another key/],
    ['another key under the same id', replaceKeyring, /audit-keyring\.json holds another key/],
    ['a keyring without an old key', renameKey, /audit-keyring\.json lacks a key/],
  ];
  it.each(harm)('is not started on with %s', async (_, spoil, sentence) => {
    await settleKeys(home);
    await write();
    const before = fingerprintsOf(readKeys(home));
    spoil();
    const there = existsSync(vaultKey(home)) && existsSync(keyring(home));
    const error = await settleKeys(home).catch((thrown: Error) => thrown);
    expect(error).toBeInstanceOf(Error);
    const { message } = error as Error;
    expect(message).toMatch(sentence);
    expect(message).toMatch(/Restore the keys from the backup/);
    expect([...before.values()].some((fingerprint) => message.includes(fingerprint))).toBe(true);
    // Nothing was made in the place of what was lost, and nothing was recorded.
    expect(existsSync(vaultKey(home)) && existsSync(keyring(home))).toBe(there);
    expect(await sql('SELECT FROM key_fingerprint')).toHaveLength(2);
  });

  it('is not started on by a host with a data directory of its own', async () => {
    await settleKeys(home);
    await write();
    const other = host();
    await expect(settleKeys(other)).rejects.toThrow(/is missing/);
    expect(existsSync(keyring(other))).toBe(false);
  });

  it('is started on by a host that was given the keys', async () => {
    await settleKeys(home);
    await write();
    const given = {
      REEVE_VAULT_KEY: readFileSync(vaultKey(home), 'utf8'),
      REEVE_AUDIT_KEYRING: readFileSync(keyring(home), 'utf8'),
    };
    await settleKeys(host(given));
    await expect(settleKeys(host({ ...given, REEVE_VAULT_KEY: drawn() }))).rejects.toThrow(
      /REEVE_VAULT_KEY holds another key/,
    );
  });

  it('learns the key of a rotation, and wants it from then on', async () => {
    await settleKeys(home);
    await write();
    const { keys } = JSON.parse(readFileSync(keyring(home), 'utf8')) as { keys: Record<string, string> };
    writeFileSync(keyring(home), JSON.stringify({ current: 'k2', keys: { ...keys, k2: drawn() } }));
    await settleKeys(home);
    await write();
    expect(await sql('SELECT FROM key_fingerprint')).toHaveLength(3);
    writeFileSync(keyring(home), JSON.stringify({ current: 'k1', keys }));
    await expect(settleKeys(home)).rejects.toThrow(/lacks a key.*audit:k2/);
  });

  describe('before fingerprints were kept', () => {
    beforeEach(async () => {
      await settleKeys(home);
      await write();
      await sql('DELETE FROM key_fingerprint');
    });

    it('takes the keys that fit', async () => {
      await settleKeys(home);
      expect(await sql('SELECT FROM key_fingerprint')).toHaveLength(2);
    });

    it.each([
      ['lost', () => lose(vaultKey(home)), /is missing/],
      ['wrong', replaceVault, /vault-key does not fit/],
      ['wrong', replaceKeyring, /audit-keyring\.json does not fit/],
    ])('takes none that are %s', async (_, spoil, sentence) => {
      spoil();
      await expect(settleKeys(home)).rejects.toThrow(sentence);
      expect(await sql('SELECT FROM key_fingerprint')).toEqual([]);
    });
  });
});

it.each(['main', 'worker'] as const)('%s ends with the sentence and makes no file', async (entry) => {
  await settleKeys(home);
  await write();
  rmSync(vaultKey(home));
  const child = startApi({
    entry,
    env: {
      DATABASE_URL: database.url,
      REEVE_DATA_DIR: home.dataDir,
      REEVE_DEMO: '0',
      REDIS_URL: '',
      REEVE_PORT: '0',
    },
  });
  expect(await child.ended).toBe('ended with exit code 78');
  expect(child.output()).toMatch(
    /vault-key is missing, and this database was written with it; vault has the fingerprint/,
  );
  expect(existsSync(vaultKey(home))).toBe(false);
});
