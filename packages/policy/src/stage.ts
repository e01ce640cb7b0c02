/** A stage, and what it may look at beside the request. */
import type { Meter } from './expressions/meter.js';
import type { CompiledPolicy } from './document/compile.js';
import type { EvaluationRequest, Finding, KillSwitch, QuotaLog, SubjectFacts } from './vocabulary.js';

/** Everything a decision may look at beside the request. Loaded at one point of the tenant's total order. */
export interface Facts {
  /** Epoch milliseconds at that point, from the database; never earlier than the record before it. */
  readonly now: number;
  /** The credential that asks: the assistants it may speak for (empty: any of the tenant). */
  readonly caller: { readonly id: string; readonly assistants: readonly string[] };
  /** null: the tenant knows no such subject. */
  readonly subject: SubjectFacts | null;
  /** Switches in force, global ones included. */
  readonly switches: readonly KillSwitch[];
  readonly policy: CompiledPolicy;
  /** Spends so far, by quota key; a key that is absent has not been spent from. */
  readonly quotaUse: ReadonlyMap<string, QuotaLog>;
}

/** One question. Pure: no I/O, no clock, no randomness, no knowledge of its neighbours. */
export interface Stage {
  readonly name: string;
  /** The check. What it looks at, it pays for: the stages of one decision share the meter. */
  check(request: EvaluationRequest, facts: Facts, meter?: Meter): Finding;
}
