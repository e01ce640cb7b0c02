/** A stop binds those who publish, too: nothing is let through it by calling it by another name or class. */
import { Injectable } from '@nestjs/common';
import { loosenedStops, type KillMode, type KillScope, type PolicyDocument } from '@reeve/policy';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { nameTenants } from '../infra/database.js';
import { DomainError } from '../infra/errors.js';
import type { LedgerTx } from '../ledger/changes.js';
import { holdGlobalOrder } from '../ledger/global-order.js';
import { StopsInForceRepository } from './stops-in-force.repository.js';

@Injectable()
export class StopsInForce {
  constructor(private readonly stops: StopsInForceRepository) {}

  /**
   * Throws `conflict` with each place in the document that would let something run that is stopped, and while a stop of
   * every tenant is on its way. The last thing before the commit: a stop waits for it.
   */
  async requireKept(
    tx: LedgerTx,
    tenantId: string,
    before: PolicyDocument,
    after: PolicyDocument,
  ): Promise<void> {
    if (!(await holdGlobalOrder(tx)))
      throw new DomainError('conflict', 'something that concerns every tenant is being changed: try again');
    const owners = [tenantId, PLATFORM_TENANT_ID];
    await nameTenants(tx, owners);
    const rows = await this.stops.all(tx, owners);
    await nameTenants(tx, tenantId);
    const stops = rows.map(({ id, scope, target, mode, reason }) => ({
      id,
      scope: scope as KillScope,
      target,
      mode: mode as KillMode,
      reason,
    }));
    const loosened = loosenedStops(stops, before, after);
    const [first] = loosened;
    if (first === undefined) return;
    throw new DomainError('conflict', `${first.path}: ${wayAround(first.stop)}`, {
      problems: loosened.slice(0, 100).map(({ path, stop }) => ({ path, message: wayAround(stop) })),
      details: { id: first.stop.id },
    });
  }
}

const wayAround = ({ scope, target, reason }: { scope: KillScope; target: string; reason: string }): string =>
  `a stop of ${target === '' ? (scope === 'global' ? 'every tenant' : 'this tenant') : `the ${scope.replace('_', ' ')} ${target}`} (${reason}) would no longer hold; lift it first`;
