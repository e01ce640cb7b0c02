// Promises: one server process of one cluster: found where it runs, launched where it does not, stopped in order.
// Whose it is and who may use it is said in embedded-pg.mjs.
import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { giveTo } from './pg-account.mjs';

export const OWNER = 'reeve';
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
  max_wal_size: '4GB', // a checkpoint every 700,000 decisions or so: while one runs, commits wait for the disk longer
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

/** The server of this cluster if one is up or coming up; undefined when it is ours to start. */
export async function findRunning(data, password, deadline) {
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

/** A new server of this cluster, on a port of its own; throws with what its log says. */
export async function launch({ home, data, account, binaries, password, deadline, durable }) {
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

/** Answers once it is gone. */
export async function stopServer({ pid, data, binaries }) {
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
export const urlFor = (password, port, database, sockets) =>
  `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${database}${sockets ? `?host=${encodeURIComponent(sockets)}` : ''}`;

/** The directory for the server's socket, which nobody else may enter; '' where its path would be too long. */
const socketsIn = (data, port) =>
  posix && Buffer.byteLength(join(data, `.s.PGSQL.${port}`)) < SOCKET_PATH_BYTES ? data : '';

/** The last lines of a log. */
export function tail(file, lines = 15) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}
