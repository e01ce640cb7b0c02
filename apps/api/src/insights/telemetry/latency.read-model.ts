/** Latency by node, model or tool. Percentiles are of the bins of everything within the time, never of percentiles. */
import { Injectable } from '@nestjs/common';
import { Prisma } from '@reeve/db';
import { Database } from '../../infra/database.js';
import type { Range } from './range.js';
import type { SeriesFilter } from './series-filter.js';
import { columnOf, seriesWhere, within } from './series.read-model.js';
import type { LatencyOf } from './telemetry.model.js';

/** Bins instead of durations: what a bin stands for is the sketch's to say. */
export interface LatencyRow {
  readonly tenantId: string;
  readonly name: string | null;
  readonly count: number;
  readonly timed: number;
  readonly errors: number;
  readonly latencyNs: string;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** A node is visited, a model called, a tool called: nothing is in two of them. */
const ROLE: Readonly<Record<LatencyOf, string>> = { node: 'visit', model: 'call', tool: 'tool' };
const ROWS = 500;

@Injectable()
export class LatencyReadModel {
  constructor(private readonly database: Database) {}

  read(
    tenantIds: readonly string[],
    of: LatencyOf,
    range: Range,
    filter: SeriesFilter,
  ): Promise<LatencyRow[]> {
    const chosen = Prisma.sql`${seriesWhere(tenantIds, filter)} AND s.role = ${ROLE[of]}`;
    const name = columnOf(of);
    return this.database.read(
      tenantIds,
      (tx) => tx.$queryRaw<LatencyRow[]>`
        WITH counted AS (
          SELECT s.tenant_id, ${name} AS name, sum(r.spans) AS count, sum(r.timed) AS timed, sum(r.errors) AS errors,
                 sum(r.latency_ns) AS latency_ns
          FROM series s JOIN rollup r ON ${within(range)} WHERE ${chosen} GROUP BY 1, 2 HAVING sum(r.spans) > 0
        ), bins AS (
          SELECT s.tenant_id, ${name} AS name, r.bin, sum(r.n) AS n
          FROM series s JOIN latency_bin r ON ${within(range)} WHERE ${chosen} GROUP BY 1, 2, 3 HAVING sum(r.n) > 0
        ), ranked AS (
          SELECT tenant_id, name, bin, sum(n) OVER (PARTITION BY tenant_id, name ORDER BY bin) AS upto,
                 sum(n) OVER (PARTITION BY tenant_id, name) AS total
          FROM bins
        ), ranks AS (
          SELECT tenant_id, name, min(bin) FILTER (WHERE upto >= 0.5 * total) AS p50,
                 min(bin) FILTER (WHERE upto >= 0.95 * total) AS p95, min(bin) FILTER (WHERE upto >= 0.99 * total) AS p99
          FROM ranked GROUP BY 1, 2
        )
        SELECT c.tenant_id AS "tenantId", c.name, c.count::int AS count, c.timed::int AS timed, c.errors::int AS errors,
               c.latency_ns::text AS "latencyNs", p.p50, p.p95, p.p99
        FROM counted c LEFT JOIN ranks p ON p.tenant_id = c.tenant_id AND p.name IS NOT DISTINCT FROM c.name
        ORDER BY c.count DESC, c.name LIMIT ${ROWS}`,
    );
  }
}
