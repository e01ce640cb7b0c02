import { Module } from '@nestjs/common';
import { PoliciesModule } from '../policies/policies.module.js';
import { ResourcesRepository } from './resources.repository.js';
import { ResourcesResolver } from './resources.resolver.js';
import { ResourcesService } from './resources.service.js';

/** What agents act on beside tools. */
@Module({
  imports: [PoliciesModule],
  providers: [ResourcesRepository, ResourcesResolver, ResourcesService],
  exports: [ResourcesService],
})
export class ResourcesModule {}
