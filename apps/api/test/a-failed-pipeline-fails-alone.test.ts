/**
 * Statements that are sent together are one transaction and one answer, and what fails among them spoils nothing that
 * comes behind: not the connection, not what it has prepared, not the pipeline that was already sent. It leans on what pg
 * does inside.
 */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { LedgerConnection } from '../src/ledger/ledger-connection.js';
import type { Statement } from '../src/ledger/pipeline.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';

let database: TestDatabase;
let connection: LedgerConnection;

beforeAll(async () => {
  database = await cloneDatabase();
});
beforeEach(async () => {
  connection = new LedgerConnection(database.url, 10_000);
  await connection.pipeline([
    { name: 'create', text: 'CREATE TEMPORARY TABLE number (n int NOT NULL)', unread: true },
  ]);
  return () => connection.close();
});
afterAll(() => database.drop());

const insert = (n: number): Statement => ({
  name: 'insert',
  text: 'INSERT INTO pg_temp.number VALUES ($1) RETURNING n',
  values: [n],
});
const divide = (by: number): Statement => ({
  name: 'divide',
  text: 'SELECT 10 / $1::int AS tenth',
  values: [by],
});
const begin: Statement = { name: 'begin', text: 'BEGIN', unread: true };
const DIVISION_BY_ZERO = { code: '22012' };

const rowsOf = async (statements: readonly Statement[]) =>
  (await connection.pipeline(statements)).map(({ rows }) => rows as object[]);
const numbers = async () => {
  const [rows] = await rowsOf([
    { name: 'numbers', text: 'SELECT array_agg(n ORDER BY n) AS n FROM pg_temp.number' },
  ]);
  return (rows![0] as { n: number[] | null }).n ?? [];
};
/** What this connection has prepared of a statement: how often, and whether PostgreSQL still has each. */
const preparedAs = async (name: string) => {
  const [rows] = await rowsOf([
    {
      name: 'prepared',
      text: `SELECT name FROM pg_prepared_statements WHERE name LIKE $1 || '\\_%' ORDER BY name`,
      values: [name],
    },
  ]);
  return (rows as { name: string }[]).map((row) => row.name);
};

it('answers each statement with its own rows, and what nobody reads with none', async () => {
  expect(await rowsOf([insert(1), { ...insert(2), unread: true }, divide(5)])).toEqual([
    [{ n: 1 }],
    [],
    [{ tenth: 2 }],
  ]);
  expect(await numbers()).toEqual([1, 2]);
});

it('an error in the middle takes back what was before it and runs nothing after it', async () => {
  await expect(connection.pipeline([insert(1), divide(0), insert(2)])).rejects.toMatchObject(
    DIVISION_BY_ZERO,
  );
  expect(await numbers()).toEqual([]);
});

it('the connection after it is the same one, and good', async () => {
  const pid: Statement = { name: 'pid', text: 'SELECT pg_backend_pid() AS pid' };
  const before = await rowsOf([pid]);
  await expect(connection.pipeline([divide(0)])).rejects.toMatchObject(DIVISION_BY_ZERO);
  expect(await rowsOf([pid])).toEqual(before);
});

it('prepares a statement once, and again under another name when it first came in a pipeline that failed', async () => {
  await rowsOf([insert(1)]);
  await rowsOf([insert(2), insert(3)]);
  const [first, ...others] = await preparedAs('insert');
  expect(others).toEqual([]);

  // Whether the second statement came to be parsed, nobody on this side can tell.
  const never: Statement = { name: 'negate', text: 'SELECT -$1::int AS negated', values: [7] };
  await expect(connection.pipeline([insert(4), divide(0), never])).rejects.toMatchObject(DIVISION_BY_ZERO);
  expect(await rowsOf([insert(5), divide(2), never])).toEqual([
    [{ n: 5 }],
    [{ tenth: 5 }],
    [{ negated: -7 }],
  ]);
  expect(await preparedAs('insert')).toEqual([first]);
});

it('two in a row are answered in the order they were sent, before anybody waited for the first', async () => {
  const answered: string[] = [];
  const send = async (name: string, statements: readonly Statement[]) => {
    const rows = await rowsOf(statements);
    answered.push(name);
    return rows;
  };
  expect(await Promise.all([send('first', [insert(1)]), send('second', [insert(2), divide(1)])])).toEqual([
    [[{ n: 1 }]],
    [[{ n: 2 }], [{ tenth: 10 }]],
  ]);
  expect(answered).toEqual(['first', 'second']);
});

it('the second of two is its own transaction: it is answered when the first fails, and the other way round', async () => {
  const results = await Promise.allSettled([
    rowsOf([insert(1), divide(0)]),
    rowsOf([insert(2), divide(1)]),
    rowsOf([divide(0)]),
    rowsOf([insert(3)]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
  expect(await numbers()).toEqual([2, 3]);
});

it('a transaction that was left open by a failure is rolled back by recover, and the next one begins', async () => {
  await expect(connection.pipeline([begin, insert(1), divide(0)])).rejects.toMatchObject(DIVISION_BY_ZERO);
  await expect(connection.pipeline([insert(2)])).rejects.toMatchObject({ code: '25P02' });
  await connection.recover();
  expect(await rowsOf([insert(3)])).toEqual([[{ n: 3 }]]);
  expect(await numbers()).toEqual([3]);
});

it('begins anew when PostgreSQL ends the connection, with nothing taken to be prepared', async () => {
  await rowsOf([divide(5)]);
  await expect(
    connection.pipeline([{ name: 'end', text: 'SELECT pg_terminate_backend(pg_backend_pid())' }]),
  ).rejects.toThrow();
  expect(await rowsOf([divide(5)])).toEqual([[{ tenth: 2 }]]);
});
