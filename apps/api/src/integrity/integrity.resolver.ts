import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { AdminActor } from '../auth/admin-actor.js';
import { CurrentActor, InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { LedgerHead } from './ledger-head.model.js';
import { LedgerStanding } from './ledger-standing.service.js';

@Resolver(() => LedgerHead)
export class IntegrityResolver {
  constructor(private readonly standing: LedgerStanding) {}

  @Query(() => LedgerHead)
  @Permission('read', 'AuditRecord')
  ledgerHead(@InTenant() tenant: TenantScope) {
    return this.standing.head(tenant);
  }

  @Mutation(() => Boolean, {
    description:
      'Takes note of answered records that are not in the database any more. Platform administrators only.',
  })
  @Permission('update', 'AuditRecord')
  acknowledgeLostRecords(
    @InTenant() tenant: TenantScope,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.standing.acknowledgeLoss(actor, tenant, reason);
  }
}
