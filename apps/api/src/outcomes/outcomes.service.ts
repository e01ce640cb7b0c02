import { Injectable } from '@nestjs/common';
import { OutcomeReport, UngovernedReport } from '@reeve/policy';
import { Evaluations } from '../evaluations/evaluations.service.js';
import type { AgentCaller } from '../auth/agent-caller.js';
import type { Accounted } from '../evaluations/work.js';
import { valid } from '../infra/valid.js';

@Injectable()
export class Outcomes {
  constructor(private readonly evaluations: Evaluations) {}

  async report(caller: AgentCaller, body: unknown, bytes: number) {
    const report = valid(OutcomeReport, body);
    return answerOf(await this.evaluations.account(caller, report, bytes));
  }

  async reportUngoverned(caller: AgentCaller, body: unknown, bytes: number) {
    const report = valid(UngovernedReport, body);
    return answerOf(await this.evaluations.accountUngoverned(caller, report, bytes));
  }
}

const answerOf = ({ outcomeId, argumentsMatch, ungoverned }: Accounted) => ({
  outcome_id: outcomeId,
  arguments_match: argumentsMatch,
  ungoverned,
});
