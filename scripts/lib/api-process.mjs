// Promises: one API process, followed until it answers, stopped in order, never left behind.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ROOT } from './run.mjs';

const STOP_SECONDS = 15; // on top of what it serves on for
// A decision's garbage dies young: a larger nursery halves what collecting it costs.
const RUNTIME = ['--max-semi-space-size=64'];
const FOLLOW = pathToFileURL(join(ROOT, 'scripts', 'lib', 'follow-parent.mjs')).href;

/**
 * @param {{ env?: object, onOutput?: (text: string) => void, entry?: 'main' | 'worker', flags?: string[] }} options
 *   `flags`: Node's own, e.g. --cpu-prof
 * @returns {{ pid: number, output: () => string, ended: Promise<string>, stop: () => Promise<void> }}
 *   `ended` resolves with the reason when the process ends, asked or not.
 */
export function startApi({ env = {}, onOutput = () => undefined, entry = 'main', flags = [] } = {}) {
  const child = spawn(
    process.execPath,
    [
      ...flags,
      ...RUNTIME,
      '--enable-source-maps',
      '--import',
      FOLLOW,
      join(ROOT, 'apps', 'api', 'dist', `${entry}.js`),
    ],
    {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'], // the channel is how it notices that we are gone
      detached: process.platform !== 'win32', // Ctrl-C is for us; we stop it in its turn
      windowsHide: true,
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-100_000);
      onOutput(text);
    });
  }
  const ended = new Promise((settle) => {
    child.once('error', (error) => settle(error.message));
    child.once('close', (code, signal) =>
      settle(signal ? `was ended by ${signal}` : `ended with exit code ${code}`),
    );
  });
  return {
    pid: child.pid,
    output: () => output,
    ended,
    async stop() {
      child.kill('SIGTERM');
      const drain = Number({ ...process.env, ...env }.REEVE_DRAIN_SECONDS || 5);
      const late = setTimeout(() => child.kill('SIGKILL'), (drain + STOP_SECONDS) * 1000);
      await ended;
      clearTimeout(late);
    },
  };
}

/** Resolves when `url` answers 2xx; rejects when the process ends first or takes too long. */
export async function untilHealthy(api, url, withinSeconds = 120) {
  const life = { ended: '' };
  void api.ended.then((reason) => (life.ended = reason));
  for (const end = Date.now() + withinSeconds * 1000; Date.now() < end; await sleep(100)) {
    if (life.ended) throw new Error(`the API ${life.ended}\n${api.output()}`);
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
  }
  throw new Error(`the API did not become healthy within ${withinSeconds} s\n${api.output()}`);
}
