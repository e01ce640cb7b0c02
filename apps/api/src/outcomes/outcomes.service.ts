import { Injectable } from '@nestjs/common';
import { limitBroken, OutcomeReport } from '@reeve/policy';
import { Evaluations } from '../evaluations/evaluations.service.js';
import type { AgentCaller } from '../auth/agent-caller.js';
import { DomainError } from '../infra/errors.js';
import { valid } from '../infra/valid.js';

@Injectable()
export class Outcomes {
  constructor(private readonly evaluations: Evaluations) {}

  async report(caller: AgentCaller, body: unknown) {
    const broken = limitBroken(body);
    if (broken !== null)
      throw new DomainError('invalid', `${broken.path || 'the body'} ${broken.message}`, {
        problems: [broken],
      });
    const report = valid(OutcomeReport, body);
    const { outcomeId, argumentsMatch, ungoverned } = await this.evaluations.account(caller, report);
    return { outcome_id: outcomeId, arguments_match: argumentsMatch, ungoverned };
  }
}
