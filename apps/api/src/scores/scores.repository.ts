import { Injectable } from '@nestjs/common';
import { Database } from '../infra/database.js';
import type { NewScore } from './score.js';

@Injectable()
export class ScoresRepository {
  constructor(private readonly database: Database) {}

  /** Each id once. */
  async put(tenantId: string, scores: readonly NewScore[]): Promise<void> {
    const rows = JSON.stringify(scores);
    await this.database.note(
      tenantId,
      (tx) => tx.$executeRaw`
        INSERT INTO score AS s (tenant_id, source, external_id, name, value, text, comment, trace_id, span_id, thread, at, updated_at)
        SELECT ${tenantId}::uuid, n.source, n."externalId", n.name, n.value, n.text, n.comment, n."traceId", n."spanId", n.thread, n.at, n."updatedAt"
        FROM jsonb_to_recordset(${rows}::jsonb) AS n (source text, "externalId" text, name text, value float8, text text, comment text,
          "traceId" text, "spanId" text, thread text, at timestamptz, "updatedAt" timestamptz)
        ORDER BY 2, 3
        ON CONFLICT (tenant_id, source, external_id) DO UPDATE SET name = excluded.name, value = excluded.value, text = excluded.text,
          comment = excluded.comment, trace_id = excluded.trace_id, span_id = excluded.span_id, thread = excluded.thread,
          at = excluded.at, updated_at = excluded.updated_at
        WHERE (excluded.updated_at, excluded.at) >= (s.updated_at, s.at)`,
    );
  }
}
