/** The statements of the total order, in one place. Each runs as reeve_ledger inside a transaction that named its tenants. */
import type { Head } from './head.js';
import { ACKNOWLEDGE } from './ledger-clock.js';

/**
 * Everything that decides holds this lock shared and everything that changes the platform holds it alone, so that a
 * global stop waits for the decisions before it and nothing after it misses it.
 */
export const GLOBAL_ORDER = 72_707_371;

/** What the database's clock said when an administrator last vouched for it. $1 the platform. */
export const VOUCHED = `
  SELECT (payload::json->'change'->'after'->>'database')::float8 AS "vouchedAt" FROM audit_record
  WHERE tenant_id = $1::uuid AND kind = 'change' AND action = '${ACKNOWLEDGE}' ORDER BY seq DESC LIMIT 1`;

/** $1: tenant ids. Locks their heads in one order, so that two batches can't wait for each other in a ring. */
export const LOCK_HEADS = `
  SELECT tenant_id AS "tenantId", seq::float8 AS seq, hash, extract(epoch FROM at)::float8 * 1000 AS at,
         epoch::float8 AS epoch, policy_revision AS "policyRevision"
  FROM ledger_head WHERE tenant_id = ANY ($1::uuid[]) ORDER BY tenant_id FOR UPDATE`;

/**
 * $1 records, $3 subject keys, $4 state, $5 heads: each a JSON array of rows; one statement, so that nothing of it
 * can be there without the rest. $2 holds the long members of all records end to end, payload then evidence, each found
 * by its place and length: as JSON they would be escaped, parsed and decoded, which cost more than storing them.
 *
 * Heads are locked in the order of LOCK_HEADS and move only from where the writer saw them: unless each still has its
 * sequence number, its hash and its epoch (null: any), unless the platform ($6) has the epoch $7 (null: any) and unless
 * the time under the lock is $8 to a second (epoch milliseconds; null: any), it fails with serialization_failure.
 * Answers with the time under the lock, by the database's clock.
 */
export const WRITE = `
  WITH r AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::json) AS r(tenant_id uuid, seq bigint, id uuid, kind text, at timestamptz,
      payload_at int, payload_bytes int, evidence_at int, evidence_bytes int, hash text, hmac text, key_id text,
      action text, target text, effect text, reason text, assistant text, subject_ref uuid, run_id text,
      own_target text, actor_id text, evaluation_id uuid)
  ), records AS (
    INSERT INTO audit_record (tenant_id, seq, id, kind, at, payload, hash, hmac, key_id, action, target, effect, reason,
      assistant, subject_ref, actor_id, evaluation_id)
    SELECT tenant_id, seq, id, kind, at, convert_from(substring($2::bytea FROM payload_at FOR payload_bytes), 'UTF8'),
      hash, hmac, key_id, action, target, effect, reason, assistant, subject_ref, actor_id, evaluation_id
    FROM r
  ), evidence_rows AS (
    INSERT INTO evidence (tenant_id, seq, subject_ref, run_id, target, ciphertext)
    SELECT tenant_id, seq, subject_ref, run_id, own_target, substring($2::bytea FROM evidence_at FOR evidence_bytes)
    FROM r WHERE evidence_bytes > 0
  ), subject_keys AS (
    INSERT INTO subject_key (tenant_id, type, id, ref, wrapped_key)
    SELECT tenant_id, type, id, ref, decode(wrapped_key, 'hex')
    FROM json_to_recordset($3::json) AS r(tenant_id uuid, type text, id text, ref uuid, wrapped_key text)
  ), states AS (
    INSERT INTO decision_state (tenant_id, kind, key, subject_ref, state, expires_at)
    SELECT tenant_id, kind, key, subject_ref, state, expires_at
    FROM json_to_recordset($4::json) AS r(tenant_id uuid, kind text, key text, subject_ref uuid, state text,
      expires_at timestamptz)
    ON CONFLICT (tenant_id, kind, key) DO UPDATE SET state = EXCLUDED.state, expires_at = EXCLUDED.expires_at
  ), heads AS MATERIALIZED (
    SELECT * FROM json_to_recordset($5::json) AS r(tenant_id uuid, seq bigint, hash text, at timestamptz, epochs int,
      from_seq bigint, from_hash text, from_epoch bigint)
  ), held AS MATERIALIZED (
    SELECT r.* FROM heads r
    JOIN ledger_head h ON h.tenant_id = r.tenant_id AND h.seq = r.from_seq AND h.hash = r.from_hash
      AND h.epoch = coalesce(r.from_epoch, h.epoch)
    ORDER BY r.tenant_id FOR UPDATE OF h
  ), moved AS (
    UPDATE ledger_head h SET seq = r.seq, hash = r.hash, at = r.at, epoch = h.epoch + r.epochs
    FROM held r WHERE h.tenant_id = r.tenant_id
    RETURNING h.tenant_id
  ), under_lock AS (
    SELECT count(*) AS heads, ledger_now() AS now FROM moved
  )
  SELECT CASE WHEN heads = (SELECT count(*) FROM heads)
      AND ($7::bigint IS NULL OR $7 = (SELECT epoch FROM ledger_head WHERE tenant_id = $6::uuid))
      AND ($8::float8 IS NULL OR abs(now - $8) < 1000)
    THEN now WHEN stale_head() THEN NULL END AS now
  FROM under_lock`;

/**
 * A head in the shape that WRITE takes. `epochs` is 1 when what happened changes what later decisions look at. `from`:
 * where the writer saw it.
 */
export const headRow = (
  head: Head,
  epochs: 0 | 1,
  from: { readonly seq: number; readonly hash: string; readonly epoch?: number },
) => ({
  tenant_id: head.tenantId,
  seq: head.seq,
  hash: head.hash,
  at: new Date(head.at).toISOString(),
  epochs,
  from_seq: from.seq,
  from_hash: from.hash,
  from_epoch: from.epoch ?? null,
});
