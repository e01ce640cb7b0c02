/**
 * A new vault key: everything that is under the old one is put under it, in one transaction with the fingerprint and
 * the record. Both keys are on the disk before that and after it, so a kill leaves the old key or the new one fitting
 * the database, and the command run again goes on from there.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Json } from '@reeve/policy';
import { PLATFORM_TENANT_ID, type Config } from '../infra/config.js';
import { nameTenants } from '../infra/database.js';
import { DomainError } from '../infra/errors.js';
import { parseVaultKey } from '../infra/key-text.js';
import { SYSTEM } from './actor.js';
import { AnsweredHeads } from './answered-heads.js';
import { Changes, type LedgerTx } from './changes.js';
import { fingerprint, keySource, readKeys } from './key-files.js';
import { Keyring } from './keyring.js';
import { KEYS_IN_USE } from './keys-in-use.js';
import { flushDirectory, secretFile } from './secret-file.js';
import { SubjectKeys } from './subject-keys.js';
import { decrypt, encrypt, Vault } from './vault.js';

/** Nothing else runs meanwhile: tens of millions fit. */
const TIMEOUT_MS = 60 * 60_000;
const PAGE = 1_000;
/** Before every id that is drawn. */
const NIL = '00000000-0000-0000-0000-000000000000';

interface Rotation {
  readonly old: Buffer;
  readonly fresh: Buffer;
  /** Where the old key's file is; undefined when the keys are in the environment. */
  readonly file: string | undefined;
}

/** Answers with what to do next. Throws, and nothing has changed, when a process runs or a key does not fit. */
export async function rotateVaultKey(config: Config, reason: string): Promise<string> {
  const rotation = keysOf(config);
  const changes = new Changes(
    config,
    new Keyring(config),
    new SubjectKeys(new Vault(config)),
    new AnsweredHeads(),
  );
  try {
    await changes.make(
      SYSTEM,
      { tenantId: PLATFORM_TENANT_ID, action: 'vault_key.rotate', reason, timeoutMs: TIMEOUT_MS },
      (tx) => rewrapAll(tx, rotation),
    );
  } catch (error) {
    if (!(error instanceof RotatedAlready)) throw error;
  } finally {
    await changes.onApplicationShutdown();
  }
  return rotation.file === undefined
    ? 'The vault key is rotated. Set REEVE_VAULT_KEY to what REEVE_VAULT_KEY_NEW holds, then start Reeve.'
    : `The vault key is rotated: ${moveIntoPlace(rotation.file, rotation.old)} holds the old one. Back up the new one, then start Reeve.`;
}

/** The transaction of a run that was killed before it moved its file was committed. */
class RotatedAlready extends Error {}

function keysOf(config: Config): Rotation {
  const old = readKeys(config).vault;
  if (config.vaultKey === undefined) {
    const file = keySource(config, 'REEVE_VAULT_KEY').place;
    const fresh = secretFile(`${file}.new`, () => randomBytes(32).toString('base64'));
    return { old, fresh: parseVaultKey(fresh), file };
  }
  if (config.newVaultKey === undefined)
    throw new DomainError('invalid', 'REEVE_VAULT_KEY is set: give the new key in REEVE_VAULT_KEY_NEW');
  const fresh = parseVaultKey(config.newVaultKey);
  if (fresh.equals(old))
    throw new DomainError('invalid', 'REEVE_VAULT_KEY_NEW holds the key that REEVE_VAULT_KEY holds');
  return { old, fresh, file: undefined };
}

/** As the owner, because no role of Reeve can write a key that is there. */
async function rewrapAll(tx: LedgerTx, { old, fresh }: Rotation) {
  await tx.$executeRaw`SET LOCAL ROLE NONE`;
  await refuseWhileInUse(tx);
  await refuseOtherKeys(tx, fingerprint(old), fingerprint(fresh));
  const rewrap = (row: Wrapped) => rewrapped(row, old, fresh);
  const subjects: Count = { rewrapped: 0, unreadable: 0 };
  const tenants = await tx.tenant.findMany({ select: { id: true } });
  for (const id of new Set([PLATFORM_TENANT_ID, ...tenants.map((tenant) => tenant.id)])) {
    await nameTenants(tx, id);
    for await (const page of pages((after) => subjectKeys(tx, id, after))) {
      const { ids, sealed } = counted(page.map(rewrap), subjects);
      await tx.$executeRaw`
        UPDATE subject_key k SET wrapped_key = decode(n.sealed, 'base64') FROM unnest(${ids}::uuid[], ${sealed}::text[]) AS n (id, sealed)
        WHERE k.ref = n.id AND k.tenant_id = ${id}::uuid`;
    }
  }
  const connections: Count = { rewrapped: 0, unreadable: 0 };
  for (const { id } of tenants) {
    await nameTenants(tx, id);
    for await (const page of pages((after) => langfuseKeys(tx, id, after))) {
      const { ids, sealed } = counted(page.map(rewrap), connections);
      await tx.$executeRaw`
        UPDATE langfuse_connection c SET secret_key = decode(n.sealed, 'base64') FROM unnest(${ids}::uuid[], ${sealed}::text[]) AS n (id, sealed)
        WHERE c.id = n.id AND c.tenant_id = ${id}::uuid`;
    }
  }
  const factors: Count = { rewrapped: 0, unreadable: 0 };
  for await (const page of pages((after) => secondFactors(tx, after))) {
    const { ids, sealed } = counted(page.map(rewrap), factors);
    await tx.$executeRaw`
      UPDATE account a SET totp_secret = decode(n.sealed, 'base64') FROM unnest(${ids}::uuid[], ${sealed}::text[]) AS n (id, sealed)
      WHERE a.id = n.id`;
  }
  await tx.$executeRaw`
    UPDATE key_fingerprint SET fingerprint = ${fingerprint(fresh)}, recorded_at = now() WHERE name = 'vault'`;
  await tx.$executeRaw`SET LOCAL ROLE reeve_ledger`;
  const after: Json = {
    fingerprint: fingerprint(fresh),
    subjects: { ...subjects },
    connections: { ...connections },
    secondFactors: { ...factors },
  };
  return {
    target: `vault_key:${fingerprint(fresh)}`,
    before: { fingerprint: fingerprint(old) },
    after,
    result: undefined,
  };
}

async function refuseWhileInUse(tx: LedgerTx): Promise<void> {
  const [{ free }] = await tx.$queryRaw<[{ free: boolean }]>`
    SELECT pg_try_advisory_xact_lock(${KEYS_IN_USE}::bigint) AS free`;
  if (!free)
    throw new DomainError(
      'conflict',
      'a process of Reeve runs on this database: stop every API and worker first',
    );
}

async function refuseOtherKeys(tx: LedgerTx, old: string, fresh: string): Promise<void> {
  const [recorded] = await tx.$queryRaw<{ fingerprint: string }[]>`
    SELECT fingerprint FROM key_fingerprint WHERE name = 'vault' FOR UPDATE`;
  if (recorded?.fingerprint === fresh) throw new RotatedAlready();
  if (recorded?.fingerprint !== old)
    throw new DomainError(
      'conflict',
      `this database was written with the vault key ${recorded?.fingerprint ?? 'of nobody yet'}, found ${old}`,
    );
}

interface Wrapped {
  readonly id: string;
  readonly context: string;
  readonly sealed: Uint8Array;
}
interface Count {
  rewrapped: number;
  unreadable: number;
}

/** null: it did not open before either, and stays as it is. One damaged row keeps nobody from a new key. */
function rewrapped({ id, context, sealed }: Wrapped, old: Buffer, fresh: Buffer): Wrapped | null {
  let plain: Buffer;
  try {
    plain = decrypt(old, sealed, context);
  } catch {
    return null;
  }
  return { id, context, sealed: encrypt(fresh, plain, context) };
}

function counted(rows: readonly (Wrapped | null)[], count: Count): { ids: string[]; sealed: string[] } {
  const opened = rows.filter((row) => row !== null);
  count.rewrapped += opened.length;
  count.unreadable += rows.length - opened.length;
  return {
    ids: opened.map(({ id }) => id),
    sealed: opened.map(({ sealed }) => Buffer.from(sealed).toString('base64')),
  };
}

const subjectKeys = (tx: LedgerTx, tenantId: string, after: string) => tx.$queryRaw<Wrapped[]>`
  SELECT ref::text AS id, ref::text AS context, wrapped_key AS sealed FROM subject_key
  WHERE tenant_id = ${tenantId}::uuid AND ref > ${after}::uuid ORDER BY ref LIMIT ${PAGE}`;

const langfuseKeys = (tx: LedgerTx, tenantId: string, after: string) => tx.$queryRaw<Wrapped[]>`
  SELECT id::text, 'langfuse/' || tenant_id || '/' || id AS context, secret_key AS sealed FROM langfuse_connection
  WHERE tenant_id = ${tenantId}::uuid AND id > ${after}::uuid ORDER BY id LIMIT ${PAGE}`;

const secondFactors = (tx: LedgerTx, after: string) => tx.$queryRaw<Wrapped[]>`
  SELECT id::text, 'totp/' || id AS context, totp_secret AS sealed FROM account
  WHERE totp_secret IS NOT NULL AND id > ${after}::uuid ORDER BY id LIMIT ${PAGE}`;

/** Of any number, so many are held at a time. */
async function* pages(read: (after: string) => Promise<Wrapped[]>): AsyncGenerator<Wrapped[]> {
  for (let after = NIL; ;) {
    const page = await read(after);
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.id;
  }
}

/** The old key stays under its fingerprint; the new one takes its name in one step. Answers where the old one is. */
function moveIntoPlace(file: string, old: Buffer): string {
  const kept = `${file}.${fingerprint(old)}.old`;
  if (!existsSync(kept)) linkSync(file, kept);
  flushDirectory(dirname(file));
  renameSync(`${file}.new`, file);
  flushDirectory(dirname(file));
  return kept;
}
