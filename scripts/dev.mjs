// Promises: edit and see. The API is rebuilt and restarted on every change, Vite serves the console beside it.
//
// The console is at Vite's address; what is not the console's goes on to the API.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { watch } from 'rolldown';
import { startApi } from './lib/api-process.mjs';
import { generate } from './lib/build.mjs';
import { step } from './lib/progress.mjs';
import { ROOT } from './lib/run.mjs';
import { start } from './embedded-pg.mjs';

const dataDir = resolve(ROOT, process.env.REEVE_DATA_DIR || '.reeve');
const print = (text) => process.stdout.write(text);

await step('generating', generate);
const database = process.env.DATABASE_URL
  ? undefined
  : await step('starting PostgreSQL', () => start({ dataDir }));
const env = { REEVE_DATA_DIR: dataDir, DATABASE_URL: process.env.DATABASE_URL || database.url };

process.chdir(join(ROOT, 'apps', 'api'));
const { default: config } = await import('../apps/api/rolldown.config.mjs');
const watcher = watch(config);
let api;
let turn = Promise.resolve(); // one restart after the other
watcher.on('event', (event) => {
  if (event.code === 'ERROR') print(`${event.error.message}\n`);
  if (event.code === 'BUNDLE_END') void event.result.close();
  if (event.code === 'END') turn = turn.then(restart);
});

async function restart() {
  await api?.stop();
  api = startApi({ env, onOutput: print });
}

const vite = spawn(process.execPath, [join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')], {
  cwd: join(ROOT, 'apps', 'web'),
  stdio: 'inherit',
});

let stopping = false;
async function down() {
  if (stopping) return;
  stopping = true;
  vite.kill('SIGTERM');
  await watcher.close();
  await turn;
  await api?.stop();
  await database?.stop();
  process.exit(0);
}
process.on('SIGINT', () => void down());
process.on('SIGTERM', () => void down());
void database?.lost.then((error) => print(`${error.message}\n`)).then(down);
const parent = process.ppid;
setInterval(() => process.ppid !== parent && void down(), 250).unref();
