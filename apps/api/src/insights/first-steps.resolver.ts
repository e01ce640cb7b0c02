import { Query, Resolver } from '@nestjs/graphql';
import { InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { FirstSteps } from './first-steps.model.js';
import { FirstStepsReadModel } from './first-steps.read-model.js';

@Resolver(() => FirstSteps)
export class FirstStepsResolver {
  constructor(private readonly readModel: FirstStepsReadModel) {}

  @Query(() => FirstSteps)
  @Permission('read', 'Overview')
  firstSteps(@InTenant() tenant: TenantScope) {
    return this.readModel.of(tenant.id);
  }
}
