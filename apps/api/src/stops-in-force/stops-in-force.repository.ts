import { Injectable } from '@nestjs/common';
import type { KillSwitch } from '@reeve/db';
import type { LedgerTx } from '../ledger/changes.js';

@Injectable()
export class StopsInForceRepository {
  all(tx: LedgerTx, tenantIds: readonly string[]): Promise<KillSwitch[]> {
    return tx.killSwitch.findMany({ where: { tenantId: { in: [...tenantIds] }, liftedAt: null } });
  }
}
