/** The application on its port, for main.ts and for tests. */
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { INestApplicationContext } from '@nestjs/common';
import { AgentKeys } from './api-keys/agent-keys.service.js';
import { AppModule, WorkerModule } from './app.module.js';
import { serveDocs } from './docs/serve-docs.js';
import { agentControllers } from './entrance/agent-controllers.js';
import { BodyDoor } from './auth/body-door.service.js';
import { RequestTurns } from './auth/request-turns.service.js';
import { AgentEntrance } from './entrance/agent-entrance.js';
import type { Config } from './infra/config.js';
import { serveConsole } from './infra/console-files.js';
import { Draining } from './infra/draining.js';
import { newAdapter, secure, type ReeveAdapter } from './infra/http.js';
import { prepareDatabase } from './infra/prepare-database.js';
import { settleKeys } from './ledger/key-fingerprints.js';
import { serveOpenApi } from './openapi.js';

/** The database at this program's schema, and the keys it was written with. Any number of processes may start at once. */
export async function prepare(config: Config): Promise<void> {
  await prepareDatabase(config);
  await settleKeys(config);
}

/** Configured, not yet listening; after `prepare`. */
export async function createApp(
  config: Config,
  agents = new AgentEntrance(),
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.for(config), newAdapter(agents), {
    logger: ['error', 'warn'],
    abortOnError: false,
    // JSON and nothing else: a form or plain text could be posted from any page.
    bodyParser: false,
  });
  await secure(app, config);
  for (const door of [RequestTurns, BodyDoor]) app.get(door).guard(app.getHttpAdapter().getInstance());
  serveOpenApi(app);
  await serveDocs(app);
  await serveConsole(app, config);
  await app.init();
  const keys = app.get(AgentKeys);
  await agents.open((bearer) => keys.authenticate(bearer), agentControllers(app), config.otlp !== undefined);
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

/** Not ready any more, and each answer asks for its connection to be closed; everything is still answered. */
export function drain(app: NestFastifyApplication): void {
  app.get(Draining).begin();
  (app.getHttpAdapter() as ReeveAdapter).drain();
}

/** The processors without a port. */
export async function createWorker(config: Config): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(WorkerModule.for(config), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
}
