import { Module } from '@nestjs/common';
import { PoliciesModule } from '../policies/policies.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { KillSwitchCommands } from './kill-switch-commands.service.js';
import { KillSwitchReadModel } from './kill-switch.read-model.js';
import { KillSwitchResolver } from './kill-switch.resolver.js';
import { KillSwitchesRepository } from './kill-switches.repository.js';
import { KillSwitchesService } from './kill-switches.service.js';
import { LiftersRepository } from './lifters.repository.js';
import { Lifters } from './lifters.service.js';
import { Lifting } from './lifting.service.js';
import { StopTargets } from './stop-targets.service.js';
import { StoppingService } from './stopping.service.js';

/** The stop: what the console calls the panic switch. */
@Module({
  imports: [PoliciesModule, TenantsModule],
  providers: [
    KillSwitchCommands,
    KillSwitchReadModel,
    KillSwitchResolver,
    KillSwitchesRepository,
    KillSwitchesService,
    Lifters,
    LiftersRepository,
    Lifting,
    StopTargets,
    StoppingService,
  ],
  exports: [KillSwitchesService],
})
export class KillSwitchModule {}
