import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { AdminActor } from '../auth/admin-actor.js';
import { CurrentActor, InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { COST } from '../infra/graphql/cost.js';
import { JSONValue } from '../infra/graphql/scalars.js';
import { DraftsService } from './drafts.service.js';
import { PoliciesService } from './policies.service.js';
import { Policy, PolicyChange, PolicyDraft, PolicyRevision } from './policy.model.js';
import { PolicyReview, PublishedPolicy } from './policy-review.model.js';
import { PublishingService } from './publishing.service.js';
import { ReviewsService } from './reviews.service.js';

@Resolver(() => Policy)
export class PoliciesResolver {
  constructor(
    private readonly policies: PoliciesService,
    private readonly publishing: PublishingService,
    private readonly drafts: DraftsService,
    private readonly reviews: ReviewsService,
  ) {}

  @Query(() => Policy, { complexity: COST.policy })
  @Permission('read', 'Policy')
  policy(
    @InTenant() tenant: TenantScope,
    @Args('revision', { type: () => Int, nullable: true }) revision: number | null,
  ) {
    return this.policies.get(tenant, revision);
  }

  @Query(() => [PolicyRevision], { description: 'Newest first.' })
  @Permission('read', 'Policy')
  policyRevisions(
    @InTenant() tenant: TenantScope,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('before', { type: () => Int, nullable: true }) before: number | null,
  ) {
    return this.policies.list(tenant, first ?? 50, before);
  }

  @Query(() => PolicyDraft, {
    nullable: true,
    description: "The actor's own.",
    complexity: COST.draft,
  })
  @Permission('read', 'Policy')
  policyDraft(@InTenant() tenant: TenantScope, @CurrentActor() actor: AdminActor) {
    return this.drafts.get(actor, tenant);
  }

  @Query(() => [PolicyChange], { complexity: 2 * COST.policy })
  @Permission('read', 'Policy')
  policyDiff(
    @InTenant() tenant: TenantScope,
    @Args('from', { type: () => Int }) from: number,
    @Args('to', { type: () => Int }) to: number,
  ) {
    return this.policies.diff(tenant, from, to);
  }

  @Query(() => PolicyReview, {
    description:
      'What publishing these edits, or rolling back to that revision, would do now. Either of the two.',
    complexity: COST.publication,
  })
  @Permission('read', 'Policy')
  policyReview(
    @InTenant() tenant: TenantScope,
    @Args('edits', { type: () => [JSONValue], nullable: true }) edits: unknown[] | null,
    @Args('toRevision', { type: () => Int, nullable: true }) toRevision: number | null,
  ) {
    return this.reviews.review(tenant, edits ?? null, toRevision ?? null);
  }

  @Mutation(() => PublishedPolicy, {
    description:
      'edits: PolicyEdit[]. Refused when the current revision is not expectedRevision (CONFLICT, with who moved it).',
    complexity: COST.publication,
  })
  @Permission('publish', 'Policy')
  publishPolicy(
    @InTenant() tenant: TenantScope,
    @Args('edits', { type: () => [JSONValue] }) edits: unknown[],
    @Args('expectedRevision', { type: () => Int }) expectedRevision: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.publishing.publish(actor, tenant, edits, expectedRevision, reason);
  }

  @Mutation(() => PublishedPolicy, {
    description: 'Publishes the content of an earlier revision as a new one.',
    complexity: COST.publication,
  })
  @Permission('publish', 'Policy')
  rollbackPolicy(
    @InTenant() tenant: TenantScope,
    @Args('toRevision', { type: () => Int }) toRevision: number,
    @Args('expectedRevision', { type: () => Int }) expectedRevision: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.publishing.rollback(actor, tenant, toRevision, expectedRevision, reason);
  }

  @Mutation(() => PolicyDraft, { complexity: COST.draft })
  @Permission('update', 'Policy')
  savePolicyDraft(
    @InTenant() tenant: TenantScope,
    @Args('edits', { type: () => [JSONValue] }) edits: unknown[],
    @Args('baseRevision', { type: () => Int }) baseRevision: number,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.drafts.save(actor, tenant, edits, baseRevision, expectedVersion);
  }

  @Mutation(() => Boolean)
  @Permission('update', 'Policy')
  discardPolicyDraft(
    @InTenant() tenant: TenantScope,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.drafts.discard(actor, tenant, expectedVersion);
  }
}
