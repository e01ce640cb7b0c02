import { Module } from '@nestjs/common';
import { StopsInForceModule } from '../stops-in-force/stops-in-force.module.js';
import { BindingsRepository } from './bindings.repository.js';
import { DraftsService } from './drafts.service.js';
import { PoliciesRepository } from './policies.repository.js';
import { PoliciesResolver } from './policies.resolver.js';
import { PoliciesService } from './policies.service.js';
import { PolicyCheckerService } from './policy-checker.service.js';
import { PublishingService } from './publishing.service.js';
import { ReviewsService } from './reviews.service.js';

/** The matrix, the guardrails, the quotas: drafted, published, rolled back. */
@Module({
  imports: [StopsInForceModule],
  providers: [
    BindingsRepository,
    DraftsService,
    PoliciesRepository,
    PoliciesResolver,
    PoliciesService,
    PolicyCheckerService,
    PublishingService,
    ReviewsService,
  ],
  exports: [PoliciesService, PublishingService],
})
export class PoliciesModule {}
