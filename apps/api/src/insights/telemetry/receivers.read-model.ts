/** What comes in and what of it is not taken; and which dimensions have more values than are told apart. */
import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database.js';

export interface ReceiverRow {
  readonly tenantId: string;
  readonly receiver: string;
  readonly lastSeen: Date | null;
  readonly perMinute: number;
  readonly accepted: number;
  readonly rejected: number;
}
export interface RejectionRow {
  readonly tenantId: string;
  readonly receiver: string;
  readonly reason: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly sample: string;
}
export interface FoldedRow {
  readonly tenantId: string;
  readonly dimension: string;
  readonly values: number;
  readonly folded: number;
}

const RATE_MINUTES = 5;
const DAY_MINUTES = 1440;

@Injectable()
export class ReceiversReadModel {
  constructor(private readonly database: Database) {}

  /** `now`: minutes since 1970. */
  read(
    tenantIds: readonly string[],
    now: number,
  ): Promise<{ receivers: ReceiverRow[]; rejections: RejectionRow[] }> {
    const ids = [...tenantIds];
    return this.database.read(tenantIds, async (tx) => ({
      receivers: await tx.$queryRaw<ReceiverRow[]>`
        SELECT tenant_id AS "tenantId", receiver, to_timestamp(max(at)::float8 * 60) AS "lastSeen",
               coalesce(sum(accepted) FILTER (WHERE at >= ${now - RATE_MINUTES} AND at < ${now}), 0)::float8 / ${RATE_MINUTES}::int AS "perMinute",
               coalesce(sum(accepted) FILTER (WHERE at > ${now - DAY_MINUTES}), 0)::float8 AS accepted,
               coalesce(sum(rejected) FILTER (WHERE at > ${now - DAY_MINUTES}), 0)::float8 AS rejected
        FROM receipt WHERE tenant_id = ANY (${ids}::uuid[]) GROUP BY 1, 2 ORDER BY 1, 2`,
      rejections: await tx.$queryRaw<RejectionRow[]>`
        SELECT tenant_id AS "tenantId", receiver, reason, count::float8 AS count, first_at AS "firstAt", last_at AS "lastAt", sample
        FROM telemetry_rejection WHERE tenant_id = ANY (${ids}::uuid[]) ORDER BY last_at DESC, reason`,
    }));
  }

  folded(tenantIds: readonly string[]): Promise<FoldedRow[]> {
    return this.database.read(
      tenantIds,
      (tx) => tx.$queryRaw<FoldedRow[]>`
        SELECT tenant_id AS "tenantId", dimension, count(*) FILTER (WHERE NOT folded)::int AS values,
               count(*) FILTER (WHERE folded)::int AS folded
        FROM dimension_value WHERE tenant_id = ANY (${[...tenantIds]}::uuid[])
        GROUP BY 1, 2 HAVING bool_or(folded) ORDER BY 1, 2`,
    );
  }
}
