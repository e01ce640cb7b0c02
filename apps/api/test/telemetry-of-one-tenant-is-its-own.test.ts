/**
 * Spans are their tenant's: the same ids of two tenants are two spans, PostgreSQL refuses another's, and the role that
 * writes spans can write nothing else. Users stand there under pseudonyms, and go when they are erased.
 */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphql } from './support/agent.js';
import { call, newTraceId, otlpSpan, rollupsOf, send, spansOf, summed } from './support/telemetry.js';
import { createWorld, POLICY, type Api, type World } from './support/world.js';

let world: World;
let api: Api;
let key: string;
let neighbour: { tenantId: string; secret: string };

beforeAll(async () => {
  world = await createWorld({
    ...POLICY,
    assistants: {
      ...POLICY.assistants,
      open: { ...POLICY.assistants['desk']!, logPolicy: 'full' },
      shut: { ...POLICY.assistants['desk']!, logPolicy: 'none' },
    },
  });
  api = await world.api();
  key = (await world.agentKey([], ['telemetry'])).secret;
  neighbour = await world.neighbour();
  await world.rows(`SELECT set_config('app.tenant_ids', $1, false)`, [
    `${world.tenantId},${neighbour.tenantId}`,
  ]);
  await world.rows(`UPDATE api_key SET scopes = '{telemetry}' WHERE tenant_id = $1`, [neighbour.tenantId]);
});
afterAll(() => world.close());

/** Runs statements as the role that writes spans, with tenants named, and rolls back. */
async function asTelemetry<T>(tenants: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: world.config.databaseUrl,
    options: '-c role=reeve_telemetry',
  });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SELECT set_config('app.tenant_ids', $1, true)`, [tenants]);
    return await work(client);
  } finally {
    await client.query('ROLLBACK');
    await client.end();
  }
}

it('one id of two tenants is two spans, each counted with its own', async () => {
  const span = call({ input: 100 });
  const [mine, theirs] = await Promise.all([send(api, key, [span]), send(api, neighbour.secret, [span])]);
  expect([mine.status, theirs.status]).toEqual([200, 200]);
  for (const tenant of [world.tenantId, neighbour.tenantId]) {
    const spans = await spansOf(world, tenant);
    expect(spans).toHaveLength(1);
    expect(await rollupsOf(world, tenant)).toEqual(summed(spans));
  }
});

describe('the role that writes spans', () => {
  const refusal = (sql: string, values: unknown[] = [], tenants = world.tenantId) =>
    asTelemetry(tenants, (client) => client.query(sql, values)).then(
      ({ rowCount }) => `permitted, ${rowCount} rows`,
      (error: { code?: string }) => error.code,
    );

  it('writes and reads no other tenant’s', async () => {
    const trace = [neighbour.tenantId, '00000000-0000-0000-0000-000000000001'];
    expect(
      await refusal(
        `INSERT INTO trace (tenant_id, trace_id, day, last_day) VALUES ($1, $2, now(), now())`,
        trace,
      ),
    ).toBe('42501');
    expect(await refusal('SELECT 1 FROM span WHERE tenant_id = $1', [neighbour.tenantId])).toBe(
      'permitted, 0 rows',
    );
    expect(await refusal('UPDATE rollup SET spans = 0 WHERE tenant_id = $1', [neighbour.tenantId])).toBe(
      'permitted, 0 rows',
    );
    expect(await refusal('SELECT 1 FROM span', [], '')).toBe('permitted, 0 rows');
  });

  it('writes nothing that is not telemetry', async () => {
    const { rows } = await asTelemetry(world.tenantId, (client) =>
      client.query<{ table: string }>(
        `SELECT DISTINCT c.relname AS table FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
           AND (has_table_privilege(c.oid, 'INSERT') OR has_any_column_privilege(c.oid, 'UPDATE') OR has_table_privilege(c.oid, 'DELETE'))
         ORDER BY 1`,
      ),
    );
    expect(rows.map(({ table }) => table)).toEqual([
      'dimension_value',
      'latency_bin',
      'receipt',
      'rollup',
      'series',
      'span',
      'span_content',
      'telemetry_rejection',
      'telemetry_salt',
      'trace',
      'user_spend',
    ]);
    for (const table of ['audit_record', 'evidence', 'subject_key', 'account', 'session'])
      expect(await refusal(`SELECT 1 FROM ${table}`)).toBe('42501');
  });
});

it('takes no key that is for something else, and none any more that was revoked', async () => {
  const decides = (await world.agentKey()).secret;
  expect((await send(api, decides, [otlpSpan()])).status).toBe(403);
  const gone = await world.agentKey([], ['telemetry']);
  expect((await send(api, gone.secret, [otlpSpan()])).status).toBe(200);
  await world.rows('UPDATE api_key SET revoked_at = now() WHERE tenant_id = $1 AND id = $2', [
    world.tenantId,
    gone.id,
  ]);
  const count = (await spansOf(world)).length;
  expect((await send(api, gone.secret, [otlpSpan()])).status).toBe(401);
  expect(await spansOf(world)).toHaveLength(count);
});

/** Every column of every table but the ledger's own, as text. */
async function everything(): Promise<string> {
  const tables = await world.rows<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'subject_key' AND c.relname <> 'subject'`,
  );
  const texts = [];
  for (const { name } of tables)
    texts.push(JSON.stringify(await world.rows(`SELECT t::text AS row FROM "${name}" t`)));
  return texts.join('\n');
}

describe('a user', () => {
  const EVE = 'eve-4711@example.com';
  const trace = newTraceId();

  it('stands nowhere in the clear, whatever names them', async () => {
    const root = otlpSpan({
      trace,
      name: `run of ${EVE}`,
      ms: 900,
      attributes: {
        'user.id': EVE,
        'session.id': `thread of ${EVE}`,
        note: `for ${EVE}`,
        'gen_ai.agent.name': 'desk',
      },
    });
    const inner = call({
      trace,
      parent: root.spanId,
      attributes: { 'user.id': EVE, 'gen_ai.agent.name': 'desk' },
    });
    expect((await send(api, key, [inner, root])).status).toBe(200);
    const spans = (await spansOf(world)).filter(({ traceId }) => traceId === trace);
    expect(spans).toHaveLength(2);
    expect(new Set(spans.map(({ user }) => user)).size).toBe(1);
    expect(await everything()).not.toContain('eve-4711');
    const [spend] = await world.rows(`SELECT user_ref, calls FROM user_spend WHERE tenant_id = $1`, [
      world.tenantId,
    ]);
    expect(spend).toMatchObject({ user_ref: spans[0]!.user, calls: '1' });
  });

  it('is another one in another tenant', async () => {
    await send(api, neighbour.secret, [call({ attributes: { 'user.id': EVE } })]);
    const refs = await world.rows<{ user_ref: string }>(`SELECT DISTINCT user_ref FROM user_spend`);
    expect(refs).toHaveLength(2);
  });

  it('is erased with the subject: no spend, no pseudonym, and the sums stay', async () => {
    const owner = await world.managementKey(['owner']);
    await world.bind(EVE, ['customer']);
    const before = await rollupsOf(world);
    await graphql(
      api,
      owner,
      `
        mutation ($tenant: String!, $id: String!, $attributes: JSON!) {
          setSubjectAttributes(
            tenant: $tenant
            type: "user"
            id: $id
            attributes: $attributes
            expectedVersion: 1
            reason: "said for a test"
          ) {
            id
          }
        }
      `,
      { tenant: world.slug, id: EVE, attributes: {} },
    );
    await world.rows('DELETE FROM subject_key WHERE tenant_id = $1 AND id = $2', [world.tenantId, EVE]);
    const spend = await world.rows(`SELECT 1 FROM user_spend WHERE tenant_id = $1`, [world.tenantId]);
    expect(spend).toEqual([]);
    const spans = (await spansOf(world)).filter(({ traceId }) => traceId === trace);
    expect(spans).toMatchObject([
      { user: null, thread: null, attributes: {} },
      { user: null, thread: null, attributes: {} },
    ]);
    expect(await rollupsOf(world)).toEqual(before);
    // The neighbour's is somebody else.
    expect(await world.rows(`SELECT 1 FROM user_spend`)).toHaveLength(1);
  });
});

describe('what was said is kept by the log policy of the assistant', () => {
  const SAID = 'the secret of the house';
  const of = (assistant: string) => {
    const trace = newTraceId();
    const attributes = { 'gen_ai.agent.name': assistant };
    const root = otlpSpan({
      trace,
      ms: 900,
      attributes: { ...attributes, 'gen_ai.operation.name': 'invoke_agent' },
    });
    const said = {
      'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: SAID }] }]),
    };
    return [root, call({ trace, parent: root.spanId, attributes: said })];
  };

  it.each([
    ['open', true],
    ['desk', false],
    ['shut', false],
    ['nobody knows', false],
  ])('%s: %s', async (assistant, kept) => {
    const [root, inner] = of(assistant);
    // The one that says whose it is comes first.
    await send(api, key, [root]);
    await send(api, key, [inner]);
    expect((await everything()).includes(SAID)).toBe(kept);
    await world.rows(`DELETE FROM span_content WHERE tenant_id = $1`, [world.tenantId]);
  });

  it('also of what came before anybody said whose it is', async () => {
    const attributes = { 'gen_ai.request.choice.count': 2 };
    for (const [assistant, left] of [
      ['desk', true],
      ['shut', false],
    ] as const) {
      const [root, inner] = of(assistant);
      const early = call({ trace: root!.traceId, parent: root!.spanId, span: inner!.spanId, attributes });
      await send(api, key, [early]);
      await send(api, key, [root!]);
      const [kept] = (await spansOf(world)).filter(({ spanId }) => spanId === early.spanId);
      expect(Object.keys(kept!.attributes).length > 0).toBe(left);
    }
  });
});
