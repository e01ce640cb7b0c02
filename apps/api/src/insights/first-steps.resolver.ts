import { Query, Resolver } from '@nestjs/graphql';
import { InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { FirstSteps } from './first-steps.model.js';
import { FirstStepsService } from './first-steps.service.js';

@Resolver(() => FirstSteps)
export class FirstStepsResolver {
  constructor(private readonly service: FirstStepsService) {}

  @Query(() => FirstSteps)
  @Permission('read', 'Overview')
  firstSteps(@InTenant() tenant: TenantScope) {
    return this.service.of(tenant);
  }
}
