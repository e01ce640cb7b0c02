import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { AdminActor } from '../auth/admin-actor.js';
import { CurrentActor, InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { JSONValue } from '../infra/graphql/scalars.js';
import { Resource, ResourceConnection } from './resource.model.js';
import { ResourcesService } from './resources.service.js';

@Resolver(() => Resource)
export class ResourcesResolver {
  constructor(private readonly service: ResourcesService) {}

  @Query(() => ResourceConnection)
  @Permission('read', 'Resource')
  resources(
    @InTenant() tenant: TenantScope,
    @Args('type', { type: () => String, nullable: true }) type: string | null,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ) {
    const wanted = { type: type ?? null, search: search ?? null };
    return this.service.page(tenant, wanted, first ?? 50, after ?? null);
  }

  @Mutation(() => Resource, { description: 'expectedVersion 0 registers a new resource.' })
  @Permission('update', 'Resource')
  registerResource(
    @InTenant() tenant: TenantScope,
    @Args('type') type: string,
    @Args('id', { type: () => String }) id: string,
    @Args('properties', { type: () => JSONValue, description: 'A JSON object of 16 kB at the most.' })
    properties: unknown,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.register(actor, tenant, { type, id, properties }, expectedVersion, reason);
  }

  @Mutation(() => Boolean)
  @Permission('delete', 'Resource')
  removeResource(
    @InTenant() tenant: TenantScope,
    @Args('type') type: string,
    @Args('id', { type: () => String }) id: string,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.remove(actor, tenant, { type, id }, expectedVersion, reason);
  }
}
