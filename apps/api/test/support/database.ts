/** A database of its own for a test file: a clone of the migrated template, some 50 ms. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The throw-away cluster's maintenance database, as its owner. */
    postgresUrl: string;
    templateDatabase: string;
  }
}

export interface TestDatabase {
  /** As the owner, the way DATABASE_URL would be. */
  url: string;
  drop: () => Promise<void>;
}

/** Call it in `beforeAll`, and `drop` in `afterAll`. `empty: true` gives one without any table. */
export async function cloneDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = empty ? 'template0' : inject('templateDatabase');
  await administer(`create database ${name} template ${template}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(`drop database if exists ${name} with (force)`) };
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
