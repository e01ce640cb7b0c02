/** From an AuthZEN body to an AuthZEN answer: validate, ask the loop, say what it said. */
import { Injectable } from '@nestjs/common';
import type { EvaluationAnswer, OutcomeReport, UngovernedReport } from '@reeve/policy';
import { KeyRates } from '../api-keys/key-rates.service.js';
import { DecisionLoop } from './decision-loop.js';
import { answersOf, requestsOf, type ItemAnswer } from './boxcar.js';
import { answerOf, readEvaluation, readEvaluations } from './wire.js';
import type { Accounted, Tried, Try } from './work.js';
import type { AgentCaller } from '../auth/agent-caller.js';

@Injectable()
export class Evaluations {
  constructor(
    private readonly loop: DecisionLoop,
    private readonly rates: KeyRates,
  ) {}

  /** `bytes`: how long the body was. */
  async evaluate(caller: AgentCaller, body: unknown, bytes: number): Promise<EvaluationAnswer> {
    const { request, ignored } = readEvaluation(caller, body);
    this.rates.countQuestions(caller.keyId, 1);
    const [evaluated] = await this.loop.submit({
      kind: 'ask',
      caller,
      requests: [request],
      semantic: 'execute_all',
      bytes,
    });
    return answerOf(evaluated!, ignored);
  }

  /** Without an `evaluations` array this is the single evaluation, as the standard has it. */
  async evaluateAll(
    caller: AgentCaller,
    body: unknown,
    bytes: number,
  ): Promise<EvaluationAnswer | { evaluations: ItemAnswer[] }> {
    const asked = readEvaluations(caller, body);
    if (asked === null) return this.evaluate(caller, body, bytes);
    const { items, semantic } = asked;
    this.rates.countQuestions(caller.keyId, items.length);
    const requests = requestsOf(items, semantic);
    const evaluated =
      requests.length === 0 ? [] : await this.loop.submit({ kind: 'ask', caller, requests, semantic, bytes });
    return { evaluations: answersOf(items, evaluated, semantic) };
  }

  /** What would be decided; nothing is recorded. It costs what so many questions do. */
  async try(
    caller: AgentCaller,
    { size, requestsOf }: Pick<Try, 'size' | 'requestsOf'>,
  ): Promise<readonly Tried[]> {
    this.rates.countQuestions(caller.keyId, size);
    return this.loop.submit({ kind: 'try', caller, size, requestsOf });
  }

  /** What came of an evaluation, at its own place of the same order. */
  account(caller: AgentCaller, report: OutcomeReport, bytes: number): Promise<Accounted> {
    return this.loop.submit({ kind: 'account', caller, report, bytes });
  }

  /** What ran although nobody asked, or was answered; told by whom it concerns. */
  accountUngoverned(caller: AgentCaller, report: UngovernedReport, bytes: number): Promise<Accounted> {
    return this.loop.submit({ kind: 'ungoverned', caller, report, bytes });
  }
}
