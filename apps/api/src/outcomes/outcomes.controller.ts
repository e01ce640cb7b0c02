/** Accounting: what came of an evaluation, reported by the PEP. Reeve's own route, so unknown members are refused (422). */
import { Injectable } from '@nestjs/common';
import { outcomeJsonSchema, ungovernedJsonSchema } from '@reeve/policy';
import type { AgentController, AgentRoute } from '../auth/agent-entrance.js';
import { Outcomes } from './outcomes.service.js';

@Injectable()
export class OutcomesController implements AgentController {
  readonly routes: readonly AgentRoute[] = [
    {
      path: '/v1/outcomes',
      summary:
        'Reporting the same outcome again is harmless; a different one for the same evaluation is a 409.',
      body: outcomeJsonSchema,
      status: 201,
      handle: (caller, body) => this.outcomes.report(caller, body),
    },
    {
      path: '/v1/outcomes/ungoverned',
      summary:
        'What ran without an evaluation: nobody asked, or nobody answered. The same report_id again is harmless.',
      body: ungovernedJsonSchema,
      status: 201,
      handle: (caller, body) => this.outcomes.reportUngoverned(caller, body),
    },
  ];

  constructor(private readonly outcomes: Outcomes) {}
}
