/** The impact of a stop, now and so far, counted from the ledger. */
import { Injectable } from '@nestjs/common';
import { Prisma } from '@reeve/db';
import type { KillScope } from '@reeve/policy';
import { Database } from '../infra/database.js';

export interface Reach {
  readonly scope: KillScope;
  readonly target: string;
  /** The tools of a tool_class. */
  readonly tools: readonly string[];
}

const RATE_MINUTES = 5;

@Injectable()
export class KillSwitchReadModel {
  constructor(private readonly database: Database) {}

  /**
   * The number of evaluations each switch refused, in these tenants. A switch began when its id was made (UUID version
   * 7).
   */
  async refused(
    tenantIds: readonly string[],
    switches: readonly { id: string; engagedAt: Date }[],
  ): Promise<Map<string, number>> {
    if (switches.length === 0) return new Map();
    const since = new Date(Math.min(...switches.map(({ engagedAt }) => engagedAt.getTime())));
    const rows = await this.database.read(
      tenantIds,
      (tx) => tx.$queryRaw<{ id: string; count: number }[]>`
        SELECT (payload::jsonb -> 'decided' -> 'detail' ->> 'id') AS id, count(*)::int AS count
        FROM audit_record
        WHERE tenant_id = ANY (${[...tenantIds]}::uuid[]) AND at >= ${since} AND kind = 'evaluation'
          AND reason IN ('kill_switch_answers_only', 'kill_switch_read_only', 'kill_switch_stopped')
        GROUP BY 1`,
    );
    return new Map(rows.map(({ id, count }) => [id, count]));
  }

  async traffic(
    tenantIds: readonly string[],
    reach: Reach,
  ): Promise<{ callsPerMinute: number; allowedLastHour: number }> {
    const [row] = await this.database.read(
      tenantIds,
      (tx) => tx.$queryRaw<{ recent: number; allowed: number }[]>`
        SELECT count(*) FILTER (WHERE at >= now() - make_interval(mins => ${RATE_MINUTES}::int))::int AS recent,
               count(*) FILTER (WHERE effect = 'allow')::int AS allowed
        FROM audit_record
        WHERE tenant_id = ANY (${[...tenantIds]}::uuid[]) AND at >= now() - interval '1 hour' AND kind = 'evaluation'
          AND ${within(reach)}`,
    );
    return { callsPerMinute: (row?.recent ?? 0) / RATE_MINUTES, allowedLastHour: row?.allowed ?? 0 };
  }
}

function within({ scope, target, tools }: Reach): Prisma.Sql {
  switch (scope) {
    case 'global':
    case 'tenant':
      return Prisma.sql`true`;
    case 'assistant':
      return Prisma.sql`assistant = ${target}`;
    case 'tool':
      return Prisma.sql`target = ${target}`;
    case 'tool_class':
      return Prisma.sql`target = ANY (${[...tools]}::text[])`;
  }
}
