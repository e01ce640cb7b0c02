/** Accounting: what came of an evaluation, reported by the PEP. Reeve's own route, so unknown members are refused (422). */
import { Injectable } from '@nestjs/common';
import { outcomeJsonSchema, ungovernedJsonSchema } from '@reeve/policy';
import type { AgentController, AgentRoute } from '../entrance/agent-route.js';
import { jsonAnswer, jsonBody } from '../entrance/json.js';
import { Outcomes } from './outcomes.service.js';

const NO_JSON = { text: 'invalid', contentType: 'unsupported_media_type' } as const;

@Injectable()
export class OutcomesController implements AgentController {
  readonly prefix = '/v1/outcomes';
  readonly routes: readonly AgentRoute[] = [
    {
      method: 'POST',
      scope: 'decisions',
      path: '',
      summary:
        'Reporting the same outcome again is harmless; a different one for the same evaluation is a 409.',
      body: jsonBody(outcomeJsonSchema, NO_JSON),
      answer: jsonAnswer(201),
      handle: (caller, { body, bytes }) => this.outcomes.report(caller, body, bytes),
    },
    {
      method: 'POST',
      scope: 'decisions',
      path: '/ungoverned',
      summary:
        'What ran without an evaluation: nobody asked, or nobody answered. The same report_id again is harmless.',
      body: jsonBody(ungovernedJsonSchema, NO_JSON),
      answer: jsonAnswer(201),
      handle: (caller, { body, bytes }) => this.outcomes.reportUngoverned(caller, body, bytes),
    },
  ];

  constructor(private readonly outcomes: Outcomes) {}
}
