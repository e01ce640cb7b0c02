/** Accounting: what came of an evaluation, reported by the PEP. Reeve's own route, so unknown members are refused (422). */
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CurrentCaller } from '../auth/current.js';
import { Agent } from '../auth/permission.js';
import type { AgentCaller } from '../evaluations/work.js';
import { Outcomes } from './outcomes.service.js';

@Controller()
export class OutcomesController {
  constructor(private readonly outcomes: Outcomes) {}

  /** Reporting the same outcome again is harmless; a different one for the same evaluation is a 409. */
  @Agent()
  @Post('v1/outcomes')
  @HttpCode(201)
  report(@CurrentCaller() caller: AgentCaller, @Body() body: unknown) {
    return this.outcomes.report(caller, body);
  }
}
