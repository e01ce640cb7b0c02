// Promises: what a ledger that grows costs, with the checkpoints in it: rate and p99 of every ten seconds of a long run, how
// many records there were and what one takes on disk. The ledger is proved at the end: a wrong chain fails the run.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { load } from './load.mjs';
import { bodiesFor } from './questions.mjs';
import { reeve } from './reeve.mjs';
import { table } from './report.mjs';
import { median } from './statistics.mjs';
import { verifyLedger } from './verify-ledger.mjs';

const WINDOW_SECONDS = 10;
const WARM_UP_SECONDS = 8;
const CONNECTIONS = 32;
/** What an evaluation is stored in: its record, what is encrypted beside it, the state it moved, their indexes. */
const TABLES = ['audit_record', 'evidence', 'decision_state', 'subject_key'];
const BAR = 0.7;

export async function growth({ seconds, signal, print }) {
  const home = mkdtempSync(join(tmpdir(), 'reeve-bench-'));
  chmodSync(home, 0o755); // started by root, PostgreSQL runs as somebody else; what is secret in here is 0600
  let stack;
  try {
    stack = await reeve({ home, processes: 1 });
    const bodies = bodiesFor(stack.subjects);
    const measure = (time) =>
      load({
        urls: stack.urls,
        headers: stack.headers,
        pids: stack.pids,
        connections: CONNECTIONS,
        seconds: time,
        bodies,
        signal,
      });
    let { count: answered } = await measure(WARM_UP_SECONDS);
    const rows = [];
    for (let i = 0; i < Math.max(1, Math.round(seconds / WINDOW_SECONDS)); i += 1) {
      signal.throwIfAborted();
      const before = await standing(stack.databaseUrl);
      const { count, perSecond, p50Ms, p99Ms } = await measure(WINDOW_SECONDS);
      answered += count;
      const after = await standing(stack.databaseUrl);
      rows.push({
        bench: 'growth',
        records: after.evaluations,
        evaluationsPerSecond: Math.round(perSecond),
        p50Ms: rounded(p50Ms),
        p99Ms: rounded(p99Ms),
        bytesEach: Math.round(after.bytes / after.evaluations),
        walBytesEach: Math.round((after.wal - before.wal) / (after.evaluations - before.evaluations)),
        checkpoints: after.checkpoints - before.checkpoints,
      });
      print(`${after.evaluations.toLocaleString('en')} evaluations: ${Math.round(perSecond)}/s`);
    }
    const proof = await verifyLedger({ ...stack, answered });
    print('');
    print(summary(rows, proof));
    return rows;
  } finally {
    await stack?.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function standing(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT (SELECT count(*)::float8 FROM audit_record WHERE kind = 'evaluation') AS evaluations,
        (SELECT sum(pg_total_relation_size(t::regclass))::float8 FROM unnest($1::text[]) AS t) AS bytes,
        pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS wal,
        (SELECT num_done::float8 FROM pg_stat_checkpointer) AS checkpoints`,
      [TABLES],
    );
    return rows[0];
  } finally {
    await client.end();
  }
}

function summary(rows, proof) {
  const rates = rows.map(({ evaluationsPerSecond }) => evaluationsPerSecond);
  const worst = Math.min(...rates) / median(rates);
  return [
    `Every ${WINDOW_SECONDS} s at ${CONNECTIONS} connections, one process, one tenant`,
    table(
      ['evaluations', 'evaluations/s', 'p50 ms', 'p99 ms', 'bytes each', 'log bytes each', 'checkpoints'],
      rows.map((one) => [
        one.records.toLocaleString('en'),
        one.evaluationsPerSecond,
        one.p50Ms,
        one.p99Ms,
        one.bytesEach,
        one.walBytesEach,
        one.checkpoints,
      ]),
    ),
    '',
    `the slowest ${WINDOW_SECONDS} s over their median: ${worst.toFixed(2)} (bar ${BAR})`,
    `ledger: ${proof.records} records, ${proof.evaluations} of them evaluations: chain, hashes and signatures verified to the head`,
  ].join('\n');
}

const rounded = (value) => Math.round(value * 10) / 10;
