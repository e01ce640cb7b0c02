import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { migrate, readMigrations, type Migration } from '../src/migrate.js';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

const first: Migration = { name: '1_first', sql: 'create table a (id int primary key)', checksum: 'x' };
const second: Migration = { name: '2_second', sql: 'alter table a add column b int', checksum: 'y' };

let database: string;
let url: string;

beforeEach(async () => {
  database = `migrate_${randomBytes(6).toString('hex')}`;
  await ask(inject('postgresUrl'), `create database ${database}`);
  const own = new URL(inject('postgresUrl'));
  own.pathname = `/${database}`;
  url = own.href;
});
afterEach(() => ask(inject('postgresUrl'), `drop database ${database} with (force)`));

async function ask(target: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: target });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('migrate', () => {
  test('applies each migration once, however many processes start at once', async () => {
    const reports = await Promise.all(Array.from({ length: 5 }, () => migrate(url, [first, second])));
    expect(reports.flatMap(({ applied }) => applied)).toEqual(['1_first', '2_second']);
    expect(await ask(url, 'select count(*)::int as n from "_prisma_migrations"')).toEqual([{ n: 2 }]);
  });

  test('rolls a failing migration back and names the line', async () => {
    const broken = { ...second, sql: 'create table c (id int);\ncreate table d (id nonsense);' };
    await expect(migrate(url, [first, broken])).rejects.toThrow(
      /2_second failed and was rolled back.*\(line 2\)/s,
    );
    expect(await ask(url, `select to_regclass('a') is not null as a, to_regclass('c') as c`)).toEqual([
      { a: true, c: null },
    ]);
    expect((await migrate(url, [first, second])).applied).toEqual(['2_second']);
  });

  test('refuses a migration that was edited after it was applied', async () => {
    await migrate(url, [first]);
    await expect(migrate(url, [{ ...first, checksum: 'other' }])).rejects.toThrow('1_first was edited');
  });

  test('tells what a newer release has applied', async () => {
    await migrate(url, [first, second]);
    expect(await migrate(url, [first])).toEqual({ applied: [], ahead: ['2_second'] });
  });

  test('knows the migrations on disk', async () => {
    const names = readMigrations().map(({ name }) => name);
    expect(names.length).toBeGreaterThan(0);
    expect((await migrate(url)).applied).toEqual(names);
  });
});

test('the migrations lead to schema.prisma', async () => {
  const script = join(import.meta.dirname, '..', 'migrate.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [script, 'drift']);
  expect(stdout).toBe('the migrations lead to schema.prisma\n');
});
