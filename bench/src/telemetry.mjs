// Promises: spans a second that are durable when answered, counted once and summed, beside the same rows in a bare COPY
// in the same run; and what a span weighs. Fails where one that was answered is not there.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { graphql } from '../../scripts/lib/first-administrator.mjs';
import { reeve } from './reeve.mjs';
import { table } from './report.mjs';
import { percentile } from './statistics.mjs';

const EXPORTERS = 8;
const TRACES_A_REQUEST = 50;

export async function telemetry({ seconds, profile, signal, print }) {
  const home = mkdtempSync(join(tmpdir(), 'reeve-bench-'));
  chmodSync(home, 0o755); // started by root, PostgreSQL runs as somebody else; what is secret in here is 0600
  let stack;
  try {
    stack = await reeve({ home, processes: 1, profile });
    const url = new URL(stack.urls[0]).origin;
    const { createApiKey } = await graphql(url, stack.admin)(
      `mutation ($tenant: String!) { createApiKey(tenant: $tenant, name: "exporter", kind: agent, scopes: [telemetry], reason: "set up for the bench") { secret } }`,
      { tenant: stack.tenant },
    );
    const task = {
      url,
      authorization: `Bearer ${createApiKey.secret}`,
      exporters: EXPORTERS,
      traces: TRACES_A_REQUEST,
    };
    await load({ ...task, seconds: 2 }, signal); // what is made once: partitions, series, statements
    const before = await keptIn(stack.databaseUrl);
    const sent = await load({ ...task, seconds }, signal);
    const after = await keptIn(stack.databaseUrl);
    const kept = after.spans - before.spans;
    if (kept < sent.answered || after.counted !== after.spans)
      throw new Error(
        `${sent.answered} spans were answered, ${kept} are kept, ${after.counted} of ${after.spans} are counted`,
      );
    const floor = await copyFloor(stack.databaseUrl);
    const rows = [row(sent, after, floor)];
    print(summary(rows));
    return rows;
  } finally {
    await stack?.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function load(task, signal) {
  const child = fork(fileURLToPath(new URL('telemetry-load.mjs', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    signal,
  });
  child.on('error', () => undefined); // an interruption, which is told of elsewhere
  child.send(task);
  const [measured] = await once(child, 'message', { signal });
  return measured;
}

async function connected(databaseUrl, work) {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query(
      `SELECT set_config('app.tenant_ids', (SELECT string_agg(id::text, ',') FROM tenant), false)`,
    );
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Spans that are there, and spans that the rollups count. */
const keptIn = (databaseUrl) =>
  connected(databaseUrl, async (client) => {
    const { rows } = await client.query(`
      SELECT (SELECT count(*)::int FROM span) AS spans,
        (SELECT coalesce(sum(spans), 0)::int FROM rollup WHERE grain = 'm') AS counted,
        (SELECT coalesce(sum(pg_total_relation_size(inhrelid)), 0)::float8 FROM pg_inherits WHERE inhparent = 'span'::regclass) AS "spanBytes",
        (SELECT sum(pg_total_relation_size(t))::float8 FROM unnest('{trace,rollup,latency_bin,user_spend}'::regclass[]) t) AS "otherBytes"`);
    return rows[0];
  });

/** The same rows into a table of the same columns and no key, by a server-side COPY: what nothing can be faster than. */
const copyFloor = (databaseUrl) =>
  connected(databaseUrl, async (client) => {
    const { rows } = await client.query(`SELECT current_setting('data_directory') || '/floor.copy' AS file`);
    const file = rows[0].file.replaceAll("'", "''");
    const copied = await client.query(`COPY (SELECT * FROM span) TO '${file}' (FORMAT binary)`);
    await client.query('CREATE TABLE floor (LIKE span)');
    const from = performance.now();
    await client.query(`COPY floor FROM '${file}' (FORMAT binary)`);
    const seconds = (performance.now() - from) / 1_000;
    await client.query('DROP TABLE floor');
    return Math.round(copied.rowCount / seconds);
  });

function row({ answered, retried, failed, waits, seconds }, { spans, spanBytes, otherBytes }, floor) {
  waits.sort((a, b) => a - b);
  return {
    bench: 'telemetry',
    spansPerSecond: Math.round(answered / seconds),
    p50Ms: rounded(percentile(waits, 0.5)),
    p99Ms: rounded(percentile(waits, 0.99)),
    retried,
    failed,
    bytesPerSpan: Math.round(spanBytes / spans),
    bytesPerSpanBeside: Math.round(otherBytes / spans),
    copyPerSecond: floor,
  };
}

function summary(rows) {
  return [
    `Spans that are durable, counted once and summed when they are answered: ${EXPORTERS} exporters, ${TRACES_A_REQUEST * 10} spans a request, protobuf`,
    table(
      [
        'spans/s',
        'p50 ms',
        'p99 ms',
        'told to wait',
        'failed',
        'bytes a span',
        'traces and sums',
        'bare COPY/s',
      ],
      rows.map((one) => [
        one.spansPerSecond,
        one.p50Ms,
        one.p99Ms,
        one.retried,
        one.failed,
        one.bytesPerSpan,
        one.bytesPerSpanBeside,
        one.copyPerSecond,
      ]),
    ),
  ].join('\n');
}

const rounded = (value) => Math.round(value * 10) / 10;
