/** A stage, and what it may look at beside the request. */
import type { OutcomeReport } from './contract/outcome.js';
import type { Meter } from './expressions/meter.js';
import type { Finding } from './finding.js';
import type { CompiledPolicy } from './document/compile.js';
import type { Kind } from './state/kind.js';
import type { Move } from './state/move.js';
import type { States } from './state/states.js';
import type { Effect, EvaluationRequest, KillSwitch, ResourceFacts, SubjectFacts } from './vocabulary.js';

/** Everything a decision may look at beside the request. Loaded at one point of the tenant's total order. */
export interface Facts {
  /** The id of this very evaluation: a state may be held by it until its outcome comes. */
  readonly id: string;
  /** Epoch milliseconds at that point, from the database; never earlier than the record before it. */
  readonly now: number;
  /** The credential that asks: the assistants it may speak for (empty: any of the tenant). */
  readonly caller: { readonly id: string; readonly assistants: readonly string[] };
  /** null: the tenant knows no such subject. */
  readonly subject: SubjectFacts | null;
  /** Of a type beside tools; null or absent: the tenant has not registered it. */
  readonly resource?: ResourceFacts | null;
  /** Switches in force, global ones included. */
  readonly switches: readonly KillSwitch[];
  readonly policy: CompiledPolicy;
  /** State as decisions and outcomes before this one have left it. */
  readonly state: States;
}

/** A report of something that ran, or did not. */
export type Report = Pick<OutcomeReport, 'status'> & Partial<Omit<OutcomeReport, 'evaluation_id'>>;

/** An evaluation and what came of it: stages move state by it. */
export interface Outcome {
  /** The evaluation's id, and its time in epoch milliseconds: what became of the state since then is not its own. */
  readonly id: string;
  readonly decidedAt: number;
  readonly request: EvaluationRequest;
  readonly effect: Effect;
  readonly report: Report;
}

/** One question. Pure: no I/O, no clock, no randomness, no knowledge of its neighbours. */
export interface Stage {
  readonly name: string;
  /** The question, as people would ask it. */
  readonly question: string;
  /** The kinds of state that it looks at or moves: they are loaded for it, written after it and nothing else is. */
  readonly kinds?: readonly Kind[];
  /** The check. What it looks at, it pays for: the stages of one decision share the meter. */
  check(request: EvaluationRequest, facts: Facts, meter?: Meter): Finding;
  /** The moves of an outcome; `allowed` means that its evaluation was. */
  account?(outcome: Outcome, facts: Pick<Facts, 'now' | 'policy' | 'state'>): readonly Move[];
}
