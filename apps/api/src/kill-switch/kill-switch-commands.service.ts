/** Commands that the panic switch in the console calls: the flip, then how things stand after it. */
import { Injectable } from '@nestjs/common';
import type { KillScope } from '@reeve/policy';
import type { AdminActor } from '../auth/admin-actor.js';
import { ALL_TENANTS, type TenantScope } from '../auth/tenant-scope.js';
import { TenantScopes } from '../auth/tenant-scopes.service.js';
import type { KillSwitch, KillSwitchImpact, LiftTerms } from './kill-switch.model.js';
import { KillSwitchesService } from './kill-switches.service.js';
import { Lifters } from './lifters.service.js';
import { ownerOf, type Stop } from './stop.js';
import { StopTargets } from './stop-targets.service.js';
import { StoppingService } from './stopping.service.js';

@Injectable()
export class KillSwitchCommands {
  constructor(
    private readonly stopping: StoppingService,
    private readonly switches: KillSwitchesService,
    private readonly scopes: TenantScopes,
    private readonly targets: StopTargets,
    private readonly lifters: Lifters,
  ) {}

  /** Before a stop is used: who could lift it, and how. */
  async liftTerms(tenant: TenantScope, scope: KillScope): Promise<LiftTerms> {
    this.targets.checkScope(tenant, scope);
    const { rule, lifters } = await this.lifters.settle(
      ownerOf(tenant, scope),
      scope,
      await this.targets.wantsTwo(tenant),
    );
    return { rule, people: lifters.map(({ name }) => name) };
  }

  async engage(actor: AdminActor, tenant: TenantScope, stop: Stop, reason: string): Promise<KillSwitch> {
    const row = await this.stopping.engage(actor, tenant, stop, reason);
    return (await this.switches.shown([tenant], [row]))[0]!;
  }

  async lift(
    actor: AdminActor,
    tenant: TenantScope,
    { id, expectedVersion, confirm }: { id: string; expectedVersion: number; confirm: string },
    reason: string,
  ): Promise<KillSwitch> {
    const row = await this.stopping.lift(actor, tenant, id, expectedVersion, confirm, reason);
    return (await this.switches.shown([tenant], [row]))[0]!;
  }

  /** A global stop touches every tenant; who may not make one sees what it would do here. */
  async impact(
    actor: AdminActor,
    tenant: TenantScope,
    scope: KillScope,
    target: string,
  ): Promise<KillSwitchImpact> {
    const everywhere = scope === 'global' && tenant.ability.can('engage', 'GlobalKillSwitch');
    return this.switches.impact(
      everywhere ? await this.scopes.visible(actor, ALL_TENANTS) : [tenant],
      scope,
      target,
    );
  }
}
