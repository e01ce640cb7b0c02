import { Module } from '@nestjs/common';
import { SignInModule } from '../sign-in/sign-in.module.js';
import { MembersRepository } from './members.repository.js';
import { MembersResolver } from './members.resolver.js';
import { MembersService } from './members.service.js';
import { PlatformAdministratorsResolver } from './platform-administrators.resolver.js';
import { PlatformAdministratorsService } from './platform-administrators.service.js';
import { SeedMembersService } from './seed-members.service.js';

/** The people of the console. */
@Module({
  imports: [SignInModule],
  providers: [
    MembersRepository,
    MembersResolver,
    MembersService,
    PlatformAdministratorsResolver,
    PlatformAdministratorsService,
    SeedMembersService,
  ],
  exports: [SeedMembersService],
})
export class MembersModule {}
