/** OpenID AuthZEN Authorization API 1.0, the PDP's side: the evaluation endpoints. Answered once the records are durable. */
import { Injectable } from '@nestjs/common';
import { evaluationJsonSchema, evaluationsJsonSchema } from '@reeve/policy';
import type { AgentController, AgentRoute } from '../auth/agent-entrance.js';
import { Evaluations } from './evaluations.service.js';

@Injectable()
export class AuthZenController implements AgentController {
  readonly routes: readonly AgentRoute[] = [
    {
      path: '/access/v1/evaluation',
      summary: 'May this subject do this action to this resource in this context?',
      body: evaluationJsonSchema,
      status: 200,
      handle: (caller, body) => this.evaluations.evaluate(caller, body),
    },
    {
      path: '/access/v1/evaluations',
      summary:
        'Several questions at adjacent places of the order; options.evaluations_semantic says when to stop.',
      body: evaluationsJsonSchema,
      status: 200,
      handle: (caller, body) => this.evaluations.evaluateAll(caller, body),
    },
  ];

  constructor(private readonly evaluations: Evaluations) {}
}
