import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { AdminActor } from '../auth/admin-actor.js';
import { CurrentActor, InTenants } from '../auth/current.js';
import { Permission, SignedIn } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { AcknowledgedClock, ClockAlarm, TenantAhead } from './clock.model.js';
import { ClockService } from './clock.service.js';

@Resolver(() => AcknowledgedClock)
export class ClockResolver {
  constructor(private readonly clock: ClockService) {}

  @Query(() => ClockAlarm, {
    nullable: true,
    description: "null while the database's clock is believed.",
  })
  @SignedIn()
  clockAlarm() {
    return this.clock.alarm();
  }

  @Query(() => [TenantAhead], {
    description: "Tenants whose last record lies ahead of the database's clock, of one or of _all.",
  })
  @Permission('read', 'KillSwitch', { acrossTenants: true })
  tenantsAhead(@InTenants() scopes: readonly TenantScope[]) {
    return this.clock.ahead(scopes);
  }

  @Mutation(() => AcknowledgedClock, {
    description:
      "Says that the database's clock is right although it jumped: decisions and changes go on by it.",
  })
  @Permission('create', 'Tenant')
  acknowledgeClock(@Args('reason') reason: string, @CurrentActor() actor: AdminActor) {
    return this.clock.acknowledge(actor, reason);
  }
}
