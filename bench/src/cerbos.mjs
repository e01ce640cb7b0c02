// Cerbos as its makers ship it to npm, over HTTP, with its AuthZEN endpoint and without its audit log.
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { freePort, stopProcess, untilAnswers } from './processes.mjs';
import { cerbosPolicy, cerbosSchema } from './questions.mjs';

/** `schema`: whether it checks the arguments as Reeve does. undefined where there is no Cerbos for this platform. */
export async function cerbos(parent, { schema }) {
  const binary = installed();
  if (!binary) return undefined;
  const home = join(parent, schema ? 'cerbos' : 'cerbos-without-schema');
  const policies = join(home, 'policies');
  mkdirSync(join(policies, '_schemas'), { recursive: true });
  if (schema) writeFileSync(join(policies, '_schemas', 'tool.json'), JSON.stringify(cerbosSchema));
  writeFileSync(
    join(policies, 'refund.json'),
    JSON.stringify(cerbosPolicy(schema ? 'tool.json' : undefined)),
  );
  const port = await freePort();
  const config = {
    server: { httpListenAddr: `127.0.0.1:${port}`, grpcListenAddr: `127.0.0.1:${await freePort()}` },
    audit: { enabled: false },
    telemetry: { disabled: true },
    schema: { enforcement: schema ? 'reject' : 'none' },
    storage: { driver: 'disk', disk: { directory: policies, watchForChanges: false } },
  };
  const configFile = join(home, 'config.json'); // JSON is YAML
  writeFileSync(configFile, JSON.stringify(config));
  const child = spawn(binary, ['server', `--config=${configFile}`, '--log-level=error'], {
    stdio: ['ignore', 'ignore', openSync(join(home, 'log'), 'w')], // it complains when a client leaves
  });
  const stop = () => stopProcess(child);
  const url = `http://127.0.0.1:${port}/access/v1/evaluation`;
  try {
    await untilAnswers(`http://127.0.0.1:${port}/_cerbos/health`, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pids: () => ({ cerbos: [child.pid] }), stop };
}

function installed() {
  const name = `@cerbos/cerbos-${process.platform}-${process.arch}`;
  try {
    const home = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    return join(home, name.split('/')[1]);
  } catch {
    return undefined;
  }
}
