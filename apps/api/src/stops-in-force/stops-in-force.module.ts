import { Module } from '@nestjs/common';
import { StopsInForceRepository } from './stops-in-force.repository.js';
import { StopsInForce } from './stops-in-force.service.js';

/** The stops that other features have to keep; it knows none of them. */
@Module({ providers: [StopsInForceRepository, StopsInForce], exports: [StopsInForce] })
export class StopsInForceModule {}
