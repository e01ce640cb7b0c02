import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { AdminRole } from '@reeve/policy';
import type { AdminActor } from '../auth/admin-actor.js';
import { CurrentActor, InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { AdminRoleEnum } from '../infra/graphql/enums.js';
import { LinkedMember, Member } from './member.model.js';
import { MembersService } from './members.service.js';

@Resolver(() => Member)
export class MembersResolver {
  constructor(private readonly service: MembersService) {}

  @Query(() => [Member])
  @Permission('read', 'Member')
  members(@InTenant() tenant: TenantScope) {
    return this.service.list(tenant);
  }

  @Mutation(() => LinkedMember)
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

  @Mutation(() => LinkedMember, {
    description:
      'Whoever uses it signs in for this member from then on, with a password of their own choice.',
  })
  @Permission('create', 'Member')
  newMemberLink(
    @InTenant() tenant: TenantScope,
    @Args('memberId', { type: () => ID }) memberId: string,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.newLink(actor, tenant, { memberId, expectedVersion }, reason);
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
    return this.service.setRoles(actor, tenant, { memberId, expectedVersion }, roles, reason);
  }

  @Mutation(() => Member)
  @Permission('update', 'Member')
  setMemberDisabled(
    @InTenant() tenant: TenantScope,
    @Args('memberId', { type: () => ID }) memberId: string,
    @Args('disabled') disabled: boolean,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.setDisabled(actor, tenant, { memberId, expectedVersion }, disabled, reason);
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
    return this.service.remove(actor, tenant, { memberId, expectedVersion }, reason);
  }
}
