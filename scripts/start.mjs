// Promises: `npm start` on a bare checkout ends with Reeve serving, and Ctrl-C with nothing left running.
//
//   install when the lock changed -> build what changed -> PostgreSQL (embedded, or DATABASE_URL) -> the API
//
// The API migrates, seeds, serves and validates its settings itself; this script only passes them on, and starts it
// again when it crashes. Down, the API stops before its database. The one who started us may vanish without a signal
// (npm's shell does not pass SIGTERM on): that counts as one.
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkNode, install, needsInstall } from './lib/install.mjs';
import { seconds, step } from './lib/progress.mjs';
import { ROOT, stopTools } from './lib/run.mjs';

const PORT_SECONDS = 15; // as long as the API may take to stop
const began = Date.now();
const stack = []; // what runs, in the order it was started
let starting; // a server half started is waited for, so that it can be stopped
let stopping;

/** Stops everything, last started first; idempotent. */
function down(reason) {
  stopping ??= (async () => {
    if (reason) process.stdout.write(`\n${reason}\n`);
    stopTools();
    await starting?.catch(() => undefined);
    let clean = true;
    for (const { name, stop } of stack.reverse()) {
      try {
        await step(`stopping ${name}`, stop);
      } catch (error) {
        clean = false;
        process.stderr.write(`${error.message}\n`);
      }
    }
    return clean;
  })();
  return stopping;
}

function follow(signal) {
  process.on(signal, () => void down('stopping').then((clean) => process.exit(clean ? 0 : 1)));
}
['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(follow);

const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) void down('the starting process is gone').then(() => process.exit(0));
}, 250).unref();

async function fail(message) {
  if (stopping) return;
  await down();
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

async function main() {
  checkNode();
  if (needsInstall()) await step('installing packages (once; about half a minute)', install);
  const { build } = await import('./lib/build.mjs');
  await step('building', build);
  if (stopping) return;

  const dataDir = resolve(ROOT, process.env.REEVE_DATA_DIR || '.reeve');
  const env = { REEVE_DATA_DIR: dataDir };
  if (process.env.DATABASE_URL) {
    process.stdout.write('✓ using the PostgreSQL of DATABASE_URL\n');
  } else {
    const { start } = await import('./embedded-pg.mjs');
    starting = step('starting PostgreSQL', async () => {
      const server = await start({ dataDir });
      stack.push({ name: 'PostgreSQL', stop: server.stop });
      return server;
    });
    const database = await starting;
    if (stopping) return;
    void database.lost.then((error) => fail(error.message));
    env.DATABASE_URL = database.url;
  }
  await portFree();
  if (stopping) return;

  process.stdout.write(`· starting Reeve (${seconds(Date.now() - began)} so far)\n`);
  const { startApi } = await import('./lib/api-process.mjs');
  const { keepAlive } = await import('./lib/keep-alive.mjs');
  const api = keepAlive(() => startApi({ env, onOutput: (text) => process.stdout.write(text) }), {
    onRestart: (reason, waitMs) =>
      process.stderr.write(`\nReeve ${reason}; it is started again in ${seconds(waitMs)}\n`),
  });
  stack.push({ name: 'Reeve', stop: api.stop });
  void api.lost.then((reason) => fail(`Reeve ${reason}; what it said is above`));
}

/** Waits for the port when it is taken: a killed start's API may still be letting go of it. */
async function portFree() {
  const port = Number(process.env.REEVE_PORT || 4600);
  const host = process.env.REEVE_HOST || '127.0.0.1';
  if (!Number.isInteger(port) || port < 1 || port > 65535) return; // the API says what is wrong with it
  const taken = () =>
    new Promise((settle) => {
      const probe = createServer().once('error', ({ code }) => settle(code === 'EADDRINUSE'));
      probe.listen({ port, host, exclusive: true }, () => probe.close(() => settle(false)));
    });
  if (!(await taken())) return;
  await step(`waiting for port ${port}, which is in use`, async () => {
    for (const end = Date.now() + PORT_SECONDS * 1000; Date.now() < end && !stopping; await sleep(200)) {
      if (!(await taken())) return;
    }
    throw new Error(`port ${port} is in use; stop what uses it or set REEVE_PORT`);
  });
}

try {
  await main();
} catch (error) {
  await fail(error.message);
}
