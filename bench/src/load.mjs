// One measurement: a process of its own sends the questions, and only right answers count.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cpuSeconds, machineSeconds } from './cpu.mjs';

const GENERATOR = fileURLToPath(new URL('load-generator.mjs', import.meta.url));

/**
 * @returns {Promise<{ count: number, seconds: number, perSecond: number, p50Ms: number, p99Ms: number,
 *   cores: { [process: string]: number }, machineCores: number }>} `cores`: CPU seconds a second of those measured;
 *   `machineCores`: of everybody
 */
export async function load({ urls, headers, pids, connections, seconds, bodies, signal }) {
  let before;
  let machineBefore;
  const result = await generate({ urls, headers, connections, seconds, bodies }, signal, () => {
    before = cpuSeconds(pids());
    machineBefore = machineSeconds();
  });
  const after = cpuSeconds(pids());
  const machine = (machineSeconds() - machineBefore) / result.seconds;
  if (result.wrong > 0 || result.errors > 0)
    throw new Error(
      `${result.wrong} of ${result.count} answers of ${urls.join(', ')} were not 200 with decision true, ` +
        `${result.errors} requests failed; the first: ${result.example}`,
    );
  const cores = Object.fromEntries(
    Object.keys(after).map((name) => [name, (after[name] - (before[name] ?? 0)) / result.seconds]),
  );
  return {
    count: result.count,
    seconds: result.seconds,
    perSecond: result.count / result.seconds,
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
    cores: { ...cores, 'load generator': result.cpuSeconds / result.seconds },
    machineCores: machine,
  };
}

/** `counting` is called when the first second is over and what comes counts. */
function generate(task, signal, counting) {
  return new Promise((settle, fail) => {
    const child = fork(GENERATOR, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], signal });
    let result;
    child.on('message', (message) => {
      if (message === 'counting') counting();
      else result = message;
    });
    child.once('error', fail);
    child.once('exit', (code) =>
      result ? settle(result) : fail(new Error(`the load generator ended with ${code}`)),
    );
    child.send(task);
  });
}
