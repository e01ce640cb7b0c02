// Promises: what more processes bring, and what routing by tenant has to do with it: one and three processes behind
// HAProxy with haproxy/haproxy.cfg, one tenant and thirty, each question to whose turn it is and to the process of its
// tenant. Every answer counted is an allow with its record; the ledgers of all tenants are proved at the end.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphql } from '../../scripts/lib/first-administrator.mjs';
import { ensureHaproxy, findHaproxy } from '../../scripts/lib/haproxy.mjs';
import { throwAwayProxy } from '../../scripts/testing/throw-away-proxy.mjs';
import { batchesOf } from './batches.mjs';
import { checkpoint } from './checkpoint.mjs';
import { load } from './load.mjs';
import { addTenant } from './provision.mjs';
import { bodiesFor, customers, reevePolicy } from './questions.mjs';
import { reeve } from './reeve.mjs';
import { table } from './report.mjs';
import { median } from './statistics.mjs';
import { verifyLedger } from './verify-ledger.mjs';

const TENANTS = 30;
const CUSTOMERS = 16;
const CONNECTIONS = 60;
const WARM_UP_SECONDS = 8;
const SHAPES = [
  { processes: 1, routing: 'one process' },
  { processes: 3, routing: 'round robin' },
  { processes: 3, routing: 'by tenant' },
].flatMap((shape) => [1, TENANTS].map((tenants) => ({ ...shape, tenants })));

export async function scale({ seconds, rounds, profile, signal, print }) {
  const missing = await ensureHaproxy(() => undefined);
  if (missing !== '') throw new Error(missing);
  const home = mkdtempSync(join(tmpdir(), 'reeve-bench-'));
  chmodSync(home, 0o755); // started by root, PostgreSQL runs as somebody else; what is secret in here is 0600
  const running = [];
  try {
    const token = randomBytes(32).toString('hex');
    const stack = await reeve({ home, profile, processes: 3, environment: { REEVE_METRICS_TOKEN: token } });
    running.push(stack.stop);
    const tenants = await addTenants(stack);
    print(`three API processes and ${tenants.length} tenants`);

    const origins = stack.urls.map((url) => new URL(url).origin);
    const targets = [];
    for (const shape of SHAPES) {
      const behind = origins.slice(0, shape.processes);
      const proxy = await throwAwayProxy(findHaproxy(), behind, {
        roundRobin: shape.routing === 'round robin',
      });
      running.push(proxy.remove);
      targets.push({ ...shape, behind, proxy, measured: [] });
    }
    const bodies = bodiesFor(customers().slice(0, CUSTOMERS));
    const measure = async ({ tenants: count, behind, proxy }, time) => {
      const before = await batchesOf(behind, token);
      const result = await load({
        urls: [`${proxy.url}/access/v1/evaluation`],
        headers: tenants.slice(0, count).map(({ headers }) => headers),
        pids: () => ({ ...stack.pids(), HAProxy: [proxy.pid] }),
        connections: CONNECTIONS,
        seconds: time,
        bodies,
        signal,
      });
      const after = await batchesOf(behind, token);
      const [ahead, underLock] = ['ahead', 'under_lock'].map((how) => after[how] - before[how]);
      return { ...result, underLock: underLock / (ahead + underLock) };
    };

    for (const target of targets) await measure(target, WARM_UP_SECONDS);
    print('warmed up');
    for (let round = 1; round <= rounds; round++) {
      await checkpoint(stack.databaseUrl);
      // Nobody always comes first.
      for (const i of targets.keys()) {
        signal.throwIfAborted();
        const target = targets[(i + round) % targets.length];
        target.measured.push(await measure(target, seconds));
      }
      print(`round ${round} of ${rounds}`);
    }
    const rows = targets.map(row);
    const answered = targets.flatMap(({ measured }) => measured).reduce((sum, { count }) => sum + count, 0);
    const proofs = [];
    for (const { tenant } of tenants) proofs.push(await verifyLedger({ ...stack, tenant, answered: 0 }));
    const recorded = proofs.reduce((sum, { evaluations }) => sum + evaluations, 0);
    if (recorded < answered) throw new Error(`${answered} answers were given, ${recorded} are recorded`);
    print('');
    print(summary(rows));
    print(`ledgers: ${recorded} evaluations of ${tenants.length} tenants, verified to their heads`);
    return rows;
  } finally {
    for (const stop of running.reverse()) await stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function addTenants({ urls, admin }) {
  const as = graphql(new URL(urls[0]).origin, admin);
  const tenants = [];
  for (let i = 0; i < TENANTS; i++) {
    const tenant = `scale-${i}`;
    const { agentKey } = await addTenant(as, {
      tenant,
      policy: reevePolicy,
      subjects: customers().slice(0, CUSTOMERS),
    });
    tenants.push({ tenant, headers: { authorization: `Bearer ${agentKey}` } });
  }
  return tenants;
}

function row({ processes, routing, tenants, measured }) {
  const of = (member) => median(measured.map((result) => result[member]));
  const cpuUs = (name) =>
    Math.round(median(measured.map(({ cores, perSecond }) => (cores[name] * 1e6) / perSecond)));
  return {
    bench: 'scale',
    processes,
    routing,
    tenants,
    connections: CONNECTIONS,
    evaluationsPerSecond: Math.round(of('perSecond')),
    p50Ms: rounded(of('p50Ms')),
    p99Ms: rounded(of('p99Ms')),
    underLockPercent: rounded(100 * of('underLock')),
    apiCpuUs: cpuUs('Reeve API'),
    postgresCpuUs: cpuUs('PostgreSQL'),
    proxyCpuUs: cpuUs('HAProxy'),
  };
}

function summary(rows) {
  return [
    `Durable evaluations through HAProxy, ${CONNECTIONS} connections; CPU time an evaluation`,
    table(
      [
        'processes',
        'routing',
        'tenants',
        'evaluations/s',
        'p50 ms',
        'p99 ms',
        'under the lock %',
        'API us',
        'PostgreSQL us',
        'proxy us',
      ],
      rows.map((one) => [
        one.processes,
        one.routing,
        one.tenants,
        one.evaluationsPerSecond,
        one.p50Ms,
        one.p99Ms,
        one.underLockPercent,
        one.apiCpuUs,
        one.postgresCpuUs,
        one.proxyCpuUs,
      ]),
    ),
    '',
  ].join('\n');
}

const rounded = (value) => Math.round(value * 10) / 10;
