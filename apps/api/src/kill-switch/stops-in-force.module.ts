import { Module } from '@nestjs/common';
import { KillSwitchesRepository } from './kill-switches.repository.js';
import { StopsInForce } from './stops-in-force.service.js';

/** What of the stops other features have to keep; it knows none of them. */
@Module({
  providers: [KillSwitchesRepository, StopsInForce],
  exports: [KillSwitchesRepository, StopsInForce],
})
export class StopsInForceModule {}
