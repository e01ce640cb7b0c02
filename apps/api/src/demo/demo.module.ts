import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { MembersModule } from '../members/members.module.js';
import { PoliciesModule } from '../policies/policies.module.js';
import { SubjectsModule } from '../subjects/subjects.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { SeedFacadeFactory } from './seed-facade.service.js';

/** Services that a first start with demo data needs. */
@Module({
  imports: [ApiKeysModule, MembersModule, PoliciesModule, SubjectsModule, TenantsModule],
  providers: [SeedFacadeFactory],
  exports: [SeedFacadeFactory],
})
export class DemoModule {}
