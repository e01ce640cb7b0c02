// Promises: what is measured is what agents get. Every answer counted is a 200 with `"decision":true`, its audit record
// was durable before it, a quota was spent from, and the ledger is proved at the end: a wrong chain fails the run.
//
// Reeve (one process, two processes) and Cerbos (with the same checks, and without the arguments' schema) take turns
// within each round, so that a machine that slows down slows them alike; rows are medians over the rounds.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cerbos } from './cerbos.mjs';
import { checkpoint } from './checkpoint.mjs';
import { fdatasyncMs } from './fdatasync.mjs';
import { inProcess } from './in-process.mjs';
import { load } from './load.mjs';
import { bodiesFor } from './questions.mjs';
import { ratioRows, row, summary } from './report.mjs';
import { reeve } from './reeve.mjs';
import { verifyLedger } from './verify-ledger.mjs';

const CONNECTIONS = [1, 32, 128];
// Node compiles what is hot, which takes it some seconds; Cerbos is compiled.
const WARM_UP_SECONDS = 8;

export async function decisions({ seconds, rounds, profile, signal, print }) {
  const home = mkdtempSync(join(tmpdir(), 'reeve-bench-'));
  chmodSync(home, 0o755); // started by root, PostgreSQL runs as somebody else; what is secret in here is 0600
  const running = [];
  const step = async (title, work) => {
    signal.throwIfAborted();
    const began = performance.now();
    const result = await work();
    print(`${title} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    return result;
  };
  const started = async (name, start) => {
    const service = await step(`started ${name}`, start);
    if (service) running.push(service);
    return service;
  };
  try {
    const stack = await started('Reeve: PostgreSQL and two API processes', () =>
      reeve({ home, profile, processes: 2 }),
    );
    const other = await started('Cerbos', () => cerbos(home, { schema: true }));
    const lighter = await started('Cerbos without schemas', () => cerbos(home, { schema: false }));
    if (!other) print('Cerbos is not installed for this platform: no comparison');

    const disk = fdatasyncMs(home);
    const bodies = bodiesFor(stack.subjects);
    const targets = [
      {
        target: 'reeve',
        processes: 1,
        urls: stack.urls.slice(0, 1),
        headers: stack.headers,
        pids: stack.pids,
      },
      { target: 'reeve', processes: 2, urls: stack.urls, headers: stack.headers, pids: stack.pids },
      ...Object.entries({ cerbos: other, 'cerbos without schema': lighter })
        .filter(([, service]) => service)
        .map(([target, { url, pids }]) => ({ target, processes: 1, urls: [url], headers: {}, pids })),
    ];
    const measure = ({ urls, headers, pids }, connections, time) =>
      load({ urls, headers, pids, connections, seconds: time, bodies, signal });

    await step('warmed up', async () => {
      for (const target of targets) await measure(target, 32, WARM_UP_SECONDS);
    });
    const measured = new Map(); // `${target} ${processes} ${connections}` -> results
    for (const connections of CONNECTIONS) {
      await step('checkpoint', () => checkpoint(stack.databaseUrl));
      for (let round = 1; round <= rounds; round++)
        await step(`${connections} connections, round ${round} of ${rounds}`, async () => {
          // Nobody always comes first.
          const order = targets.map((_, i) => targets[(i + round) % targets.length]);
          for (const target of order) {
            const key = `${target.target} ${target.processes} ${connections}`;
            measured.set(key, [...(measured.get(key) ?? []), await measure(target, connections, seconds)]);
          }
        });
    }
    const rows = targets.flatMap(({ target, processes }) =>
      CONNECTIONS.map((connections) =>
        row(target, processes, connections, measured.get(`${target} ${processes} ${connections}`)),
      ),
    );

    const answered = [...measured]
      .filter(([key]) => key.startsWith('reeve '))
      .flatMap(([, results]) => results)
      .reduce((sum, { count }) => sum + count, 0);
    const proof = await step('proved the ledger', () => verifyLedger({ ...stack, answered }));
    const alone = await step('decided in process', () => inProcess(stack.policy, bodies));
    const all = [...rows.map(({ json }) => json), ...ratioRows(rows), ...alone];
    print('');
    print(summary({ rows, all, proof, disk, cores: availableParallelism() }));
    return all;
  } finally {
    for (const service of running.reverse())
      await service.stop().catch((error) => print(`while stopping: ${error.message}`));
    rmSync(home, { recursive: true, force: true });
  }
}
