/**
 * The hot path’s look-ups use their whole key from the first row on. A plan that reads a tenant’s whole ledger for one
 * record looks just as good to a planner without statistics, and the loop keeps its plans.
 */
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FACTS } from '../src/evaluations/facts.sql.js';
import { LOCK_HEADS, WRITE } from '../src/ledger/ledger.sql.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await cloneDatabase();
  client = new pg.Client({
    connectionString: database.url,
    options: '-c role=reeve_ledger -c plan_cache_mode=force_generic_plan',
  });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** Line by line. */
async function planOf(name: string, text: string, parameters: number): Promise<string[]> {
  await client.query(`PREPARE ${name} AS ${text}`);
  const nothing = Array.from({ length: parameters }, () => 'NULL').join(', ');
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN EXECUTE ${name}(${nothing})`);
  return rows.map((row) => row['QUERY PLAN']);
}
const wholeTables = (plan: readonly string[]) => plan.filter((line) => /Seq Scan/.test(line));

it.each([
  ['FACTS', FACTS, 11],
  ['LOCK_HEADS', LOCK_HEADS, 1],
])('%s', async (name, text, parameters) => {
  const plan = await planOf(name, text, parameters);
  expect(wholeTables(plan)).toEqual([]);
  // A filter below an index scan is a key that the index does not have; that a record is an evaluation is no key.
  const filters = plan.filter((line) => /^\s*Filter:/.test(line) && !line.includes("'evaluation'"));
  expect(filters).toEqual([]);
});

it('WRITE, which compares a head with where it was seen, but finds it by its key', async () => {
  expect(wholeTables(await planOf('WRITE', WRITE, 8))).toEqual([]);
});
