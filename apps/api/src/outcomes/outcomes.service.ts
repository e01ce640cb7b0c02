import { Injectable } from '@nestjs/common';
import { OutcomeReport } from '@reeve/policy';
import { Evaluations } from '../evaluations/evaluations.service.js';
import type { AgentCaller } from '../auth/agent-caller.js';
import { valid } from '../infra/valid.js';

@Injectable()
export class Outcomes {
  constructor(private readonly evaluations: Evaluations) {}

  async report(caller: AgentCaller, body: unknown) {
    const report = valid(OutcomeReport, body);
    const { outcomeId, argumentsMatch, ungoverned } = await this.evaluations.account(caller, report);
    return { outcome_id: outcomeId, arguments_match: argumentsMatch, ungoverned };
  }
}
