/** A small ledger with its export, for tests. */
import type { Manifest } from '../manifest.js';
import { readLines } from '../read-lines.js';
import { GENESIS, RECORD_KINDS, type SealedRecord } from '../record.js';
import { createSealer, type RecordFields, type Sealer } from '../sealer.js';
import type { TenantKeys } from '../keyring.js';
import { writeExport } from '../write-export.js';

export const TENANT = '0b9d5c0e-8a53-4a53-9d6f-0f5f7c0c1b2a';
export const OTHER_TENANT = '6a1f0c52-3f0e-4c8e-9f43-2d1f5b7a9e10';
export const AT = '2026-11-21T12:11:00.000Z';

export const KEYS: TenantKeys = { tenant: TENANT, keys: new Map([['k1', Buffer.alloc(32, 7)]]) };

export const sealer = (keys: TenantKeys = KEYS, id = 'k1'): Sealer =>
  createSealer(keys.keys.get(id)!, id, keys.tenant);

export function fields(
  seq: number,
  prev: string,
  body: RecordFields['body'] = { note: `record ${seq}` },
): RecordFields {
  const id = `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`;
  return { seq, id, at: AT, kind: RECORD_KINDS[seq % 3]!, prev, body };
}

/** One record per body, linked, starting at `from`. */
export function ledger(
  bodies: number | readonly RecordFields['body'][],
  { from = 1, prev = GENESIS, by = sealer() }: { from?: number; prev?: string; by?: Sealer } = {},
): SealedRecord[] {
  const given = typeof bodies === 'number' ? Array.from({ length: bodies }, () => undefined) : bodies;
  const records: SealedRecord[] = [];
  for (const [i, body] of given.entries())
    records.push(by.seal(fields(from + i, records.at(-1)?.hash ?? prev, body)));
  return records;
}

/** The manifest of a complete range, or with other members in place of its own. */
export function manifest(records: readonly SealedRecord[], other: Partial<Manifest> = {}): Manifest {
  const from = other.from_seq ?? 1;
  return {
    v: 1,
    format: 'reeve-audit-export',
    tenant: TENANT,
    tenant_name: 'Airline',
    exported_at: AT,
    exported_by: 'ines',
    filter: null,
    from_seq: from,
    to_seq: from + records.length - 1,
    count: records.length,
    prev_hash: GENESIS,
    head_seq: from + records.length - 1,
    head_hash: records.at(-1)?.hash ?? GENESIS,
    ...other,
  };
}

export async function exportLines(
  records: readonly SealedRecord[],
  other: Partial<Manifest> = {},
  by: Sealer = sealer(),
): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of writeExport(manifest(records, other), records, by)) lines.push(line);
  return lines;
}

/** The lines that a verifier sees of these bytes, which arrive in chunks of this size. */
export function linesOf(bytes: Uint8Array, chunkBytes = 64): AsyncIterable<string> {
  return readLines(
    (async function* chunks() {
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
    })(),
  );
}

export async function* stream<T>(items: Iterable<T>): AsyncGenerator<T, void, undefined> {
  yield* items;
}
