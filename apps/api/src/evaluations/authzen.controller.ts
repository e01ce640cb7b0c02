/** OpenID AuthZEN Authorization API 1.0, the PDP's side: the evaluation endpoints and the metadata document. */
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { Agent, Public } from '../auth/permission.js';
import { CurrentCaller } from '../auth/current.js';
import { Evaluations } from './evaluations.service.js';
import { Metadata } from './metadata.js';
import type { AgentCaller } from './work.js';

@Controller()
export class AuthZenController {
  constructor(
    private readonly evaluations: Evaluations,
    private readonly metadata: Metadata,
  ) {}

  /** May this subject do this action to this resource in this context? Answered once the record is durable. */
  @Agent()
  @Post('access/v1/evaluation')
  @HttpCode(200)
  evaluation(@CurrentCaller() caller: AgentCaller, @Body() body: unknown) {
    return this.evaluations.evaluate(caller, body);
  }

  /** Several questions at adjacent places of the tenant's order; `options.evaluations_semantic` says when to stop. */
  @Agent()
  @Post('access/v1/evaluations')
  @HttpCode(200)
  allEvaluations(@CurrentCaller() caller: AgentCaller, @Body() body: unknown) {
    return this.evaluations.evaluateAll(caller, body);
  }

  /** Where this PDP's endpoints are (AuthZEN 1.0, PDP metadata). */
  @Public()
  @Get('.well-known/authzen-configuration')
  configuration() {
    return this.metadata.document();
  }
}
