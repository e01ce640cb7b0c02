import { Module } from '@nestjs/common';
import { PoliciesModule } from '../policies/policies.module.js';
import { QuotasReadModel } from './quotas.read-model.js';
import { QuotasResolver } from './quotas.resolver.js';
import { QuotasService } from './quotas.service.js';

/** The rest of the allowances; the quotas themselves are part of the policy. */
@Module({ imports: [PoliciesModule], providers: [QuotasReadModel, QuotasResolver, QuotasService] })
export class QuotasModule {}
