// Promises: a Redis or Valkey of its own for a test, as docker-compose.yml runs one; it can be stopped and started
// again without losing anything, and is gone afterwards.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './throw-away.mjs';

/** @param {string} server the program, from `findRedis` */
export async function throwAwayRedis(server) {
  const dataDir = mkdtempSync(join(tmpdir(), 'reeve-redis-'));
  const password = randomBytes(16).toString('hex');
  const port = await freePort();
  const settings = {
    port,
    bind: '127.0.0.1',
    requirepass: password,
    dir: dataDir,
    appendonly: 'yes',
    'maxmemory-policy': 'noeviction',
  };
  let child;

  async function start() {
    child = spawn(
      server,
      Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let log = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (log += text));
    const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${server} ended\n${log}`)));
    while (!log.includes('Ready to accept connections'))
      await Promise.race([once(child.stdout, 'data'), ended]);
    ended.catch(() => undefined);
  }

  async function stop() {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  await start();
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    start,
    stop,
    async remove() {
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
