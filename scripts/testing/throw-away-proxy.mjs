// Promises: HAProxy with haproxy/haproxy.cfg in front of processes of this machine, gone afterwards. Only what names the
// place is replaced: the port, the servers and how they are found.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../lib/run.mjs';
import { freePort } from './throw-away.mjs';

/**
 * @param {string} program from `findHaproxy`
 * @param {string[]} urls of the API processes
 * @param {{ roundRobin?: boolean }} options `roundRobin`: in turn, whoever asks
 */
export async function throwAwayProxy(program, urls, { roundRobin = false } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'reeve-proxy-'));
  const port = await freePort();
  const file = join(directory, 'haproxy.cfg');
  writeFileSync(file, configuration(port, urls, roundRobin));
  const child = spawn(program, ['-db', '-f', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (log = (log + text).slice(-20_000)));
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;

  async function remove() {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
    rmSync(directory, { recursive: true, force: true });
  }

  for (const end = Date.now() + 20_000; ; await sleep(50)) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return { url, pid: child.pid, log: () => log, remove };
    if (child.exitCode === null && Date.now() < end) continue;
    await remove();
    throw new Error(`HAProxy does not serve\n${log}`);
  }
}

function configuration(port, urls, roundRobin) {
  const servers = urls.map((url, i) => `  server api${i} ${new URL(url).host}`).join('\n');
  let text = readFileSync(join(ROOT, 'haproxy', 'haproxy.cfg'), 'utf8');
  const replace = (what, by) => {
    if (!what.test(text)) throw new Error(`haproxy.cfg has no ${what}`);
    text = text.replace(what, by);
  };
  replace(/^ {2}bind :4600$/m, `  bind 127.0.0.1:${port}`);
  replace(/^ {2}server-template .*$/m, servers);
  replace(/^resolvers docker\n(?: {2}.*\n)+/m, '');
  if (roundRobin) replace(/^ {2}balance hash .*\n {2}hash-type .*$/m, '  balance roundrobin');
  return text;
}
