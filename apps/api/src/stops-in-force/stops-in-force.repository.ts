import { Injectable } from '@nestjs/common';
import type { KillSwitch } from '@reeve/db';
import type { LedgerTx } from '../ledger/changes.js';
import { GLOBAL_ORDER } from '../ledger/ledger.sql.js';

@Injectable()
export class StopsInForceRepository {
  /**
   * Keeps changes of the platform out until this transaction ends; false while one is under way. Never waits: who holds a
   * tenant's head and waits for the global order would stand in the way of a batch that took them the other way round.
   */
  async holdGlobalOrder(tx: LedgerTx): Promise<boolean> {
    const [{ held }] = await tx.$queryRaw<[{ held: boolean }]>`
      SELECT pg_try_advisory_xact_lock_shared(${GLOBAL_ORDER}) AS held`;
    return held;
  }

  all(tx: LedgerTx, tenantIds: readonly string[]): Promise<KillSwitch[]> {
    return tx.killSwitch.findMany({ where: { tenantId: { in: [...tenantIds] }, liftedAt: null } });
  }
}
