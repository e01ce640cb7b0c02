/** OpenID AuthZEN Authorization API 1.0, the PDP's side: the evaluation endpoints. Answered once the records are durable. */
import { Injectable } from '@nestjs/common';
import { evaluationJsonSchema, evaluationsJsonSchema } from '@reeve/policy';
import type { AgentController, AgentRoute } from '../entrance/agent-route.js';
import { jsonAnswer, jsonBody } from '../entrance/json.js';
import { Evaluations } from './evaluations.service.js';

/** As the standard has it: whatever is no JSON is a malformed request. */
const NO_JSON = { text: 'bad_request', contentType: 'bad_request' } as const;

@Injectable()
export class AuthZenController implements AgentController {
  readonly prefix = '/access/v1';
  readonly routes: readonly AgentRoute[] = [
    {
      method: 'POST',
      scope: 'decisions',
      path: '/evaluation',
      summary: 'May this subject do this action to this resource in this context?',
      body: jsonBody(evaluationJsonSchema, NO_JSON),
      answer: jsonAnswer(200),
      handle: (caller, asked) => this.evaluations.evaluate(caller, asked),
    },
    {
      method: 'POST',
      scope: 'decisions',
      path: '/evaluations',
      summary:
        'Several questions at adjacent places of the order; options.evaluations_semantic says when to stop.',
      body: jsonBody(evaluationsJsonSchema, NO_JSON),
      answer: jsonAnswer(200),
      handle: (caller, asked) => this.evaluations.evaluateAll(caller, asked),
    },
  ];

  constructor(private readonly evaluations: Evaluations) {}
}
