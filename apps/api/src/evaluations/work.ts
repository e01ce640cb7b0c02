/** What arrives at the decision loop: questions and accounts, each with who asks and a promise of an answer. */
import type {
  CompiledPolicy,
  Decision,
  EvaluationRequest,
  OutcomeReport,
  Semantic,
  UngovernedReport,
} from '@reeve/policy';
import type { AgentCaller } from '../auth/agent-caller.js';

/** What was asked about, as far as the policy names it. */
export interface Named {
  readonly assistant: string | null;
  readonly action: string | null;
  readonly type: string | null;
  readonly target: string | null;
}

/** One decided question: its record's id and the decision. */
export interface Evaluated {
  readonly named: Named;
  readonly id: string;
  readonly decision: Decision;
  readonly policyRevision: number;
}

interface Asked {
  readonly caller: AgentCaller;
  /** What it took on the wire, where that is known. */
  readonly bytes?: number;
}

/** Questions of one HTTP request: decided in order; more than a turn's worth in several transactions (parts.ts). */
export interface Ask extends Asked {
  readonly kind: 'ask';
  readonly requests: readonly EvaluationRequest[];
  readonly semantic: Semantic;
}

/** Questions that nobody asks: what would be decided, at a place of the order. Nothing of it is recorded or spent. */
export interface Try extends Asked {
  readonly kind: 'try';
  /** At most so many. */
  readonly size: number;
  /** By the policy that they are decided by. */
  requestsOf(policy: CompiledPolicy): readonly EvaluationRequest[];
}

export interface Tried {
  readonly request: EvaluationRequest;
  readonly decision: Decision;
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

export type Work = Ask | Try | Account | AccountUngoverned;
export type AnswerTo<W extends Work> = W extends Ask
  ? readonly Evaluated[]
  : W extends Try
    ? readonly Tried[]
    : Accounted;
