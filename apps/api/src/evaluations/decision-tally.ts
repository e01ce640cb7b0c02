/**
 * What the decision loops of this process have done. Decisions are counted in plain numbers, which nobody reads before a
 * scrape; what is observed is observed once a batch.
 */
import type { Decision, Effect, Reason } from '@reeve/policy';
import { Histogram } from 'prom-client';
import { METRICS } from '../infra/metric-table.js';
import type { Exhausted } from '../infra/shares.js';
import type { Settled } from './settled.js';

/** How a batch was decided. */
export type Decided = 'ahead' | 'under_lock';

export class DecisionTally {
  readonly decisions = new Map<Effect, Map<Reason, number>>();
  readonly refusals: Record<Exhausted, number> = { share: 0, total: 0 };
  readonly batchSize = new Histogram({
    ...METRICS.batchSize,
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers: [],
  });
  readonly batchSeconds = new Histogram({
    ...METRICS.batchSeconds,
    buckets: [0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1, 2, 4],
    registers: [],
  });
  readonly headWait = new Histogram({
    ...METRICS.headWait,
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8],
    registers: [],
  });
  accounts = 0;
  staleBatches = 0;

  /** Durable, and about to be answered. */
  committed(decided: Decided, questions: number, seconds: number): void {
    this.batchSize.observe({ decided }, questions);
    this.batchSeconds.observe({ decided }, seconds);
  }

  settled(settled: Settled): void {
    if ('error' in settled) return;
    if ('outcomeId' in settled.answer) this.accounts += 1;
    else for (const { decision } of settled.answer) this.count(decision);
  }

  private count({ effect, reason }: Decision): void {
    let reasons = this.decisions.get(effect);
    if (reasons === undefined) this.decisions.set(effect, (reasons = new Map()));
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
}
