import { Args, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { Evaluation, EvaluationConnection, EvaluationFilter } from './evaluation.model.js';
import { RecordedEvaluations } from './recorded-evaluations.service.js';

@Resolver(() => Evaluation)
export class EvaluationsResolver {
  constructor(private readonly evaluations: RecordedEvaluations) {}

  @Query(() => EvaluationConnection, { name: 'evaluations', description: 'Newest first.' })
  @Permission('read', 'Evaluation')
  list(
    @InTenant() tenant: TenantScope,
    @Args('filter', { type: () => EvaluationFilter, nullable: true }) filter: EvaluationFilter | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ) {
    return this.evaluations.page(tenant, filter ?? {}, first ?? 50, after ?? null);
  }

  @Query(() => Evaluation)
  @Permission('read', 'Evaluation')
  evaluation(@InTenant() tenant: TenantScope, @Args('id', { type: () => ID }) id: string) {
    return this.evaluations.get(tenant, id);
  }
}
