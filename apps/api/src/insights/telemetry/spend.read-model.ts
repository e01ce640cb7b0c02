/** Tokens and cost, by whatever dimensions, by user, or over time. */
import { Injectable } from '@nestjs/common';
import { Prisma } from '@reeve/db';
import { Database } from '../../infra/database.js';
import type { Range } from './range.js';
import type { SeriesDimension, SeriesFilter } from './series-filter.js';
import { columnOf, seriesWhere, SPEND, within } from './series.read-model.js';
import type { Spend } from './telemetry.model.js';

/** The sums of a row; money in 1e-12 USD. */
export interface SpendSums extends Omit<Spend, 'costUsd'> {
  readonly cost: string;
}

const ROWS = 500;
const USERS = 100;

@Injectable()
export class SpendReadModel {
  constructor(private readonly database: Database) {}

  by(
    tenantIds: readonly string[],
    dimensions: readonly SeriesDimension[],
    range: Range,
    filter: SeriesFilter,
  ): Promise<(SpendSums & { tenantId: string; keys: (string | null)[] })[]> {
    const keys = Prisma.join(dimensions.map(columnOf), ', ');
    return this.database.read(
      tenantIds,
      (tx) => tx.$queryRaw`
        SELECT s.tenant_id AS "tenantId", ARRAY[${keys}] AS keys, ${SPEND}
        FROM series s JOIN rollup r ON ${within(range)} WHERE ${seriesWhere(tenantIds, filter)} AND s.role = 'call'
        GROUP BY 1, 2 HAVING sum(r.calls) > 0
        ORDER BY sum(r.cost_sent) + sum(r.cost_priced) DESC, sum(r.calls) DESC, 2 LIMIT ${ROWS}`,
    );
  }

  byUser(
    tenantIds: readonly string[],
    { from, to }: Range,
  ): Promise<(SpendSums & { tenantId: string; user: string })[]> {
    return this.database.read(
      tenantIds,
      (tx) => tx.$queryRaw`
        SELECT r.tenant_id AS "tenantId", r.user_ref::text AS user, ${SPEND}
        FROM user_spend r WHERE r.tenant_id = ANY (${[...tenantIds]}::uuid[]) AND r.at >= ${from} AND r.at < ${to}
        GROUP BY 1, 2 HAVING sum(r.calls) > 0
        ORDER BY sum(r.cost_sent) + sum(r.cost_priced) DESC, sum(r.calls) DESC, 2 LIMIT ${USERS}`,
    );
  }

  over(
    tenantIds: readonly string[],
    range: Range,
    bucketMinutes: number,
    filter: SeriesFilter,
  ): Promise<(SpendSums & { at: number })[]> {
    return this.database.read(
      tenantIds,
      (tx) => tx.$queryRaw`
        SELECT r.at / ${bucketMinutes}::int * ${bucketMinutes}::int AS at, ${SPEND}
        FROM series s JOIN rollup r ON ${within(range)} WHERE ${seriesWhere(tenantIds, filter)}
        GROUP BY 1 HAVING sum(r.spans) > 0 ORDER BY 1`,
    );
  }
}
