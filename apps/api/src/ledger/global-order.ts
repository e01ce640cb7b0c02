/** The order that decisions hold together and changes of the platform hold alone, for a change that has to stand in it. */
import type { LedgerTx } from './changes.js';
import { GLOBAL_ORDER } from './ledger.sql.js';

/**
 * Keeps changes of the platform out until this transaction ends; false while one is under way. Never waits: who holds a
 * tenant's head and waits for the global order would stand in the way of a batch that took them the other way round.
 */
export async function holdGlobalOrder(tx: LedgerTx): Promise<boolean> {
  const [{ held }] = await tx.$queryRaw<[{ held: boolean }]>`
    SELECT pg_try_advisory_xact_lock_shared(${GLOBAL_ORDER}) AS held`;
  return held;
}
