import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { AdminActor } from '../auth/admin-actor.js';
import { CurrentActor, InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { Backfills } from './backfills.service.js';
import { Connections } from './connections.service.js';
import { LangfuseBackfill, LangfuseConnection, LangfuseTest } from './langfuse-connection.model.js';

@Resolver(() => LangfuseConnection)
export class LangfuseResolver {
  constructor(
    private readonly connections: Connections,
    private readonly backfills: Backfills,
  ) {}

  @Query(() => [LangfuseConnection])
  @Permission('read', 'Connection')
  langfuseConnections(@InTenant() tenant: TenantScope) {
    return this.connections.list(tenant);
  }

  @Mutation(() => LangfuseTest, {
    description:
      'Asks the server with this key: reachable? good? which generation of the API? Nothing is changed or kept.',
  })
  @Permission('create', 'Connection')
  testLangfuse(
    @InTenant() tenant: TenantScope,
    @Args('baseUrl') baseUrl: string,
    @Args('publicKey') publicKey: string,
    @Args('secretKey') secretKey: string,
  ) {
    return this.connections.test(tenant, baseUrl, { publicKey, secretKey });
  }

  @Mutation(() => LangfuseConnection, {
    description: 'The secret key is kept under the vault key and never shown again.',
  })
  @Permission('create', 'Connection')
  connectLangfuse(
    @InTenant() tenant: TenantScope,
    @Args('baseUrl') baseUrl: string,
    @Args('publicKey') publicKey: string,
    @Args('secretKey') secretKey: string,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.connections.connect(actor, tenant, baseUrl, { publicKey, secretKey }, reason);
  }

  @Mutation(() => LangfuseConnection, {
    description: 'Also starts a connection again that was stopped because its key was refused.',
  })
  @Permission('update', 'Connection')
  replaceLangfuseKey(
    @InTenant() tenant: TenantScope,
    @Args('id', { type: () => ID }) id: string,
    @Args('publicKey') publicKey: string,
    @Args('secretKey') secretKey: string,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    const keys = { publicKey, secretKey };
    return this.connections.replaceKey(actor, tenant, { id, expectedVersion }, keys, reason);
  }

  @Mutation(() => LangfuseConnection)
  @Permission('update', 'Connection')
  pauseLangfuse(
    @InTenant() tenant: TenantScope,
    @Args('id', { type: () => ID }) id: string,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.connections.pause(actor, tenant, { id, expectedVersion }, reason);
  }

  @Mutation(() => LangfuseConnection, { description: 'One that was paused or stopped.' })
  @Permission('update', 'Connection')
  resumeLangfuse(
    @InTenant() tenant: TenantScope,
    @Args('id', { type: () => ID }) id: string,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.connections.resume(actor, tenant, { id, expectedVersion }, reason);
  }

  @Mutation(() => Boolean, { description: 'What it brought stays.' })
  @Permission('delete', 'Connection')
  disconnectLangfuse(
    @InTenant() tenant: TenantScope,
    @Args('id', { type: () => ID }) id: string,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.connections.disconnect(actor, tenant, { id, expectedVersion }, reason);
  }

  @Mutation(() => LangfuseBackfill, { description: 'One of a connection at a time.' })
  @Permission('update', 'Connection')
  startLangfuseBackfill(
    @InTenant() tenant: TenantScope,
    @Args('connectionId', { type: () => ID }) connectionId: string,
    @Args('from') from: Date,
    @Args('to', { type: () => Date, nullable: true, description: 'Left out: until now.' }) to: Date | null,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.backfills.start(actor, tenant, connectionId, { from, to: to ?? null }, reason);
  }

  @Mutation(() => LangfuseBackfill)
  @Permission('update', 'Connection')
  pauseLangfuseBackfill(
    @InTenant() tenant: TenantScope,
    @Args('id', { type: () => ID }) id: string,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.backfills.set(actor, tenant, id, 'paused', reason);
  }

  @Mutation(() => LangfuseBackfill, {
    description: 'One that was paused or has failed goes on where it was.',
  })
  @Permission('update', 'Connection')
  resumeLangfuseBackfill(
    @InTenant() tenant: TenantScope,
    @Args('id', { type: () => ID }) id: string,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.backfills.set(actor, tenant, id, 'running', reason);
  }

  @Mutation(() => LangfuseBackfill, { description: 'What it brought stays.' })
  @Permission('update', 'Connection')
  cancelLangfuseBackfill(
    @InTenant() tenant: TenantScope,
    @Args('id', { type: () => ID }) id: string,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.backfills.set(actor, tenant, id, 'cancelled', reason);
  }
}
