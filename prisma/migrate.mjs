// Promises, for authors and checks, never in the product's run path:
//
//   npm run migrate -- new <name>    writes the migration that takes the migrations to schema.prisma
//   npm run migrate -- drift         fails when the migrations and schema.prisma disagree
//   npm run migrate -- status        what the database of DATABASE_URL has, lacks and has differently
//
// Prisma's own engine computes the difference, compiled to WebAssembly so that nothing is downloaded. It has no
// shadow database: a throw-away PostgreSQL gets the migrations, and its schema is what the difference starts from.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, 'migrations');
const schemaFile = join(here, 'schema.prisma');
const BYTE_CHAR = 18; // PostgreSQL's "char", one byte, in its catalogue
const CHARACTER = 6; // what the engine calls text of that kind

function migrations() {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map(({ name }) => ({ name, sql: readFileSync(join(folder, name, 'migration.sql'), 'utf8') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** SQL from the migrations to schema.prisma; empty when they agree. */
async function difference() {
  const { throwAwayCluster } = await import('../scripts/testing/throw-away.mjs');
  const cluster = await throwAwayCluster();
  try {
    const client = new pg.Client({ connectionString: cluster.url });
    await client.connect();
    for (const { sql } of migrations()) await client.query(sql);
    const inexpressible = await coveringIndexes(client);
    await client.end();

    const schema = { path: schemaFile, content: readFileSync(schemaFile, 'utf8') };
    const engine = await schemaEngine(cluster.url, schema);
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files: [schema], configDir: here },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: null,
      filters: { externalTables: ['public._prisma_migrations'], externalEnums: [] },
    });
    engine.free();
    const statements = (stdout ?? '').split(/\n(?=-- )/).map((statement) => statement.trim());
    return statements
      .filter((statement) => statement && !/empty migration/i.test(statement))
      .filter((statement) => !inexpressible.has(/^-- DropIndex\nDROP INDEX "([^"]+)";$/.exec(statement)?.[1]))
      .join('\n\n');
  } finally {
    await cluster.remove();
  }
}

/** Names of the indexes with INCLUDE columns, which a Prisma schema cannot say and its engine would drop. */
async function coveringIndexes(client) {
  const { rows } = await client.query(
    'select indexrelid::regclass::text as name from pg_index where indnatts > indnkeyatts',
  );
  return new Set(rows.map((row) => row.name.replaceAll('"', '')));
}

async function schemaEngine(url, schema) {
  const require = createRequire(import.meta.url);
  const [{ PrismaPg }, { bindMigrationAwareSqlAdapterFactory }, bindings] = await Promise.all([
    import('@prisma/adapter-pg'),
    import('@prisma/driver-adapter-utils'),
    import('@prisma/schema-engine-wasm/schema_engine_bg'),
  ]);
  const wasm = readFileSync(
    join(dirname(require.resolve('@prisma/schema-engine-wasm')), 'schema_engine_bg.wasm'),
  );
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => process.stderr.write(`${message}\n`) };
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const factory = bindMigrationAwareSqlAdapterFactory(
    readsCatalogue(new PrismaPg({ connectionString: url })),
  );
  return bindings.SchemaEngine.new({ datamodels: [[schema.path, schema.content]] }, () => undefined, factory);
}

/** The catalogue has columns of a one-byte type the adapter does not know; the engine wants characters. */
function readsCatalogue(factory) {
  const adapted = (adapter) => {
    const performIO = adapter.performIO.bind(adapter);
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.performIO = async (query) => {
      const result = await performIO(query);
      for (const field of result.fields) {
        if (field.dataTypeID !== BYTE_CHAR) continue;
        field.dataTypeID = pg.types.builtins.TEXT;
        field.wasByteChar = true;
      }
      adapter.lastFields = result.fields;
      return result;
    };
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      const fields = adapter.lastFields;
      const columnTypes = result.columnTypes.map((type, at) => (fields[at]?.wasByteChar ? CHARACTER : type));
      return { ...result, columnTypes };
    };
    return adapter;
  };
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => adapted(await factory.connect()),
    // adapter-pg's own shadow database would be the real one when a connection string names a database
    connectToShadowDb: () => Promise.reject(new Error('there is no shadow database')),
  };
}

async function create(name) {
  if (!/^[a-z][a-z0-9_]*$/.test(name ?? ''))
    throw new Error('usage: npm run migrate -- new <name_in_snake_case>');
  const sql = await difference();
  if (!sql) return say('the migrations already lead to schema.prisma; nothing written');
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const file = join(folder, `${stamp}_${name}`, 'migration.sql');
  mkdirSync(dirname(file));
  writeFileSync(file, `${sql}\n`);
  say(
    `wrote prisma/migrations/${stamp}_${name}/migration.sql; add row-level security for each new tenant table`,
  );
}

async function drift() {
  const sql = await difference();
  if (!sql) return say('the migrations lead to schema.prisma');
  process.exitCode = 1;
  say(`the migrations do not lead to schema.prisma; this is missing:\n\n${sql}`);
}

async function status() {
  if (!process.env.DATABASE_URL) throw new Error('status needs DATABASE_URL');
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client
    .query(
      'select migration_name, checksum, finished_at from "_prisma_migrations" where rolled_back_at is null',
    )
    .catch((error) => (error.code === '42P01' ? { rows: [] } : Promise.reject(error)));
  await client.end();
  const there = new Map(rows.map((row) => [row.migration_name, row]));
  for (const { name, sql } of migrations()) {
    const row = there.get(name);
    there.delete(name);
    const checksum = createHash('sha256').update(sql).digest('hex');
    const state = !row
      ? 'pending'
      : !row.finished_at
        ? 'unfinished'
        : row.checksum === checksum
          ? 'applied'
          : 'edited';
    if (state === 'edited' || state === 'unfinished') process.exitCode = 1;
    say(`${state.padEnd(10)} ${name}`);
  }
  for (const name of there.keys()) say(`unknown    ${name}`);
}

const say = (text) => process.stdout.write(`${text}\n`);

const [command, name] = process.argv.slice(2);
const commands = { new: () => create(name), drift, status };
try {
  if (!Object.hasOwn(commands, command ?? ''))
    throw new Error('usage: npm run migrate -- new <name> | drift | status');
  await commands[command]();
} catch (error) {
  process.stderr.write(`${error.message ?? JSON.stringify(error)}\n`);
  process.exitCode = 1;
}
