import { Module } from '@nestjs/common';
import { ManagementKeys } from '../auth/credentials.js';
import { PoliciesModule } from '../policies/policies.module.js';
import { SubjectsModule } from '../subjects/subjects.module.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ApiKeysResolver } from './api-keys.resolver.js';
import { ApiKeysService } from './api-keys.service.js';
import { FirstQuestionService } from './first-question.service.js';
import { KeyAssistants } from './key-assistants.service.js';
import { KeyWriter } from './key-writer.service.js';
import { LastUsed } from './last-used.js';
import { SystemKeysService } from './system-keys.service.js';

/** The credentials of agents and automation. */
@Module({
  imports: [PoliciesModule, SubjectsModule],
  providers: [
    ApiKeysRepository,
    ApiKeysResolver,
    ApiKeysService,
    FirstQuestionService,
    KeyAssistants,
    KeyWriter,
    LastUsed,
    SystemKeysService,
    { provide: ManagementKeys, useExisting: ApiKeysService },
  ],
  exports: [ApiKeysService, ManagementKeys, SystemKeysService],
})
export class ApiKeysModule {}
