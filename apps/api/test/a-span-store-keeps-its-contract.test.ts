/** Whatever keeps spans keeps them alike: one suite for every implementation of SpanStore. */
import { afterAll, beforeAll, describe } from 'vitest';
import { PostgresSpanStore } from '../src/telemetry/postgres-span-store.repository.js';
import { SeriesBook } from '../src/telemetry/series-book.repository.js';
import { TelemetryDatabase } from '../src/telemetry/telemetry-database.repository.js';
import { spanStoreContract, type StoreUnderTest } from './support/span-store-contract.js';
import { rollupsOf, spansOf } from './support/telemetry.js';
import { createWorld, type World } from './support/world.js';

describe('PostgreSQL', () => {
  let world: World;
  let database: TelemetryDatabase;
  let under: StoreUnderTest;

  beforeAll(async () => {
    world = await createWorld();
    database = new TelemetryDatabase(world.config);
    under = {
      store: new PostgresSpanStore(database, new SeriesBook()),
      tenantId: world.tenantId,
      keyId: (await world.agentKey([], ['telemetry'])).id,
      spans: () => spansOf(world),
      sums: () => rollupsOf(world),
    };
  });
  afterAll(async () => {
    await database.onApplicationShutdown();
    await world.close();
  });

  spanStoreContract(() => under);
});
