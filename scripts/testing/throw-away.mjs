// Promises: a PostgreSQL of its own for a test run, gone afterwards; what killed runs left behind goes first.
import { chmodSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../embedded-pg.mjs';

const PREFIX = 'reeve-test-';

/** @param {{ parent?: string }} options `parent`: where its directory is made */
export async function throwAwayCluster({ parent = tmpdir() } = {}) {
  await sweep();
  const dataDir = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
  chmodSync(dataDir, 0o755); // the database's own account passes through when root runs the tests
  const server = await start({ dataDir });
  return {
    url: server.url,
    pid: server.pid,
    dataDir,
    async remove() {
      await server.stop();
      removeDirectory(dataDir);
    },
  };
}

/** A port nobody listens on right now. */
export function freePort() {
  return new Promise((settle, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => settle(port));
    });
  });
}

async function sweep() {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (!pid || isAlive(pid)) continue;
    const dataDir = join(tmpdir(), name);
    try {
      if (existsSync(join(dataDir, 'postgres', 'data', 'postmaster.pid')))
        await (await start({ dataDir })).stop();
      removeDirectory(dataDir);
    } catch {
      // another person's, or beyond repair: not ours to fail over
    }
  }
}

function removeDirectory(dataDir) {
  const home = join(dataDir, 'postgres');
  if (existsSync(home)) rmSync(realpathSync(home), { recursive: true, force: true }); // may be a link out of dataDir
  rmSync(dataDir, { recursive: true, force: true });
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
