/** Only the background work, for deployments that keep it off the API's processes (REEVE_WORKER=0 there). */
import 'reflect-metadata';
import { createWorker, prepare } from './boot.js';
import { readConfig } from './infra/config.js';
import { didNotStart } from './infra/did-not-start.js';
import { stopOnSignal } from './infra/stop-on-signal.js';
import { startTracing } from './infra/tracing/start-tracing.js';

try {
  const config = readConfig(process.env);
  const endTracing = await startTracing(config);
  await prepare(config);
  const worker = await createWorker(config);
  stopOnSignal({
    close: async () => {
      await worker.close();
      await endTracing();
    },
  });
  process.stdout.write('Reeve worker is at work\n');
} catch (error) {
  didNotStart(error);
}
