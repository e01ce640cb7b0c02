import { Module } from '@nestjs/common';
import { ClockRepository } from './clock.repository.js';
import { ClockResolver } from './clock.resolver.js';
import { ClockService } from './clock.service.js';

/** The way back after a jump of the database's clock. */
@Module({ providers: [ClockRepository, ClockResolver, ClockService] })
export class ClockModule {}
