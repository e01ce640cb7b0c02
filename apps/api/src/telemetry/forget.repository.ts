/** Taking away what nobody keeps any more: a day of one tenant at a time, then the days of everybody. */
import { daysLater, windowOf } from './days.js';
import type { TelemetryDatabase } from './telemetry-database.repository.js';

/** Sums by the hour, at least. */
const HOURS_DAYS = 400;
/** What came in is shown by the minute. */
const RECEIPTS_DAYS = 2;
/** SQLSTATE of a lock that was not to be had: somebody is at work there, and the next time is soon enough. */
const LOCKED = '55P03';

interface Keeper {
  readonly id: string;
  readonly days: number;
  readonly today: string;
}

export async function forget(database: TelemetryDatabase): Promise<void> {
  const keepers = await database.run<Keeper>(
    `SELECT id::text AS id, telemetry_days AS days, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS today FROM tenant`,
  );
  for (const keeper of keepers) {
    await forgetSpans(database, keeper);
    await forgetSums(database, keeper);
  }
  try {
    await database.run('SELECT telemetry_drop_days()');
  } catch (error) {
    if ((error as { code?: unknown }).code !== LOCKED) throw error;
  }
}

/** The rows of traces stay until no span of theirs would be taken: nothing that was forgotten is counted again. */
async function forgetSpans(database: TelemetryDatabase, { id, days, today }: Keeper): Promise<void> {
  const { oldest } = windowOf(today, days);
  const gone = await database.transaction(id, (client) =>
    client.query<{ day: string }>(
      `SELECT DISTINCT day::text AS day FROM trace WHERE tenant_id = $1 AND day < $2 AND spans > 0`,
      [id, oldest],
    ),
  );
  for (const { day } of gone.rows)
    await database.transaction(id, async (client) => {
      await client.query(`DELETE FROM span_content WHERE tenant_id = $1 AND day = $2`, [id, day]);
      await client.query(`DELETE FROM span WHERE tenant_id = $1 AND day = $2`, [id, day]);
      await client.query(`UPDATE trace SET spans = 0 WHERE tenant_id = $1 AND day = $2`, [id, day]);
    });
  await database.transaction(id, (client) =>
    client.query(`DELETE FROM trace WHERE tenant_id = $1 AND last_day < $2`, [id, oldest]),
  );
}

/**
 * A span may begin as long before its trace's day as a span is taken, and its trace is kept as long: by then nothing is
 * taken back from its minute any more.
 */
async function forgetSums(database: TelemetryDatabase, { id, days, today }: Keeper): Promise<void> {
  const settled = 2 * days + 2;
  const before = (so: number) => Date.parse(daysLater(today, -so)) / 60_000;
  await database.transaction(id, async (client) => {
    for (const table of ['rollup', 'latency_bin'])
      for (const [grain, kept] of [
        ['m', settled],
        ['h', Math.max(settled, HOURS_DAYS)],
      ] as const)
        await client.query(`DELETE FROM ${table} WHERE tenant_id = $1 AND grain = $2 AND at < $3`, [
          id,
          grain,
          before(kept),
        ]);
    await client.query(`DELETE FROM user_spend WHERE tenant_id = $1 AND at < $2`, [
      id,
      before(Math.max(settled, HOURS_DAYS)),
    ]);
    await client.query(`DELETE FROM receipt WHERE tenant_id = $1 AND at < $2`, [id, before(RECEIPTS_DAYS)]);
  });
}
