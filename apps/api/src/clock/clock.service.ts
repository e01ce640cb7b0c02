/**
 * The way back after the database's clock has jumped (docs/adr/0014): an administrator says that it is right as it is. That
 * is a record of the platform's, and one of each tenant whose last record lies ahead of it: they go on from now.
 */
import { Injectable } from '@nestjs/common';
import type { AdminActor } from '../auth/admin-actor.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { Changes } from '../ledger/changes.js';
import { ClockCheck } from '../ledger/clock-check.js';
import { ACKNOWLEDGE, LedgerClock, PLAUSIBLE_MS } from '../ledger/ledger-clock.js';
import type { AcknowledgedClock, ClockAlarm, TenantAhead } from './clock.model.js';
import { ClockRepository } from './clock.repository.js';

@Injectable()
export class ClockService {
  constructor(
    private readonly repository: ClockRepository,
    private readonly changes: Changes,
    private readonly clock: LedgerClock,
    private readonly check: ClockCheck,
  ) {}

  async alarm(): Promise<ClockAlarm | null> {
    const jump = await this.check.jump();
    if (jump === null) return null;
    const { since, database, expected } = jump;
    return { since: new Date(since), database: new Date(database), expected: new Date(expected) };
  }

  /** Where nothing is decided although the clock is believed. */
  ahead(scopes: readonly TenantScope[]): Promise<TenantAhead[]> {
    return this.repository.ahead(scopes, PLAUSIBLE_MS);
  }

  /** Safe to repeat: what goes on already stays as it is. */
  async acknowledge(actor: AdminActor, reason: string): Promise<AcknowledgedClock> {
    const now = await this.vouch(actor, reason);
    const ahead = await this.repository.ahead(await this.repository.tenants(), PLAUSIBLE_MS);
    for (const { id } of ahead) await this.goOn(actor, id, reason);
    return { now, tenants: ahead.map(({ slug }) => slug) };
  }

  private vouch(actor: AdminActor, reason: string): Promise<Date> {
    return this.changes.make(
      actor,
      { tenantId: PLATFORM_TENANT_ID, action: ACKNOWLEDGE, reason },
      (_, { now }) =>
        Promise.resolve({
          target: 'clock',
          before: { expected: Math.round(this.clock.expected()) },
          after: { database: now.getTime() },
          result: now,
        }),
    );
  }

  private goOn(actor: AdminActor, tenantId: string, reason: string): Promise<void> {
    return this.changes.make(actor, { tenantId, action: ACKNOWLEDGE, reason }, async (tx, { now }) => {
      const at = await this.repository.lastRecordAt(tx, tenantId);
      await this.repository.setBack(tx, tenantId, now);
      return {
        target: 'clock',
        before: { lastRecordAt: at.toISOString() },
        after: { lastRecordAt: now.toISOString() },
        result: undefined,
      };
    });
  }
}
