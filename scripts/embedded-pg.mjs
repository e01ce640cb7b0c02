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
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SHARED_HOME, clusterHome, databaseAccount, giveTo } from './pg-account.mjs';
import { postgresBinaries } from './pg-binaries.mjs';
import { OWNER, findRunning, launch, stopServer, tail, urlFor } from './pg-server.mjs';

const DATABASE = 'reeve';
const SUPERVISOR_LOCK = 7333833; // any number, as long as it stays the same
const START_SECONDS = 120; // crash recovery included: it reads at most max_wal_size anew
const posix = process.platform !== 'win32';

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

// --- whose it is -------------------------------------------------------------------------------------------

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
