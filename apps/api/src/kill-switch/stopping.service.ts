/**
 * Pulling the plug and putting it back. A flip takes its place in the same order as every decision: when `engage`
 * returns, no replica allows anything more. Stopping is easy, starting is deliberate.
 */
import { Injectable } from '@nestjs/common';
import type { KillSwitch as Row, Prisma } from '@reeve/db';
import { STRICTNESS, type ChangeAction, type KillMode, type LiftRule } from '@reeve/policy';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { AdminActor } from '../auth/admin-actor.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import { requireVersion } from '../infra/require-version.js';
import { valid } from '../infra/valid.js';
import { Changes, type Changed, type LedgerTx, type Place } from '../ledger/changes.js';
import { KillSwitchesRepository } from './kill-switches.repository.js';
import { Lifters, type Settled } from './lifters.service.js';
import { coolDownEnd, Lifting, type LiftStep } from './lifting.service.js';
import { ownerOf, type Stop } from './stop.js';
import { StopTargets } from './stop-targets.service.js';

@Injectable()
export class StoppingService {
  constructor(
    private readonly switches: KillSwitchesRepository,
    private readonly targets: StopTargets,
    private readonly lifters: Lifters,
    private readonly lifting: Lifting,
    private readonly changes: Changes,
  ) {}

  /**
   * Engages a stop. Where the same scope is stopped already: a stricter mode tightens that switch, anything else is a
   * `conflict` that names the one in force. Loosening is lifting, and has its own rules.
   */
  async engage(actor: AdminActor, tenant: TenantScope, stop: Stop, reason: string): Promise<Row> {
    const target = await this.targets.check(tenant, stop);
    const owner = ownerOf(tenant, stop.scope);
    return this.changes.make(
      actor,
      { tenantId: owner, action: 'kill_switch.engage', reason },
      async (tx, at) => {
        const settled = await this.lifters.settle(owner, stop.scope, await this.targets.wantsTwo(tenant), tx);
        const current = await this.switches.inForce(tx, owner, stop.scope, target);
        if (current === null) return this.start(tx, at, actor, owner, { ...stop, target }, settled, reason);
        if (STRICTNESS[stop.mode] <= STRICTNESS[current.mode as KillMode]) throw inForce(current);
        return this.tighten(tx, at, actor, current, stop.mode, settled, reason);
      },
    );
  }

  /** Lifts, or proposes to: as it was settled when it was engaged (docs/adr/0015). */
  async lift(
    actor: AdminActor,
    tenant: TenantScope,
    id: string,
    expectedVersion: number,
    confirm: string,
    reason: string,
  ): Promise<Row> {
    const found = await this.switches.ownerOf([tenant.id, PLATFORM_TENANT_ID], valid(z.uuid(), id, 'id'));
    if (found === null) throw new DomainError('not_found', 'There is no such stop.', { path: 'id' });
    this.targets.checkLift(tenant, found, confirm);
    requireVersion(found, expectedVersion, { liftedAt: found.liftedAt });
    return this.changes.make(
      actor,
      { tenantId: found.tenantId, action: 'kill_switch.lift', reason },
      async (tx, at) => {
        const current = await this.switches.find(tx, found.tenantId, found.id);
        if (current === null) throw new DomainError('not_found', 'There is no such stop.', { path: 'id' });
        requireVersion(current, expectedVersion, { liftedAt: current.liftedAt });
        if (current.liftedAt !== null) throw new DomainError('conflict', 'This stop was lifted already.');
        const step = await this.lifting.step(tx, current, actor, at.now);
        const changed = await this.switches.update(tx, current, STEPS[step].data(actor, at, reason));
        return {
          action: STEPS[step].action,
          target: nameOf(current),
          before: state(current),
          after: state(changed),
          result: changed,
        };
      },
    );
  }

  private async start(
    tx: LedgerTx,
    at: Place,
    actor: AdminActor,
    tenantId: string,
    stop: Stop,
    settled: Settled,
    reason: string,
  ): Promise<Changed<Row>> {
    const { scope, target, mode } = stop;
    const row = await this.switches.create(tx, {
      tenantId,
      id: uuid(),
      scope,
      target,
      mode,
      reason: reason.trim(),
      engagedBy: actor.id,
      engagedAt: at.now,
      engagedSeq: at.seq,
      ...columnsOf(settled, at),
    });
    return { target: nameOf(row), before: null, after: state(row), result: row };
  }

  /**
   * In force since it was first engaged; by whom, why and where in the order are the tightening's. What a lift takes is
   * settled anew only where one person was enough and two are wanted now.
   */
  private async tighten(
    tx: LedgerTx,
    at: Place,
    actor: AdminActor,
    current: Row,
    mode: KillMode,
    settled: Settled,
    reason: string,
  ): Promise<Changed<Row>> {
    const row = await this.switches.update(tx, current, {
      mode,
      reason: reason.trim(),
      engagedBy: actor.id,
      engagedSeq: at.seq,
      liftProposedBy: null,
      liftProposedAt: null,
      ...((current.liftRule as LiftRule) === 'one' ? columnsOf(settled, at) : {}),
    });
    return { target: nameOf(row), before: state(current), after: state(row), result: row };
  }
}

const nameOf = ({ scope, target }: Row): string =>
  target === '' ? `kill_switch:${scope}` : `kill_switch:${scope}:${target}`;

const columnsOf = ({ rule, lifters }: Settled, at: Place) => ({
  liftRule: rule,
  lifters: lifters.map(({ id }) => id),
  settledAt: at.now,
});

const STEPS: {
  readonly [step in LiftStep]: {
    readonly action: ChangeAction;
    data(actor: AdminActor, at: Place, reason: string): Prisma.KillSwitchUncheckedUpdateInput;
  };
} = {
  propose: {
    action: 'kill_switch.propose_lift',
    data: ({ id }, { now }) => ({ liftProposedBy: id, liftProposedAt: now }),
  },
  lift: {
    action: 'kill_switch.lift',
    data: ({ id }, { now }, reason) => ({ liftedBy: id, liftedAt: now, liftReason: reason.trim() }),
  },
};

/** The state of a stop in its records. How it was settled to be lifted stands in every one. */
const state = ({ id, mode, liftRule, lifters, liftProposedBy, liftProposedAt, liftedAt }: Row) => ({
  id,
  mode,
  lift_rule: liftRule,
  lifters,
  lift_proposed_by: liftProposedBy,
  ...(liftRule === 'cool_down' && liftProposedAt !== null
    ? { cool_down_ends_at: coolDownEnd(liftProposedAt).toISOString() }
    : {}),
  lifted: liftedAt !== null,
});

const inForce = ({ id, mode, reason, engagedAt, version }: Row): DomainError =>
  new DomainError('conflict', 'This is stopped already.', {
    details: { id, mode, reason, engagedAt: engagedAt.toISOString(), version },
  });
