import { Module } from '@nestjs/common';
import { answersAgents } from '../entrance/agent-controllers.js';
import { EvaluationsModule } from '../evaluations/evaluations.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { SubjectsModule } from '../subjects/subjects.module.js';
import { AccessSearchController } from './access-search.controller.js';
import { AccessSearch } from './access-search.service.js';
import { PageTokens } from './page-token.js';

/** Which subjects, resources and actions: AuthZEN's searches. */
@Module({
  imports: [EvaluationsModule, SubjectsModule, ResourcesModule],
  providers: [AccessSearch, AccessSearchController, PageTokens, answersAgents(AccessSearchController)],
})
export class AccessSearchModule {}
