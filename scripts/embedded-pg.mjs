// Promises: one running PostgreSQL for one data directory, whatever happened to the process before us.
//
//   - fresh directory:       initdb (checksums, a random password, loopback only), start
//   - clean stop or crash:   start; what was committed is there
//   - supervisor killed:     the server lives on; the next start adopts it
//   - two supervisors:       the second is refused by name of the first
//
// The lock is an advisory lock in the server itself: it cannot outlive its holder. Signals for the terminal's
// process group do not reach the server, so that those who use it can finish before stop() is called.
import { randomBytes } from 'node:crypto';
import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { SHARED_HOME, clusterHome, databaseAccount, giveTo } from './pg-account.mjs';
import { postgresBinaries } from './pg-binaries.mjs';

const OWNER = 'reeve';
const DATABASE = 'reeve';
const SUPERVISOR_LOCK = 7333833; // any number, as long as it stays the same
const START_SECONDS = 60; // crash recovery included
const STOP_SECONDS = 30;
const LOG_BYTES = 20_000_000; // beyond this a start begins a new log and keeps one old
const posix = process.platform !== 'win32';

/** What a socket's path may be, its end included, where it may be least: macOS. Linux has 108. */
const SOCKET_PATH_BYTES = 104;

/** Durability is never traded: fsync and synchronous_commit stay on. `durable: false` is for throw-away tests. */
const settings = (durable, socketDirectory) => ({
  listen_addresses: '127.0.0.1',
  unix_socket_directories: socketDirectory,
  max_connections: 200,
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  random_page_cost: 1.1,
  jit: 'off', // decisions are short statements
  wal_buffers: '16MB',
  max_wal_size: '2GB',
  min_wal_size: '1GB', // what a busy hour needed is kept for the next: new files have to be zeroed first
  checkpoint_timeout: '15min',
  fsync: durable ? 'on' : 'off',
  synchronous_commit: durable ? 'on' : 'off',
  full_page_writes: durable ? 'on' : 'off',
  idle_in_transaction_session_timeout: '60s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%a ',
  log_min_duration_statement: '1s',
  log_checkpoints: 'off',
});

/**
 * Starts or adopts the server of `dataDir`.
 *
 * @param {{ dataDir: string, durable?: boolean }} options
 * @returns {Promise<{ url: string, port: number, pid: number, adopted: boolean,
 *   stop: () => Promise<void>, lost: Promise<Error> }>} `lost` resolves when the server ends without stop().
 */
export async function start({ dataDir, durable = true }) {
  const home = clusterHome(resolve(dataDir));
  const data = join(home, 'data');
  const account = databaseAccount(data);
  const binaries = postgresBinaries({
    own: account,
    spare: process.getuid?.() === 0 ? SHARED_HOME : resolve(dataDir),
  });
  if (!existsSync(data)) initialise(home, data, account, binaries);
  const password = readPassword(data);

  const deadline = Date.now() + START_SECONDS * 1000;
  let adopted = true;
  let server = await findRunning(data, password, deadline);
  if (!server) {
    adopted = false;
    server = await launch({ home, data, account, binaries, password, deadline, durable });
  }
  const { client, port, pid, sockets } = server;

  if (!(await holdLock(client))) {
    const holder = await lockHolder(client);
    await client.end();
    throw new Error(`${resolve(dataDir)} is in use by another Reeve${holder}; stop it or set REEVE_DATA_DIR`);
  }
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
  if (!rowCount) await client.query(`create database ${DATABASE}`);

  let stopping = false;
  const lost = new Promise((settle) => {
    const gone = () => {
      if (!stopping) settle(new Error(`PostgreSQL ended unexpectedly\n${tail(join(home, 'log'))}`));
    };
    client.on('error', gone);
    client.on('end', gone);
  });

  return {
    url: urlFor(password, port, DATABASE, sockets),
    port,
    pid,
    adopted,
    lost,
    async stop() {
      if (stopping) return;
      stopping = true;
      await client.end().catch(() => undefined);
      await stopServer({ pid, data, binaries });
    },
  };
}

// --- a new cluster -----------------------------------------------------------------------------------------

/** Made beside its place and renamed into it: an interrupted start leaves nothing half made. */
function initialise(home, data, account, binaries) {
  const unfinished = `${data}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  giveTo(unfinished, account);
  const passwordFile = `${unfinished}.password`;
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  giveTo(passwordFile, account);
  const flags = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'];
  const { status, stderr, stdout, error } = spawnSync(
    binaries.initdb,
    [
      '-D',
      unfinished,
      '-U',
      OWNER,
      `--pwfile=${passwordFile}`,
      '--data-checksums',
      '--no-instructions',
      ...flags,
    ],
    { ...account, cwd: home, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } },
  );
  try {
    if (error || status !== 0)
      throw new Error(`initdb failed: ${error?.message ?? (stderr || stdout).trim()}`);
    renameSync(passwordFile, join(unfinished, 'reeve-password'));
    if (!existsSync(data)) renameSync(unfinished, data); // else another start was first; the lock sorts us out
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function readPassword(data) {
  try {
    return readFileSync(join(data, 'reeve-password'), 'utf8').trim();
  } catch (error) {
    const owner = posix ? ` (it belongs to user id ${statSync(data).uid}, this is ${process.getuid()})` : '';
    throw new Error(`cannot read the database in ${data}${owner}: ${error.code}`, { cause: error });
  }
}

// --- a running server --------------------------------------------------------------------------------------

/** The server of this cluster if one is up or coming up; undefined when it is ours to start. */
async function findRunning(data, password, deadline) {
  for (;;) {
    const written = readPostmasterPid(data);
    if (!written || !alive(written.pid)) return undefined;
    if (!isPostgres(written.pid)) {
      rmSync(join(data, 'postmaster.pid'), { force: true }); // a crash's leftover whose number another process got
      return undefined;
    }
    const client = written.port ? await connect(password, written.port).catch(() => undefined) : undefined;
    if (client) return { client, ...written };
    if (Date.now() > deadline)
      throw new Error(`PostgreSQL (process ${written.pid}) runs in ${data} but does not answer`);
    await sleep(100);
  }
}

async function launch({ home, data, account, binaries, password, deadline, durable }) {
  const logFile = join(home, 'log');
  if (existsSync(logFile) && statSync(logFile).size > LOG_BYTES) renameSync(logFile, `${logFile}.1`);
  // Nobody listens any more at sockets that a killed server left.
  for (const name of readdirSync(data)) if (name.startsWith('.s.PGSQL.')) rmSync(join(data, name));
  let reason = '';
  while (Date.now() < deadline) {
    const port = await freePort();
    const log = openSync(logFile, 'a', 0o600);
    giveTo(logFile, account);
    const from = statSync(logFile).size;
    const sockets = socketsIn(data, port);
    const flags = Object.entries({ ...settings(durable, sockets), port }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const child = spawn(binaries.postgres, ['-D', data, ...flags], {
      ...account,
      cwd: home,
      detached: posix, // its own session: Ctrl-C is for us
      stdio: ['ignore', log, log],
      windowsHide: true,
    });
    closeSync(log);
    const life = { ended: undefined };
    child.once('error', (error) => (life.ended = error.message));
    child.once('exit', (code, signal) => (life.ended ??= `ended with ${signal ?? code}`));
    child.unref();
    while (life.ended === undefined && Date.now() < deadline) {
      const client = await connect(password, port).catch(() => undefined);
      if (client) return { client, port, pid: child.pid, sockets };
      await sleep(25);
    }
    reason = readFileSync(logFile).subarray(from).toString('utf8').trim() || life.ended;
    // The port was taken in between, or the last server's processes are still letting go of its memory.
    if (!/address already in use|could not bind|shared memory block .* is still in use/i.test(reason)) break;
    await sleep(200);
  }
  throw new Error(`PostgreSQL did not start\n${reason}\n(log: ${logFile})`);
}

async function connect(password, port) {
  const client = new pg.Client({
    connectionString: urlFor(password, port, 'postgres'),
    application_name: `reeve-supervisor ${process.pid}`,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

async function holdLock(client) {
  for (let attempt = 0; attempt < 10; attempt++) {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as held', [SUPERVISOR_LOCK]);
    if (rows[0].held) return true;
    await sleep(100); // a holder killed just now is noticed in a moment
  }
  return false;
}

async function lockHolder(client) {
  const { rows } = await client.query(
    `select application_name from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and objid = $1 and granted`,
    [SUPERVISOR_LOCK],
  );
  const pid = rows[0]?.application_name.split(' ')[1];
  return pid ? ` (process ${pid})` : '';
}

async function stopServer({ pid, data, binaries }) {
  if (!posix) {
    spawnSync(binaries.pgCtl, ['stop', '-D', data, '-m', 'fast', '-w'], { windowsHide: true });
    return;
  }
  const running = () => readPostmasterPid(data)?.pid === pid && alive(pid);
  for (const signal of ['SIGINT', 'SIGQUIT']) {
    // fast: roll back what is open, checkpoint, leave; then immediate: leave, recover at the next start
    if (!signalTo(pid, signal)) return;
    for (const end = Date.now() + STOP_SECONDS * 1000; Date.now() < end; await sleep(20))
      if (!running()) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop`);
}

// --- small things ------------------------------------------------------------------------------------------

function readPostmasterPid(data) {
  try {
    const [pid, , , port, sockets] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(pid), port: Number(port) || undefined, sockets };
  } catch {
    return undefined;
  }
}

const alive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};

function signalTo(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function isPostgres(pid) {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres');
    } catch {
      return false;
    }
  }
  if (!posix) return true;
  return /postgres/.test(spawnSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' }).stdout);
}

function freePort() {
  return new Promise((settle, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => settle(port));
    });
  });
}

/** By its socket where it has one: a batch of decisions then costs the machine a twentieth less than over TCP. */
const urlFor = (password, port, database, sockets) =>
  `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${database}${sockets ? `?host=${encodeURIComponent(sockets)}` : ''}`;

/** The directory for the server's socket, which nobody else may enter; '' where its path would be too long. */
const socketsIn = (data, port) =>
  posix && Buffer.byteLength(join(data, `.s.PGSQL.${port}`)) < SOCKET_PATH_BYTES ? data : '';

function tail(file, lines = 15) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}
