/** What people change about their own account: recorded on the platform's ledger, which no tenant reads. */
import { Injectable } from '@nestjs/common';
import type { Account } from '@reeve/db';
import type { ChangeAction } from '@reeve/policy';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { Changes, type LedgerTx, type Place } from '../ledger/changes.js';

@Injectable()
export class AccountChanges {
  constructor(private readonly changes: Changes) {}

  make<T>(
    account: Account,
    action: Extract<ChangeAction, `account.${string}`>,
    work: (tx: LedgerTx, at: Place) => Promise<T>,
  ): Promise<T> {
    const actor = { kind: 'member', id: account.id, name: account.name } as const;
    return this.changes.make(
      actor,
      { tenantId: PLATFORM_TENANT_ID, action, reason: 'By the person themselves' },
      async (tx, at) => ({
        target: `account:${account.id}`,
        before: null,
        after: null,
        result: await work(tx, at),
      }),
    );
  }
}
