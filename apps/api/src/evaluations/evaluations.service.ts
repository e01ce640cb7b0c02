/** From an AuthZEN body to an AuthZEN answer: validate, ask the loop, say what it said. */
import { Injectable } from '@nestjs/common';
import {
  UNKNOWN_NAME,
  type EvaluationAnswer,
  type EvaluationRequest,
  type OutcomeReport,
  type Semantic,
  type UngovernedReport,
} from '@reeve/policy';
import { KeyRates } from '../api-keys/key-rates.service.js';
import type { Asked } from '../entrance/agent-route.js';
import { traceDecision, type Decided } from '../infra/tracing/tracing.js';
import { DecisionLoop } from './decision-loop.js';
import { answersOf, requestsOf, type ItemAnswer } from './boxcar.js';
import { answerOf, readEvaluation, readEvaluations } from './wire.js';
import type { Accounted, Evaluated, Tried, Try } from './work.js';
import type { AgentCaller } from '../auth/agent-caller.js';

/** A body, how long it was, and where it stands in its caller's trace. */
type Question = Pick<Asked, 'body' | 'bytes' | 'trace'>;

@Injectable()
export class Evaluations {
  constructor(
    private readonly loop: DecisionLoop,
    private readonly rates: KeyRates,
  ) {}

  async evaluate(caller: AgentCaller, asked: Question): Promise<EvaluationAnswer> {
    const { request, ignored } = readEvaluation(caller, asked.body);
    this.rates.countQuestions(caller.keyId, 1);
    const [evaluated] = await this.ask(caller, [request], 'execute_all', asked);
    return answerOf(evaluated!, ignored);
  }

  /** Without an `evaluations` array this is the single evaluation, as the standard has it. */
  async evaluateAll(
    caller: AgentCaller,
    asked: Question,
  ): Promise<EvaluationAnswer | { evaluations: ItemAnswer[] }> {
    const several = readEvaluations(caller, asked.body);
    if (several === null) return this.evaluate(caller, asked);
    const { items, semantic } = several;
    this.rates.countQuestions(caller.keyId, items.length);
    const requests = requestsOf(items, semantic);
    const evaluated = requests.length === 0 ? [] : await this.ask(caller, requests, semantic, asked);
    return { evaluations: answersOf(items, evaluated, semantic) };
  }

  private async ask(
    caller: AgentCaller,
    requests: readonly EvaluationRequest[],
    semantic: Semantic,
    { bytes, trace }: Question,
  ): Promise<readonly Evaluated[]> {
    const began = trace === undefined ? 0 : Date.now();
    const evaluated = await this.loop.submit({ kind: 'ask', caller, requests, semantic, bytes });
    if (trace !== undefined) for (const one of evaluated) traceDecision(trace, began, tracedOf(caller, one));
    return evaluated;
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

const tracedOf = (
  { tenantId }: AgentCaller,
  { id, decision, policyRevision, named }: Evaluated,
): Decided => ({
  evaluationId: id,
  tenantId,
  effect: decision.effect,
  reason: decision.reason,
  mode: decision.mode,
  policyRevision,
  assistant: named.assistant,
  type: named.type ?? UNKNOWN_NAME,
  target: named.target ?? UNKNOWN_NAME,
});
