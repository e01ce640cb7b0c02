/**
 * Pulling the plug and putting it back. A flip takes its place in the same order as every decision: when `engage`
 * returns, no replica allows anything more. Stopping is easy, starting is deliberate.
 */
import { Injectable } from '@nestjs/common';
import type { KillSwitch as Row } from '@reeve/db';
import type { KillMode, KillScope } from '@reeve/policy';
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
import type { Stop } from './stop.js';
import { StopTargets } from './stop-targets.service.js';

/** Each leaves less than the one before. */
const STRICTNESS: { readonly [mode in KillMode]: number } = { read_only: 0, answers_only: 1, stopped: 2 };

@Injectable()
export class StoppingService {
  constructor(
    private readonly switches: KillSwitchesRepository,
    private readonly targets: StopTargets,
    private readonly changes: Changes,
  ) {}

  /**
   * Where the same scope is stopped already: a stricter mode tightens that switch, anything else is a `conflict` that
   * names the one in force. Loosening is lifting, and has its own rules.
   */
  async engage(actor: AdminActor, tenant: TenantScope, stop: Stop, reason: string): Promise<Row> {
    const target = await this.targets.check(tenant, stop);
    const owner = ownerOf(tenant, stop.scope);
    return this.changes.make(actor, owner, 'kill_switch.engage', reason, async (tx, at) => {
      const current = await this.switches.inForce(tx, owner, stop.scope, target);
      if (current === null) return this.start(tx, at, actor, owner, { ...stop, target }, reason);
      if (STRICTNESS[stop.mode] <= STRICTNESS[current.mode as KillMode]) throw inForce(current);
      return this.tighten(tx, at, actor, current, stop.mode, reason);
    });
  }

  /** Where two people are needed the first call proposes and the second, by somebody else, lifts. */
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
    const needsTwo = await this.targets.needsSecondPerson(tenant, found);
    if (needsTwo && actor.kind !== 'member')
      throw new DomainError('forbidden', 'Two people have to lift this; a key is none.');
    requireVersion(found, expectedVersion, { liftedAt: found.liftedAt });
    const action =
      needsTwo && found.liftProposedBy === null ? 'kill_switch.propose_lift' : 'kill_switch.lift';
    return this.changes.make(actor, found.tenantId, action, reason, async (tx, at) => {
      const current = await this.switches.find(tx, found.tenantId, found.id);
      if (current === null) throw new DomainError('not_found', 'There is no such stop.', { path: 'id' });
      requireVersion(current, expectedVersion, { liftedAt: current.liftedAt });
      if (current.liftedAt !== null) throw new DomainError('conflict', 'This stop was lifted already.');
      if (needsTwo && current.liftProposedBy === actor.id)
        throw new DomainError('forbidden', 'You proposed this lift. Somebody else has to confirm it.');
      const data =
        needsTwo && current.liftProposedBy === null
          ? { liftProposedBy: actor.id, liftProposedAt: at.now }
          : { liftedBy: actor.id, liftedAt: at.now, liftReason: reason.trim() };
      const changed = await this.switches.update(tx, current, data);
      return { target: nameOf(current), before: state(current), after: state(changed), result: changed };
    });
  }

  private async start(
    tx: LedgerTx,
    at: Place,
    actor: AdminActor,
    tenantId: string,
    stop: Stop,
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
    });
    return { target: nameOf(row), before: null, after: state(row), result: row };
  }

  /** In force since it was first engaged; by whom, why and where in the order are the tightening's. */
  private async tighten(
    tx: LedgerTx,
    at: Place,
    actor: AdminActor,
    current: Row,
    mode: KillMode,
    reason: string,
  ): Promise<Changed<Row>> {
    const row = await this.switches.update(tx, current, {
      mode,
      reason: reason.trim(),
      engagedBy: actor.id,
      engagedSeq: at.seq,
      liftProposedBy: null,
      liftProposedAt: null,
    });
    return { target: nameOf(row), before: state(current), after: state(row), result: row };
  }
}

/** Global stops are the platform's, and so is their place in the order. */
const ownerOf = (tenant: TenantScope, scope: KillScope): string =>
  scope === 'global' ? PLATFORM_TENANT_ID : tenant.id;

const nameOf = ({ scope, target }: Row): string =>
  target === '' ? `kill_switch:${scope}` : `kill_switch:${scope}:${target}`;

const state = ({ id, mode, liftProposedBy, liftedAt }: Row) => ({
  id,
  mode,
  lift_proposed_by: liftProposedBy,
  lifted: liftedAt !== null,
});

const inForce = ({ id, mode, reason, engagedAt, version }: Row): DomainError =>
  new DomainError('conflict', 'This is stopped already.', {
    details: { id, mode, reason, engagedAt: engagedAt.toISOString(), version },
  });
