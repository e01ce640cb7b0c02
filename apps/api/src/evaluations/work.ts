/** What arrives at the decision loop: questions and accounts, each with who asks and a promise of an answer. */
import type { Decision, EvaluationRequest, OutcomeReport, Semantic, UngovernedReport } from '@reeve/policy';
import type { AgentCaller } from '../auth/agent-caller.js';

/** One decided question: its record's id and the decision. */
export interface Evaluated {
  readonly id: string;
  readonly decision: Decision;
  readonly policyRevision: number;
}

interface Asked {
  readonly caller: AgentCaller;
  /** What it took on the wire, where that is known. */
  readonly bytes?: number;
}

/** Questions of one HTTP request: decided in order, at adjacent places of the total order. */
export interface Ask extends Asked {
  readonly kind: 'ask';
  readonly requests: readonly EvaluationRequest[];
  readonly semantic: Semantic;
}

/** What came of an evaluation. */
export interface Account extends Asked {
  readonly kind: 'account';
  readonly report: OutcomeReport;
}

/** What ran without one. */
export interface AccountUngoverned extends Asked {
  readonly kind: 'ungoverned';
  readonly report: UngovernedReport;
}

export interface Accounted {
  readonly outcomeId: string;
  /** Executed arguments equal the authorised ones; null when not reported. */
  readonly argumentsMatch: boolean | null;
  /** Something ran that no evaluation had allowed. */
  readonly ungoverned: boolean;
}

export type Work = Ask | Account | AccountUngoverned;
export type AnswerTo<W extends Work> = W extends Ask ? readonly Evaluated[] : Accounted;
