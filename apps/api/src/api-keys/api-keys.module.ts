import { Module } from '@nestjs/common';
import { ManagementKeys } from '../auth/credentials.js';
import { PoliciesModule } from '../policies/policies.module.js';
import { SubjectsModule } from '../subjects/subjects.module.js';
import { AgentKeys } from './agent-keys.service.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ApiKeysResolver } from './api-keys.resolver.js';
import { ApiKeysService } from './api-keys.service.js';
import { FirstQuestionService } from './first-question.service.js';
import { KeyAssistants } from './key-assistants.service.js';
import { KeyRates } from './key-rates.service.js';
import { KeyWriter } from './key-writer.service.js';
import { LastUsed } from './last-used.js';
import { SystemKeysService } from './system-keys.service.js';

/** The credentials of agents and automation. */
@Module({
  imports: [PoliciesModule, SubjectsModule],
  providers: [
    AgentKeys,
    ApiKeysRepository,
    ApiKeysResolver,
    ApiKeysService,
    FirstQuestionService,
    KeyAssistants,
    KeyRates,
    KeyWriter,
    LastUsed,
    SystemKeysService,
    { provide: ManagementKeys, useExisting: ApiKeysService },
  ],
  exports: [AgentKeys, ApiKeysService, KeyRates, ManagementKeys, SystemKeysService],
})
export class ApiKeysModule {}
