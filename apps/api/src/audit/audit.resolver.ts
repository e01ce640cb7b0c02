import { Args, Int, Query, Resolver, Subscription } from '@nestjs/graphql';
import type { AdminActor } from '../auth/admin-actor.js';
import { CurrentActor, InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import {
  AuditActor,
  AuditFilter,
  AuditRecord,
  AuditRecordConnection,
  LedgerAdvance,
} from './audit-record.model.js';
import { AuditService } from './audit.service.js';
import { LedgerWatch } from './ledger-watch.service.js';

@Resolver(() => AuditRecord)
export class AuditResolver {
  constructor(
    private readonly audit: AuditService,
    private readonly watch: LedgerWatch,
  ) {}

  @Query(() => AuditRecordConnection, { description: 'Newest first.' })
  @Permission('read', 'AuditRecord')
  auditRecords(
    @InTenant() tenant: TenantScope,
    @Args('filter', { type: () => AuditFilter, nullable: true }) filter: AuditFilter | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ) {
    return this.audit.page(tenant, filter ?? {}, first ?? 50, after ?? null);
  }

  @Query(() => AuditRecord)
  @Permission('read', 'AuditRecord')
  auditRecord(@InTenant() tenant: TenantScope, @Args('seq') seq: string) {
    return this.audit.get(tenant, seq);
  }

  @Query(() => [AuditActor], { description: 'Whom records can be filtered by, by name.' })
  @Permission('read', 'AuditRecord')
  auditActors(@InTenant() tenant: TenantScope) {
    return this.audit.actors(tenant);
  }

  @Subscription(() => LedgerAdvance, {
    description:
      "The tenant's ledger has moved; at first, where it stands. `changed` when the epoch moved too: policy, switches, keys or bindings.",
  })
  @Permission('read', 'AuditRecord')
  ledgerAdvanced(@InTenant() tenant: TenantScope, @CurrentActor() actor: AdminActor) {
    return this.watch.subscribe(actor, tenant);
  }
}
