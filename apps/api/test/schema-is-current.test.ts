/** The committed schema is the one this code serves. `npm run schema -w apps/api` writes it. */
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from './support/app.js';

let reeve: TestApp;
beforeAll(async () => void (reeve = await startApp()));
afterAll(() => reeve.close());

it('commits the GraphQL schema it serves', async () => {
  const { schema } = reeve.app.get(GraphQLSchemaHost);
  await expect(`${printSchema(lexicographicSortSchema(schema))}\n`).toMatchFileSnapshot(
    '../src/schema.graphql',
  );
});
