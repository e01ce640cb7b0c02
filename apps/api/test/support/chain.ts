/** The whole chain of a world's tenant, checked with its keys from the first record to the head. */
import { startOfChain, verifyChain as verify, type SealedRecord } from '@reeve/audit';
import type { World } from './world.js';

export async function verifyChain({
  rows,
  tenantId,
  keyring,
}: World): Promise<{ verdict: string; count: number; reachesHead: boolean }> {
  const records = await rows<SealedRecord & { seq: string }>(
    `SELECT payload, hash, hmac, key_id AS key FROM audit_record WHERE tenant_id = $1 ORDER BY seq`,
    [tenantId],
  );
  const { state, fault } = verify(startOfChain(tenantId), records, keyring.tenantKeys(tenantId));
  const [head] = await rows<{ seq: string; hash: string }>(
    `SELECT seq, hash FROM ledger_head WHERE tenant_id = $1`,
    [tenantId],
  );
  return {
    verdict: fault?.verdict ?? 'verified',
    count: records.length,
    reachesHead: Number(head!.seq) === state.seq && head!.hash === state.hash,
  };
}
