/** Only the background work, for deployments that keep it off the API's processes (REEVE_WORKER=0 there). */
import 'reflect-metadata';
import { createWorker, prepare } from './boot.js';
import { readConfig } from './infra/config.js';
import { stopOnSignal } from './infra/stop-on-signal.js';

try {
  const config = readConfig(process.env);
  await prepare(config);
  const worker = await createWorker(config);
  stopOnSignal(() => worker.close());
  process.stdout.write('Reeve worker is at work\n');
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
