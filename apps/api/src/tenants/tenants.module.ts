import { Module } from '@nestjs/common';
import { TenantsRepository } from './tenants.repository.js';
import { TenantsResolver } from './tenants.resolver.js';
import { TenantsService } from './tenants.service.js';

/** The isolation boundaries. */
@Module({
  providers: [TenantsRepository, TenantsResolver, TenantsService],
  exports: [TenantsService],
})
export class TenantsModule {}
