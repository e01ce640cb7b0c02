/**
 * Spans in PostgreSQL. What came of one tenant at one moment is one transaction: the rows of its traces are locked, sorted,
 * what is kept of them is read, the rule of packages/telemetry says what they are now, and the rollups get the
 * difference. Everybody locks in the same order (traces, values and series, rollups, bins, spend), so nobody waits in a
 * circle.
 */
import { Injectable } from '@nestjs/common';
import type { Span } from '@reeve/telemetry';
import type pg from 'pg';
import { DomainError } from '../infra/errors.js';
import { appliedOf, isSame, readApplied, textOf } from './applied.js';
import { dayOf, windowOf, type Window } from './days.js';
import { Deltas } from './deltas.js';
import { forget } from './forget.repository.js';
import { Intake } from './intake.js';
import { namesOf, recordsetOf, rowsText } from './recordset.js';
import { writeReceipts } from './receipts.sql.js';
import { writeRollups } from './rollups.sql.js';
import { SeriesBook } from './series-book.repository.js';
import { settle, type Kept } from './settle.js';
import { contentOf, rowOf, SPAN_COLUMNS, spanOf } from './span-row.js';
import type { Delivery, SpanStore, TermsOf, Written } from './span-store.js';
import { TelemetryDatabase } from './telemetry-database.repository.js';

/** Of one trace: what comes beyond it is a loop, or somebody's one trace for everything. */
export const SPANS_OF_TRACE_MAX = 10_000;

interface Standing {
  readonly revision: number | null;
  readonly days: number;
  readonly keys: string[];
  readonly today: string;
}
interface TraceRow {
  readonly traceId: string;
  readonly day: string;
  readonly spans: number;
}

@Injectable()
export class PostgresSpanStore implements SpanStore {
  /** Days whose partitions there are. */
  private readonly days = new Set<string>();
  private readonly salts = new Map<string, Buffer>();

  constructor(
    private readonly database: TelemetryDatabase,
    private readonly series: SeriesBook,
  ) {}

  async write(
    tenantId: string,
    deliveries: readonly Delivery[],
    termsOf: TermsOf,
  ): Promise<readonly Written[]> {
    await this.makeDays(tenantId, deliveries);
    try {
      const { written, remember } = await this.database.transaction(tenantId, (client) =>
        this.writeWithin(client, tenantId, deliveries, termsOf),
      );
      remember();
      return written;
    } catch (error) {
      if ((error as { code?: unknown }).code === NO_PARTITION) this.days.clear();
      throw error;
    }
  }

  private async writeWithin(
    client: pg.PoolClient,
    tenantId: string,
    deliveries: readonly Delivery[],
    termsOf: TermsOf,
  ): Promise<{ written: readonly Written[]; remember: () => void }> {
    const { revision, days, keys, today } = await standingOf(client, tenantId, deliveries);
    const window = windowOf(today, days);
    const live = deliveries.map(({ keyId }) => keyId === null || keys.includes(keyId));
    const intake = new Intake(deliveries.filter((_, i) => live[i]));
    intake.refuse(({ start }) => outside(window, dayOf(start)));

    const traces = await lockTraces(client, tenantId, intake);
    for (const { traceId, day } of traces)
      if (day < window.oldest) intake.refuseTrace(traceId, 'trace_no_longer_kept');
    const kept = await keptOf(client, tenantId, traces);
    const terms = await termsOf(revision ?? 0);

    const dayOfTrace = new Map(traces.map(({ traceId, day }) => [traceId, day]));
    const settled = intake.traces().flatMap(([traceId, incoming]) => {
      const there = kept.get(traceId) ?? [];
      const ids = new Set(there.map(({ span }) => span.spanId));
      const room = SPANS_OF_TRACE_MAX - there.length;
      const taken = intake.atMost(incoming, room, (span) => ids.has(span.spanId), 'trace_too_long');
      return settle(there, taken, terms);
    });
    const { places, remember } = await this.series.place(
      client,
      tenantId,
      settled.map(({ contribution }) => contribution),
    );

    const deltas = new Deltas();
    const rows: object[] = [];
    const contents: object[] = [];
    const news = new Map<string, number>();
    for (const [i, { span, contribution, before, changed }] of settled.entries()) {
      const { seriesId, user } = places[i]!;
      const applied = appliedOf(contribution, seriesId, user);
      const same = before !== null && isSame(before, applied);
      if (same && !changed) continue;
      if (!same) {
        if (before !== null) deltas.takeBack(before);
        deltas.add(applied);
      }
      const day = dayOfTrace.get(span.traceId)!;
      if (before === null) news.set(span.traceId, (news.get(span.traceId) ?? 0) + 1);
      rows.push({ day, ...rowOf(span), applied: textOf(applied), applied_user: user });
      if (span.content !== null)
        contents.push({ day, trace_id: span.traceId, span_id: span.spanId, content: contentOf(span) });
    }
    await writeSpans(client, tenantId, rows, contents, news);
    await writeRollups(client, tenantId, deltas);

    const rejected = intake.rejected();
    await writeReceipts(client, tenantId, intake.deliveries, rejected);
    let next = 0;
    return { written: live.map((is) => (is ? rejected[next++]! : revoked())), remember };
  }

  /** Made before the transaction: whoever makes a partition waits for whoever is at work in its parent. */
  private async makeDays(tenantId: string, deliveries: readonly Delivery[]): Promise<void> {
    const wanted = new Set(deliveries.flatMap(({ spans }) => spans.map(({ start }) => dayOf(start))));
    const unknown = [...wanted].filter((day) => !this.days.has(day)).sort();
    if (unknown.length === 0) return;
    const [tenant] = await this.database.run<{ days: number; today: string }>(
      `SELECT telemetry_days AS days, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS today FROM tenant WHERE id = $1`,
      [tenantId],
    );
    if (tenant === undefined) return;
    const window = windowOf(tenant.today, tenant.days);
    for (const day of unknown.filter((each) => outside(window, each) === null)) {
      const [made] = await this.database.run<{ made: boolean }>('SELECT telemetry_day($1) AS made', [day]);
      if (made!.made) this.days.add(day);
    }
  }

  async saltOf(tenantId: string): Promise<Buffer> {
    const known = this.salts.get(tenantId);
    if (known !== undefined) return known;
    const salt = await this.database.transaction(tenantId, async (client) => {
      await client.query(
        `INSERT INTO telemetry_salt (tenant_id, salt)
         SELECT $1, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) ON CONFLICT DO NOTHING`,
        [tenantId],
      );
      const { rows } = await client.query<{ salt: Buffer }>(
        `SELECT salt FROM telemetry_salt WHERE tenant_id = $1`,
        [tenantId],
      );
      return rows[0]!.salt;
    });
    this.salts.set(tenantId, salt);
    return salt;
  }

  forget(): Promise<void> {
    this.days.clear();
    return forget(this.database);
  }
}

/** SQLSTATE of a row whose partition was dropped. */
const NO_PARTITION = '23514';

const revoked = () => new DomainError('unauthenticated', 'This API key is unknown, revoked or over.');

function outside({ oldest, newest }: Window, day: string) {
  if (day < oldest) return 'too_old' as const;
  return day > newest ? ('too_far_ahead' as const) : null;
}

async function standingOf(
  client: pg.PoolClient,
  tenantId: string,
  deliveries: readonly Delivery[],
): Promise<Standing> {
  const { rows } = await client.query<Standing>({
    name: 'standing',
    text: `SELECT (SELECT policy_revision FROM ledger_head WHERE tenant_id = $1) AS revision,
        (SELECT telemetry_days FROM tenant WHERE id = $1) AS days,
        ARRAY(SELECT id::text FROM api_key WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND revoked_at IS NULL) AS keys,
        to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS today`,
    values: [tenantId, [...new Set(deliveries.map(({ keyId }) => keyId).filter((id) => id !== null))]],
  });
  return rows[0]!;
}

/** Makes the rows that there are not, and locks all of them. */
async function lockTraces(client: pg.PoolClient, tenantId: string, intake: Intake): Promise<TraceRow[]> {
  const rows = intake.traces().map(([traceId, spans]) => {
    const days = spans.map(({ start }) => dayOf(start)).sort();
    return { trace_id: traceId, day: days[0], last_day: days.at(-1) };
  });
  if (rows.length === 0) return [];
  const locked = await client.query<TraceRow>({
    name: 'traces',
    text: `INSERT INTO trace AS t (tenant_id, trace_id, day, last_day)
      SELECT $2, trace_id, day, last_day FROM ${recordsetOf({ trace_id: 'uuid', day: 'date', last_day: 'date' })}
      ORDER BY trace_id
      ON CONFLICT (tenant_id, trace_id) DO UPDATE SET last_day = greatest(t.last_day, excluded.last_day)
      RETURNING replace(trace_id::text, '-', '') AS "traceId", day::text AS day, spans`,
    values: [rowsText(rows), tenantId],
  });
  return locked.rows;
}

async function keptOf(
  client: pg.PoolClient,
  tenantId: string,
  traces: readonly TraceRow[],
): Promise<Map<string, Kept[]>> {
  const there = traces.filter(({ spans }) => spans > 0);
  const kept = new Map<string, Kept[]>(there.map(({ traceId }) => [traceId, []]));
  if (there.length === 0) return kept;
  const { rows } = await client.query<Record<string, unknown>>({
    name: 'kept',
    text: `SELECT ${namesOf(Object.keys(SPAN_COLUMNS), 's.')}, s.applied, s.applied_user, c.content
      FROM span s LEFT JOIN span_content c USING (tenant_id, day, trace_id, span_id)
      WHERE s.tenant_id = $1 AND s.day = ANY ($2::date[]) AND s.trace_id = ANY ($3::uuid[])`,
    values: [tenantId, [...new Set(there.map(({ day }) => day))], there.map(({ traceId }) => traceId)],
  });
  for (const row of rows) {
    const span: Span = spanOf(row);
    const applied = readApplied(row['applied'] as string, row['applied_user'] as string | null);
    kept.get(span.traceId)?.push({ span, applied });
  }
  return kept;
}

const KEY = ['tenant_id', 'day', 'trace_id', 'span_id'];
const ROW_COLUMNS = { day: 'date', ...SPAN_COLUMNS, applied: 'text', applied_user: 'uuid' };
const CONTENT_COLUMNS = { day: 'date', trace_id: 'uuid', span_id: 'text', content: 'jsonb' };

const upsert = (table: string, columns: Readonly<Record<string, string>>): string => {
  const names = Object.keys(columns);
  const others = names.filter((name) => !KEY.includes(name));
  return `INSERT INTO ${table} (tenant_id, ${namesOf(names)})
    SELECT $2, ${namesOf(names)} FROM ${recordsetOf(columns)}
    ON CONFLICT (${KEY.join(', ')}) DO UPDATE SET ${others.map((name) => `"${name}" = excluded."${name}"`).join(', ')}`;
};
const UPSERT_SPANS = upsert('span', ROW_COLUMNS);
const UPSERT_CONTENTS = upsert('span_content', CONTENT_COLUMNS);

async function writeSpans(
  client: pg.PoolClient,
  tenantId: string,
  rows: readonly object[],
  contents: readonly object[],
  news: ReadonlyMap<string, number>,
): Promise<void> {
  if (rows.length > 0)
    await client.query({ name: 'spans', text: UPSERT_SPANS, values: [rowsText(rows), tenantId] });
  if (contents.length > 0)
    await client.query({ name: 'contents', text: UPSERT_CONTENTS, values: [rowsText(contents), tenantId] });
  if (news.size > 0)
    await client.query({
      name: 'counted',
      text: `UPDATE trace t SET spans = t.spans + r.spans FROM ${recordsetOf({ trace_id: 'uuid', spans: 'integer' })}
        WHERE t.tenant_id = $2 AND t.trace_id = r.trace_id`,
      values: [rowsText([...news].map(([trace_id, spans]) => ({ trace_id, spans }))), tenantId],
    });
}
