/** The first steps a tenant has taken towards its first question. */
import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../auth/tenant-scope.js';
import type { FirstSteps } from './first-steps.model.js';
import { FirstStepsReadModel } from './first-steps.read-model.js';

@Injectable()
export class FirstStepsService {
  constructor(private readonly readModel: FirstStepsReadModel) {}

  of(tenant: TenantScope): Promise<FirstSteps> {
    return this.readModel.of(tenant.id);
  }
}
