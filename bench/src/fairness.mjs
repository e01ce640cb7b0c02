// Promises: beside each attack of one tenant another one is answered, and can stop what it has to stop, nearly as fast as
// alone; and the process does not grow beyond what it is given. A bar that is missed fails the run.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { graphql } from '../../scripts/lib/first-administrator.mjs';
import { ATTACKS } from './attacks.mjs';
import { addTenant, automationOf, publish } from './provision.mjs';
import { reevePolicy } from './questions.mjs';
import { reeve } from './reeve.mjs';
import { table } from './report.mjs';
import { percentile } from './statistics.mjs';

const BARS = { p99OverAlone: 3, stopMs: 500, rssMb: 700 };
const QUIET = 'quiet';
/** Of an attack before it is measured, and after it before the next. */
const SETTLE_MS = 1_000;
/** Assistants that the quiet tenant stops, one after the other. */
const TARGETS = 400;

export async function fairness({ seconds, signal, print }) {
  const home = mkdtempSync(join(tmpdir(), 'reeve-bench-'));
  chmodSync(home, 0o755); // started by root, PostgreSQL runs as somebody else; what is secret in here is 0600
  let stack;
  try {
    stack = await reeve({ home, processes: 1 });
    const url = new URL(stack.urls[0]).origin;
    const admin = graphql(url, stack.admin);
    const quiet = await quietTenant(admin);
    const noise = {
      url,
      databaseUrl: stack.databaseUrl,
      tenant: stack.tenant,
      agent: stack.headers,
      admin: await automationOf(admin, stack.tenant),
      subjects: stack.subjects,
      revision: await largePolicy(admin, stack.tenant),
    };
    const [pid] = stack.pids()['Reeve API'];
    const rows = [];
    for (const attack of [null, ...Object.keys(ATTACKS)]) {
      signal.throwIfAborted();
      print(attack ?? 'alone');
      const noisy = attack === null ? null : await begin(attack, noise, signal);
      await sleep(SETTLE_MS);
      const rss = watchRss(pid);
      const measured = await ask(
        { url, ...quiet, tenant: QUIET, targets: quiet.targets.splice(0, 4 * seconds + 4), seconds },
        signal,
      );
      const answers = (await noisy?.end()) ?? {};
      rows.push(row(attack ?? 'alone', measured, rss.end(), answers, rows[0]));
      await sleep(SETTLE_MS);
    }
    print('');
    print(summary(rows));
    const missed = rows.filter(({ missed: some }) => some.length > 0);
    if (missed.length > 0)
      throw new Error(missed.map(({ attack, missed: some }) => `${attack}: ${some.join(', ')}`).join('; '));
    return rows;
  } finally {
    await stack?.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** The same policy, and assistants beside it that can be stopped without stopping what is measured. */
async function quietTenant(admin) {
  const targets = Array.from({ length: TARGETS }, (_, i) => `spare_${i}`);
  const [assistant] = Object.values(reevePolicy.assistants);
  const assistants = {
    ...reevePolicy.assistants,
    ...Object.fromEntries(targets.map((name) => [name, assistant])),
  };
  const { agentKey, subjects } = await addTenant(admin, {
    tenant: QUIET,
    policy: { ...reevePolicy, assistants },
  });
  const agent = { authorization: `Bearer ${agentKey}` };
  return { agent, admin: await automationOf(admin, QUIET), subjects, targets };
}

/** Some megabytes, twice: a rollback goes from one to the other. */
async function largePolicy(admin, tenant) {
  const { refund_order: tool } = reevePolicy.tools;
  const properties = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [
      `property_${i}`,
      { type: 'string', maxLength: 100 + i, description: 'What an agent has to say about it.' },
    ]),
  );
  for (let part = 0; part < 4; part += 1) {
    const edits = Array.from({ length: 150 }, (_, i) => ({
      kind: 'tool',
      name: `large_${part}_${i}`,
      value: { ...tool, schema: { type: 'object', properties } },
    }));
    await publish(admin, tenant, edits);
  }
  return publish(admin, tenant, [
    { kind: 'tool', name: 'one_more', value: { ...tool, schema: { type: 'object' } } },
  ]);
}

function start(file, message, signal) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    signal,
  });
  child.on('error', () => undefined); // an interruption, which is told of elsewhere
  child.send(message);
  return child;
}

async function begin(attack, noise, signal) {
  const child = start('noise.mjs', { attack, noise }, signal);
  return {
    async end() {
      child.send('stop');
      const [answers] = await once(child, 'message', { signal });
      return answers;
    },
  };
}

async function ask(task, signal) {
  const child = start('quiet.mjs', task, signal);
  const [measured] = await once(child, 'message', { signal });
  child.disconnect();
  return measured;
}

/** The largest that a process was, looked at ten times a second. */
function watchRss(pid) {
  let most = 0;
  const look = () => {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    most = Math.max(most, Number(kilobytes ?? 0) / 1024);
  };
  const timer = setInterval(look, 100);
  return {
    end() {
      clearInterval(timer);
      look();
      return most;
    },
  };
}

function row(attack, { waits, stops, failures }, rssMb, answers, alone) {
  waits.sort((a, b) => a - b);
  const p99Ms = rounded(percentile(waits, 0.99));
  const stopMs = rounded(Math.max(...stops));
  const over = rounded(p99Ms / (alone?.p99Ms ?? p99Ms));
  const missed = [
    ...(over > BARS.p99OverAlone ? [`p99 ${over} x`] : []),
    ...(stopMs <= BARS.stopMs ? [] : [`a stop took ${stopMs} ms`]),
    ...(rssMb > BARS.rssMb ? [`RSS ${Math.round(rssMb)} MB`] : []),
    ...(failures.length > 0 ? [`${failures.length} failed: ${failures[0]}`] : []),
  ];
  return {
    bench: 'fairness',
    attack,
    evaluations: waits.length,
    p50Ms: rounded(percentile(waits, 0.5)),
    p99Ms,
    p99OverAlone: over,
    stops: stops.length,
    stopMs,
    rssMb: Math.round(rssMb),
    answers,
    missed,
  };
}

function summary(rows) {
  return [
    'A quiet tenant beside a noisy one: four agents and an operator; the slowest stop; the most memory of the API process',
    table(
      ['noise', 'p50 ms', 'p99 ms', 'x alone', 'slowest stop ms', 'RSS MB', 'the noise was answered'],
      rows.map((one) => [
        one.attack,
        one.p50Ms,
        one.p99Ms,
        one.p99OverAlone,
        one.stopMs,
        one.rssMb,
        Object.entries(one.answers)
          .map(([answer, times]) => `${answer}: ${times}`)
          .join(', '),
      ]),
    ),
    '',
    `bars: p99 ${BARS.p99OverAlone} x alone, a stop ${BARS.stopMs} ms, RSS ${BARS.rssMb} MB`,
  ].join('\n');
}

const rounded = (value) => Math.round(value * 10) / 10;
