/**
 * One process: API, GraphQL and console on one port, the background work beside it unless REEVE_WORKER=0.
 * Settings are checked, the database is brought to this program's schema, what decides is made fast by use, a first start
 * is seeded; then it serves.
 */
import 'reflect-metadata';
import { createApp, drain, prepare } from './boot.js';
import { readConfig } from './infra/config.js';
import { didNotStart } from './infra/did-not-start.js';
import { stopOnSignal } from './infra/stop-on-signal.js';
import { rehearse } from './rehearsal.js';
import { startTracing } from './infra/tracing/start-tracing.js';
import { welcome } from './welcome.js';

try {
  const config = readConfig(process.env);
  const endTracing = await startTracing(config);
  await prepare(config);
  rehearse();
  const app = await createApp(config);
  const stopped = new AbortController();
  stopOnSignal({
    drainMs: config.drainMs,
    drain: () => {
      stopped.abort();
      drain(app);
    },
    close: async () => {
      await app.close();
      await endTracing();
    },
  });
  await welcome(app, config, stopped.signal);
} catch (error) {
  didNotStart(error);
}
