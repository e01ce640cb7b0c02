/** Adds differences to the rollups. Rows are written in one order, everywhere: two processes never wait for each other. */
import type pg from 'pg';
import type { Deltas } from './deltas.js';
import { namesOf, recordsetOf, rowsText } from './recordset.js';
import { SPEND_COLUMNS, SUM_COLUMNS } from './sums.js';

const adding = (
  table: string,
  keys: Readonly<Record<string, string>>,
  sums: Readonly<Record<string, string>>,
): string => {
  const columns = { ...keys, ...sums };
  const names = namesOf(Object.keys(columns));
  const added = Object.keys(sums).map((name) => `"${name}" = t."${name}" + excluded."${name}"`);
  return `INSERT INTO ${table} AS t (tenant_id, ${names})
    SELECT $2, ${names} FROM ${recordsetOf(columns)} ORDER BY ${namesOf(Object.keys(keys))}
    ON CONFLICT (tenant_id, ${namesOf(Object.keys(keys))}) DO UPDATE SET ${added.join(', ')}`;
};
const numerics = (columns: readonly string[]) => Object.fromEntries(columns.map((name) => [name, 'numeric']));

const SERIES_KEY = { grain: 'text', at: 'integer', series_id: 'bigint' };
const ROLLUPS = adding('rollup', SERIES_KEY, numerics(SUM_COLUMNS));
const BINS = adding('latency_bin', { ...SERIES_KEY, bin: 'integer' }, { n: 'bigint' });
const SPEND = adding('user_spend', { at: 'integer', user_ref: 'uuid' }, numerics(SPEND_COLUMNS));

export async function writeRollups(client: pg.PoolClient, tenantId: string, deltas: Deltas): Promise<void> {
  const write = async (name: string, text: string, rows: readonly object[]) => {
    if (rows.length > 0) await client.query({ name, text, values: [rowsText(rows), tenantId] });
  };
  const sums = (columns: readonly string[], of: readonly bigint[]) =>
    Object.fromEntries(columns.map((name, i) => [name, String(of[i])]));
  await write(
    'rollups',
    ROLLUPS,
    deltas.rollups().map(({ grain, at, seriesId, sums: of }) => ({
      grain,
      at,
      series_id: seriesId,
      ...sums(SUM_COLUMNS, of),
    })),
  );
  await write(
    'bins',
    BINS,
    deltas
      .latencyBins()
      .map(({ grain, at, seriesId, bin, n }) => ({ grain, at, series_id: seriesId, bin, n })),
  );
  await write(
    'spend',
    SPEND,
    deltas.userSpend().map(({ at, user, sums: of }) => ({ at, user_ref: user, ...sums(SPEND_COLUMNS, of) })),
  );
}
