/**
 * A question that a new key can be tried with: found among the first subjects there are, by the policy that will be
 * asked.
 */
import { Injectable } from '@nestjs/common';
import { compilePolicy, exampleQuestion, type SubjectFacts } from '@reeve/policy';
import type { TenantScope } from '../auth/tenant-scope.js';
import { PoliciesService } from '../policies/policies.service.js';
import { SubjectsService } from '../subjects/subjects.service.js';
import type { FirstQuestion } from './first-question.model.js';

const SUBJECTS_MAX = 50;

@Injectable()
export class FirstQuestionService {
  constructor(
    private readonly policies: PoliciesService,
    private readonly subjects: SubjectsService,
  ) {}

  async find(tenant: TenantScope, assistants: readonly string[]): Promise<FirstQuestion | null> {
    const [{ document }, { nodes }] = await Promise.all([
      this.policies.get(tenant),
      this.subjects.page(tenant, null, SUBJECTS_MAX, null),
    ]);
    const subjects = nodes.map(({ type, id, roles, grants }) => ({
      type,
      id,
      roles,
      grants: grants as SubjectFacts['grants'],
    }));
    const found = exampleQuestion(compilePolicy(document), subjects, assistants, Date.now());
    if (found === null) return null;
    const { assistant, tool, subject, arguments: args } = found;
    return { assistant, tool, subjectType: subject.type, subjectId: subject.id, arguments: args };
  }
}
