/** Only the background work, for deployments that keep it off the API's processes (REEVE_WORKER=0 there). */
import 'reflect-metadata';
import { createWorker, prepare } from './boot.js';
import { readConfig } from './infra/config.js';
import { didNotStart } from './infra/did-not-start.js';
import { stopOnSignal } from './infra/stop-on-signal.js';

try {
  const config = readConfig(process.env);
  await prepare(config);
  const worker = await createWorker(config);
  stopOnSignal({ close: () => worker.close() });
  process.stdout.write('Reeve worker is at work\n');
} catch (error) {
  didNotStart(error);
}
