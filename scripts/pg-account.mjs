// Promises: which operating-system account runs the embedded PostgreSQL, and a home that account can reach.
//
// PostgreSQL refuses to run as root. Started by root it runs as whoever owns the cluster already, else as
// `postgres`, else as `nobody`; started by anyone else it runs as that person.
import { randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, mkdirSync, readFileSync, realpathSync, rmdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Where root keeps what another account must be able to reach. */
export const SHARED_HOME = '/var/lib/reeve';

/** undefined: as ourselves. */
export function databaseAccount(cluster) {
  if (process.getuid?.() !== 0) return undefined;
  const owner = ownerOf(cluster);
  if (owner && owner.uid !== 0) return owner;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const found = accounts.find(([account]) => account === name);
    if (found) return { uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new Error(
    'PostgreSQL refuses to run as root and there is no account `postgres` or `nobody`; set DATABASE_URL',
  );
}

/**
 * The directory the cluster lives in: `<dataDir>/postgres`, which is a link into SHARED_HOME when the data
 * directory lies where the database's account may not go.
 */
export function clusterHome(dataDir) {
  mkdirSync(dataDir, { recursive: true });
  const home = join(dataDir, 'postgres');
  if (exists(home)) return realpathOf(home);
  mkdirSync(home, { mode: 0o755 });
  const account = databaseAccount(join(home, 'data'));
  if (account === undefined || mayEnter(home, account)) return realpathSync(home);

  rmdirSync(home);
  const elsewhere = join(SHARED_HOME, randomBytes(8).toString('hex'));
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  symlinkSync(elsewhere, home);
  return elsewhere;
}

/** Makes a directory or hands a file to the database's account. */
export function giveTo(path, account) {
  if (account) chownSync(path, account.uid, account.gid);
}

function mayEnter(directory, account) {
  return (
    spawnSync('/bin/sh', ['-c', 'cd "$0" && pwd >/dev/null', directory], {
      ...account,
      cwd: '/',
      stdio: 'ignore',
    }).status === 0
  );
}

function ownerOf(path) {
  try {
    const { uid, gid } = lstatSync(path);
    return { uid, gid };
  } catch {
    return undefined;
  }
}

function exists(path) {
  return ownerOf(path) !== undefined;
}

function realpathOf(home) {
  try {
    return realpathSync(home);
  } catch {
    throw new Error(`${home} points at a database that is gone; remove the link to start with an empty one`);
  }
}
