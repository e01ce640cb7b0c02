import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { KillMode, KillScope } from '@reeve/policy';
import type { AdminActor } from '../auth/admin-actor.js';
import { CurrentActor, InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { KillModeEnum, KillScopeEnum } from '../infra/graphql/enums.js';
import { KillSwitch, KillSwitchImpact, LiftTerms } from './kill-switch.model.js';
import { KillSwitchCommands } from './kill-switch-commands.service.js';
import { KillSwitchesService } from './kill-switches.service.js';

@Resolver(() => KillSwitch)
export class KillSwitchResolver {
  constructor(
    private readonly switches: KillSwitchesService,
    private readonly commands: KillSwitchCommands,
  ) {}

  @Query(() => [KillSwitch], {
    description: 'In force only, or the history too (newest first). Global ones are included.',
  })
  @Permission('read', 'KillSwitch')
  killSwitches(
    @InTenant() tenant: TenantScope,
    @Args('inForce', { type: () => Boolean, nullable: true, defaultValue: true }) inForce: boolean | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 100 }) first: number | null,
  ) {
    return this.switches.list([tenant], inForce ?? true, first ?? 100);
  }

  @Query(() => KillSwitchImpact)
  @Permission('read', 'KillSwitch')
  killSwitchImpact(
    @InTenant() tenant: TenantScope,
    @Args('scope', { type: () => KillScopeEnum }) scope: KillScope,
    @Args('target', { type: () => String, nullable: true, defaultValue: '' }) target: string | null,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.commands.impact(actor, tenant, scope, target ?? '');
  }

  @Query(() => LiftTerms)
  @Permission('engage', 'KillSwitch')
  liftTerms(@InTenant() tenant: TenantScope, @Args('scope', { type: () => KillScopeEnum }) scope: KillScope) {
    return this.commands.liftTerms(tenant, scope);
  }

  @Mutation(() => KillSwitch, { description: 'A global stop must carry confirm: "STOP ALL".' })
  @Permission('engage', 'KillSwitch')
  engageKillSwitch(
    @InTenant() tenant: TenantScope,
    @Args('scope', { type: () => KillScopeEnum }) scope: KillScope,
    @Args('target', { type: () => String, nullable: true, defaultValue: '' }) target: string | null,
    @Args('mode', { type: () => KillModeEnum }) mode: KillMode,
    @Args('reason') reason: string,
    @Args('confirm', { type: () => String, nullable: true }) confirm: string | null,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.commands.engage(
      actor,
      tenant,
      { scope, target: target ?? '', mode, confirm: confirm ?? null },
      reason,
    );
  }

  @Mutation(() => KillSwitch, {
    description:
      "confirm: the scope's name as typed (target, tenant slug, or LIFT ALL). Where two people are needed the first call proposes; where a cool-down is, the first begins it.",
  })
  @Permission('lift', 'KillSwitch')
  liftKillSwitch(
    @InTenant() tenant: TenantScope,
    @Args('id', { type: () => ID }) id: string,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('confirm') confirm: string,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.commands.lift(actor, tenant, { id, expectedVersion, confirm }, reason);
  }
}
