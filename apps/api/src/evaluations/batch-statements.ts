/** What a batch sends beside its look-ups: its beginning, its place in the order, and everything it writes. */
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { GLOBAL_ORDER, headRow, LOCK_HEADS, VOUCHED, WRITE } from '../ledger/ledger.sql.js';
import type { Statement } from '../ledger/pipeline.js';
import { packed } from '../ledger/records.js';
import type { NewSubjectKey } from '../ledger/subject-keys.js';
import { CLOCK } from './facts.sql.js';
import type { TenantBatch } from './tenant-batch.js';

export const BEGIN: Statement = { name: 'begin', text: 'BEGIN', unread: true };
export const COMMIT: Statement = { name: 'commit', text: 'COMMIT', unread: true };

/** What a batch waits for a head. One that is held for longer is its own tenant's wait (shard.ts). */
const HEAD_PATIENCE_MS = 50;

/**
 * Names the tenants for row-level security and takes this batch's place among the changes of the platform, which it waits
 * for as long as a decision may; for heads only so long.
 */
export const order = (tenantIds: readonly string[]): Statement => ({
  name: 'order',
  text: `SELECT set_config('app.tenant_ids', $1, true), pg_advisory_xact_lock_shared(${GLOBAL_ORDER})::text,
    set_config('lock_timeout', '${HEAD_PATIENCE_MS}', true)`,
  values: [[PLATFORM_TENANT_ID, ...tenantIds].join(',')],
  unread: true,
});

/** Answers with a Head for each tenant that is there. */
export const lockHeads = (tenantIds: readonly string[]): Statement => ({
  name: 'lock_heads',
  text: LOCK_HEADS,
  values: [tenantIds],
});

/** Answers with one ClockRow. */
export const READ_CLOCK: Statement = { name: 'clock', text: CLOCK, values: [PLATFORM_TENANT_ID] };
export interface ClockRow {
  readonly now: number;
  readonly platformEpoch: number;
}

/** Answers with what the clock said when somebody last vouched for it, if anybody did. */
export const READ_VOUCHED: Statement = { name: 'vouched', text: VOUCHED, values: [PLATFORM_TENANT_ID] };

/** What a batch relies on; the statement that writes checks it under the lock. */
export interface Relied {
  readonly platformEpoch: number;
  /** Epoch milliseconds it was decided at, where they were not read under the lock. */
  readonly now: number | null;
}

/** Everything that was decided, from the heads it was decided at. Answers with the time under the lock. */
export function writeOf(tenants: readonly TenantBatch[], { platformEpoch, now }: Relied): Statement {
  const [records, bytes] = packed(tenants.flatMap(({ chain }) => chain.records));
  return {
    name: 'write',
    text: WRITE,
    values: [
      records,
      bytes,
      JSON.stringify(tenants.flatMap(({ newKeys }) => newKeys.map(subjectKeyRow))),
      JSON.stringify(tenants.flatMap((tenant) => tenant.stateRows())),
      JSON.stringify(tenants.map(({ chain, from }) => headRow(chain.head, 0, from))),
      PLATFORM_TENANT_ID,
      platformEpoch,
      now,
    ],
  };
}

const subjectKeyRow = (row: NewSubjectKey) => ({
  tenant_id: row.tenantId,
  type: row.type,
  id: row.id,
  ref: row.ref,
  wrapped_key: row.wrappedKey.toString('hex'),
});
