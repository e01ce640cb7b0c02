import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { AdminRole } from '@reeve/policy';
import type { AdminActor } from '../auth/admin-actor.js';
import { CurrentActor, InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { AdminRoleEnum } from '../infra/graphql/enums.js';
import { AddedMember, Member } from './member.model.js';
import { MembersService } from './members.service.js';

@Resolver(() => Member)
export class MembersResolver {
  constructor(private readonly service: MembersService) {}

  @Query(() => [Member])
  @Permission('read', 'Member')
  members(@InTenant() tenant: TenantScope) {
    return this.service.list(tenant);
  }

  @Mutation(() => AddedMember)
  @Permission('create', 'Member')
  addMember(
    @InTenant() tenant: TenantScope,
    @Args('email') email: string,
    @Args('name') name: string,
    @Args('roles', { type: () => [AdminRoleEnum] }) roles: AdminRole[],
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.add(actor, tenant, { email, name, roles }, reason);
  }

  @Mutation(() => Member)
  @Permission('update', 'Member')
  setMemberRoles(
    @InTenant() tenant: TenantScope,
    @Args('memberId', { type: () => ID }) memberId: string,
    @Args('roles', { type: () => [AdminRoleEnum] }) roles: AdminRole[],
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.setRoles(actor, tenant, memberId, roles, expectedVersion, reason);
  }

  @Mutation(() => Boolean)
  @Permission('delete', 'Member')
  removeMember(
    @InTenant() tenant: TenantScope,
    @Args('memberId', { type: () => ID }) memberId: string,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.remove(actor, tenant, memberId, expectedVersion, reason);
  }
}
