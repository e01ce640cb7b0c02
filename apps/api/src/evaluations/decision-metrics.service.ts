/** The loop's part of /metrics. Nothing here runs before somebody scrapes. */
import { Injectable } from '@nestjs/common';
import { Counter, Gauge, type Metric } from 'prom-client';
import { METRICS } from '../infra/metric-table.js';
import { DecisionLoop } from './decision-loop.js';

@Injectable()
export class DecisionMetrics {
  constructor(private readonly loop: DecisionLoop) {}

  metrics(): Metric[] {
    const { tally } = this.loop;
    return [...this.counters(), tally.batchSize, tally.batchSeconds, tally.headWait, ...this.gauges()];
  }

  private counters(): Metric[] {
    const { tally } = this.loop;
    return [
      new Counter({
        ...METRICS.decisions,
        registers: [],
        collect() {
          this.reset();
          for (const [effect, reasons] of tally.decisions)
            for (const [reason, count] of reasons) this.inc({ effect, reason }, count);
        },
      }),
      new Counter({
        ...METRICS.refusals,
        registers: [],
        collect() {
          this.reset();
          this.inc({ exhausted: 'share' }, tally.refusals.share);
          this.inc({ exhausted: 'total' }, tally.refusals.total);
        },
      }),
      new Counter({
        ...METRICS.accounts,
        registers: [],
        collect() {
          this.reset();
          this.inc(tally.accounts);
        },
      }),
      new Counter({
        ...METRICS.staleBatches,
        registers: [],
        collect() {
          this.reset();
          this.inc(tally.staleBatches);
        },
      }),
    ];
  }

  private gauges(): Metric[] {
    const { loop } = this;
    return [
      new Gauge({
        ...METRICS.waitingRequests,
        registers: [],
        collect() {
          for (const [tenantClass, { items }] of loop.waiting())
            this.set({ tenant_class: tenantClass }, items);
        },
      }),
      new Gauge({
        ...METRICS.waitingTenants,
        registers: [],
        collect() {
          for (const [tenantClass, { tenants }] of loop.waiting())
            this.set({ tenant_class: tenantClass }, tenants);
        },
      }),
      new Gauge({
        ...METRICS.undecided,
        registers: [],
        collect() {
          this.set(loop.undecided);
        },
      }),
    ];
  }
}
