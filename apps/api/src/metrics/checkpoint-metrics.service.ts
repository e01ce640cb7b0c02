/** PostgreSQL's part of /metrics. A database that does not answer costs a scrape this part, and little time. */
import { Injectable } from '@nestjs/common';
import { Counter, Gauge, type Metric } from 'prom-client';
import { METRICS } from '../infra/metric-table.js';
import { CheckpointsRepository, type Checkpoints } from './checkpoints.repository.js';

/** Sooner than who scrapes stops to listen. */
const DEADLINE_MS = 2_000;

@Injectable()
export class CheckpointMetrics {
  private asking: Promise<Checkpoints | null> | undefined;

  constructor(private readonly repository: CheckpointsRepository) {}

  metrics(): Metric[] {
    const read = () => this.read();
    return [
      new Gauge({
        ...METRICS.postgresUp,
        registers: [],
        async collect() {
          this.set((await read()) === null ? 0 : 1);
        },
      }),
      new Counter({
        ...METRICS.checkpoints,
        registers: [],
        async collect() {
          const checkpoints = await read();
          this.reset();
          if (checkpoints === null) return;
          this.inc({ cause: 'timed' }, checkpoints.timed);
          this.inc({ cause: 'requested' }, checkpoints.requested);
        },
      }),
      new Counter({
        ...METRICS.checkpointSeconds,
        registers: [],
        async collect() {
          const checkpoints = await read();
          this.reset();
          if (checkpoints === null) return;
          this.inc({ phase: 'write' }, checkpoints.writeMs / 1000);
          this.inc({ phase: 'sync' }, checkpoints.syncMs / 1000);
        },
      }),
    ];
  }

  /** null where there is no answer in time. What is asked while a question is out shares its answer. */
  private async read(): Promise<Checkpoints | null> {
    this.asking ??= this.repository
      .read()
      .catch(() => null)
      .finally(() => (this.asking = undefined));
    let late: NodeJS.Timeout | undefined;
    const deadline = new Promise<null>((settle) => (late = setTimeout(settle, DEADLINE_MS, null)));
    return Promise.race([this.asking, deadline]).finally(() => clearTimeout(late));
  }
}
