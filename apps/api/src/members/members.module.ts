import { Module } from '@nestjs/common';
import { MembersRepository } from './members.repository.js';
import { MembersResolver } from './members.resolver.js';
import { MembersService } from './members.service.js';
import { SeedMembersService } from './seed-members.service.js';

/** The people of the console. */
@Module({
  providers: [MembersRepository, MembersResolver, MembersService, SeedMembersService],
  exports: [MembersService, SeedMembersService],
})
export class MembersModule {}
