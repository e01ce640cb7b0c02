/** What came in, when, and what of it was not taken: partial success is never retried, so it has to stay visible. */
import type pg from 'pg';
import { recordsetOf, rowsText } from './recordset.js';
import type { Delivery, Rejection } from './span-store.js';

const RECEIPTS = `INSERT INTO receipt AS t (tenant_id, receiver, at, requests, accepted, rejected)
  SELECT $2, receiver, floor(extract(epoch FROM now()) / 60)::int, count(*), sum(accepted), sum(rejected)
  FROM ${recordsetOf({ receiver: 'text', accepted: 'bigint', rejected: 'bigint' })} GROUP BY receiver ORDER BY receiver
  ON CONFLICT (tenant_id, receiver, at) DO UPDATE SET requests = t.requests + excluded.requests,
    accepted = t.accepted + excluded.accepted, rejected = t.rejected + excluded.rejected`;

/** The newest sample is the one to look at. */
const REJECTIONS = `INSERT INTO telemetry_rejection AS t (tenant_id, receiver, reason, count, first_at, last_at, sample)
  SELECT $2, receiver, reason, sum(count), now(), now(), min(sample)
  FROM ${recordsetOf({ receiver: 'text', reason: 'text', count: 'bigint', sample: 'text' })}
  GROUP BY receiver, reason ORDER BY receiver, reason
  ON CONFLICT (tenant_id, receiver, reason) DO UPDATE SET count = t.count + excluded.count, last_at = excluded.last_at,
    sample = excluded.sample`;

const SAMPLE_CHARACTERS = 300;

export async function writeReceipts(
  client: pg.PoolClient,
  tenantId: string,
  deliveries: readonly Delivery[],
  rejected: readonly (readonly Rejection[])[],
): Promise<void> {
  if (deliveries.length === 0) return;
  const receipts = deliveries.map(({ receiver, spans, rejected: before }, i) => {
    const lost = countOf(rejected[i]!);
    return { receiver, accepted: spans.length + countOf(before) - lost, rejected: lost };
  });
  await client.query({ name: 'receipts', text: RECEIPTS, values: [rowsText(receipts), tenantId] });
  const rows = deliveries.flatMap(({ receiver }, i) =>
    rejected[i]!.map((each) => ({ receiver, ...each, sample: each.sample.slice(0, SAMPLE_CHARACTERS) })),
  );
  if (rows.length > 0)
    await client.query({ name: 'rejections', text: REJECTIONS, values: [rowsText(rows), tenantId] });
}

const countOf = (rejected: readonly Rejection[]): number =>
  rejected.reduce((sum, { count }) => sum + count, 0);
