import { Module } from '@nestjs/common';
import { PoliciesModule } from '../policies/policies.module.js';
import { SubjectAttributes } from './subject-attributes.service.js';
import { SubjectImports } from './subject-imports.service.js';
import { SubjectsRepository } from './subjects.repository.js';
import { SubjectsResolver } from './subjects.resolver.js';
import { SubjectsService } from './subjects.service.js';

/** Subjects: those whom agents act for. */
@Module({
  imports: [PoliciesModule],
  providers: [SubjectAttributes, SubjectImports, SubjectsRepository, SubjectsResolver, SubjectsService],
  exports: [SubjectsService],
})
export class SubjectsModule {}
