/**
 * What may be about a person stands beside the records, for finding and showing them, and goes when the person is erased:
 * then nothing in any column of any table tells who it was, what they wanted or in which run.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, graphql, post, question } from './support/agent.js';
import { verifyChain } from './support/chain.js';
import { createWorld, POLICY, type Api, type World } from './support/world.js';

/** In everything a model or a caller can write about Eve. */
const EVE = 'eve-4711';

let world: World;
let api: Api;
let key: string;
let reader: string;
const ids: Record<string, string> = {};

beforeAll(async () => {
  world = await createWorld({
    ...POLICY,
    resourceTypes: {
      note: {
        title: '',
        description: '',
        actions: { see: { class: 'read', title: '' } },
        schema: {},
        register: 'required',
      },
    },
    quotas: { mine: { per: 'user', tool: 'search', limit: 100, windowSeconds: 3600 } },
  });
  key = (await world.agentKey()).secret;
  reader = await world.managementKey(['owner']);
  api = await world.api();
  await world.bind(`${EVE}@example.com`, ['customer']);
  const tenant = world.slug;
  await graphql(
    api,
    reader,
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
    { tenant, id: `${EVE}@example.com`, attributes: { note: `said of ${EVE}`, [`${EVE}_vip`]: true } },
  );
  await graphql(
    api,
    reader,
    `
      mutation ($tenant: String!, $text: JSON!) {
        importSubjects(tenant: $tenant, format: "csv", text: $text, reason: "said for a test") {
          created
        }
      }
    `,
    { tenant, text: `type,id,note\nkind-of-${EVE},imported-${EVE},imported of ${EVE}` },
  );
  await graphql(
    api,
    reader,
    `
      mutation ($tenant: String!, $id: String!, $properties: JSON!) {
        registerResource(
          tenant: $tenant
          type: "note"
          id: $id
          properties: $properties
          expectedVersion: 0
          reason: "said for a test"
        ) {
          id
        }
      }
    `,
    { tenant, id: `note-of-${EVE}`, properties: { about: EVE } },
  );
  const context = {
    run_id: `run-of-${EVE}`,
    thread_id: `thread-of-${EVE}`,
    trace_id: `trace-of-${EVE}`,
    span_id: `span-of-${EVE}`,
    inputs: [{ source: `mail of ${EVE}`, trust: 'untrusted', digest: `digest-of-${EVE}` }],
    note: `seen ${EVE}`,
  };
  const about = { subject: `${EVE}@example.com`, context };
  const evaluate = async (name: string, over: object) => {
    const { body } = requireStatus(await ask(api, key, { ...about, ...over }), 200);
    ids[name] = body.context.evaluation_id;
    return body.context;
  };
  await evaluate('allowed', {});
  await evaluate('unknown tool', { tool: `mail_to_${EVE}` });
  await evaluate('unknown argument', { args: { q: 'x', [`${EVE}_phone`]: '+49 30 1', list: [1] } });
  await evaluate('unknown assistant', { agent: `desk-of-${EVE}` });
  const note = {
    ...question(about),
    action: { name: 'see' },
    resource: { type: 'note', id: `note-of-${EVE}`, properties: { also: EVE } },
  };
  ids['note'] = (await post<Asked>(api, '/access/v1/evaluation', key, note)).body.context.evaluation_id;
  const odd = {
    ...question(about),
    action: { name: `ask/${EVE}` },
    resource: { type: `type-of-${EVE}`, id: `id-of-${EVE}` },
  };
  ids['unknown action'] = (
    await post<Asked>(api, '/access/v1/evaluation', key, odd)
  ).body.context.evaluation_id;
  const stranger = { ...question(about), subject: { type: `kind-of-${EVE}`, id: EVE } };
  await post(api, '/access/v1/evaluation', key, stranger);
  for (const name of ['allowed', 'unknown tool']) {
    const answer = await post(api, '/v1/outcomes', key, {
      evaluation_id: ids[name],
      status: 'failed',
      arguments: { q: EVE },
      result: { said: EVE },
      result_digest: `sha-of-${EVE}`,
      error: { type: `NoSuch${EVE}`, message: EVE },
      trace_id: `outcome-trace-of-${EVE}`,
      span_id: `outcome-span-of-${EVE}`,
    });
    requireStatus(answer, 201);
  }
  const other = await world.agentKey(['helper']);
  const refused = { evaluation_id: ids['allowed'], status: 'succeeded', result_digest: `forged-${EVE}` };
  requireStatus(await post(api, '/v1/outcomes', other.secret, refused), 403);
});
afterAll(() => world.close());

function requireStatus<T extends { readonly status: number }>(answer: T, status: number): T {
  if (answer.status !== status) throw new Error(`answered ${answer.status}, not ${status}`);
  return answer;
}

interface Asked {
  readonly context: { readonly evaluation_id: string };
}
interface Shown {
  readonly id: string;
  readonly tool: string;
  readonly action: string;
  readonly assistant: string | null;
  readonly runId: string | null;
  readonly threadId: string | null;
  readonly traceId: string | null;
  readonly subjectId: string | null;
  readonly detail: unknown;
  readonly arguments: unknown;
  readonly outcome: { readonly detail: Record<string, unknown> } | null;
}
const FIELDS =
  'id tool action assistant runId threadId traceId subjectId subjectType detail trail { detail } arguments outcome { detail }';
const shown = async (name: string): Promise<Shown> =>
  (
    await graphql<{ evaluation: Shown }>(
      api,
      reader,
      `query ($tenant: String!, $id: ID!) { evaluation(tenant: $tenant, id: $id) { ${FIELDS} } }`,
      { tenant: world.slug, id: ids[name] },
    )
  ).evaluation;
const listed = async (filter: object) =>
  (
    await graphql<{ evaluations: { nodes: { id: string }[] } }>(
      api,
      reader,
      `
        query ($tenant: String!, $filter: EvaluationFilter) {
          evaluations(tenant: $tenant, filter: $filter) {
            nodes {
              id
            }
          }
        }
      `,
      { tenant: world.slug, filter },
    )
  ).evaluations.nodes.map(({ id }) => id);
const logged = async (filter: object) =>
  (
    await graphql<{ auditRecords: { nodes: { id: string; target: string }[] } }>(
      api,
      reader,
      `
        query ($tenant: String!, $filter: AuditFilter) {
          auditRecords(tenant: $tenant, filter: $filter) {
            nodes {
              id
              target
            }
          }
        }
      `,
      { tenant: world.slug, filter },
    )
  ).auditRecords.nodes;

/** Every row of every table, as text, with binary as it is written; the ones that hold the words. */
async function traces(word: string): Promise<string[]> {
  const tables = await world.rows<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  expect(tables.length).toBeGreaterThan(10);
  const hex = Buffer.from(word).toString('hex');
  const hits: string[] = [];
  for (const { name } of tables) {
    const rows = await world.rows<{ row: string }>(
      `SELECT t::text AS row FROM "${name}" t WHERE t::text ILIKE $1 OR t::text ILIKE $2`,
      [`%${word}%`, `%${hex}%`],
    );
    hits.push(...rows.map(({ row }) => `${name}: ${row.slice(0, 2_000)}`));
  }
  return hits;
}

it('no record holds any of it in the clear, from the first moment on', async () => {
  const hits = await traces(EVE);
  expect(hits.filter((hit) => hit.startsWith('audit_record'))).toEqual([]);
  expect(hits.some((hit) => hit.startsWith('evidence'))).toBe(true);
});

describe('until they are erased, people see and find all of it', () => {
  it('a call', async () => {
    expect(await shown('allowed')).toMatchObject({
      tool: 'search',
      assistant: 'desk',
      runId: `run-of-${EVE}`,
      threadId: `thread-of-${EVE}`,
      traceId: `trace-of-${EVE}`,
      subjectId: `${EVE}@example.com`,
      subjectType: 'user',
      arguments: { q: 'shoes' },
      outcome: {
        detail: {
          status: 'failed',
          error_type: `NoSuch${EVE}`,
          result_digest: `sha-of-${EVE}`,
          trace_id: `outcome-trace-of-${EVE}`,
        },
      },
    });
  });
  it.each([
    ['unknown tool', { tool: `mail_to_${EVE}`, detail: { tool: `mail_to_${EVE}` } }],
    [
      'unknown argument',
      {
        tool: 'search',
        detail: { errors: expect.arrayContaining([{ path: `/${EVE}_phone`, message: expect.any(String) }]) },
      },
    ],
    ['unknown assistant', { assistant: `desk-of-${EVE}`, detail: { assistant: `desk-of-${EVE}` } }],
    ['unknown action', { action: `ask/${EVE}`, tool: `id-of-${EVE}`, detail: { action: `ask/${EVE}` } }],
  ])('an %s', async (name, want) => {
    expect(await shown(name)).toMatchObject(want);
  });
  it('by its run, by the name of a tool that nobody has, in the log too', async () => {
    expect(await listed({ runId: `run-of-${EVE}` })).toHaveLength(7);
    expect(await listed({ tool: [`mail_to_${EVE}`] })).toEqual([ids['unknown tool']]);
    expect(await logged({ target: [`mail_to_${EVE}`] })).toHaveLength(2);
    expect(await logged({ text: `MAIL_TO_${EVE}` })).toHaveLength(2);
  });
});

it('erased, no column of any table holds a trace, and every proof stands', async () => {
  await graphql(
    api,
    reader,
    `
      mutation ($tenant: String!, $id: String!) {
        removeResource(tenant: $tenant, type: "note", id: $id, expectedVersion: 1, reason: "said for a test")
      }
    `,
    { tenant: world.slug, id: `note-of-${EVE}` },
  );
  await world.rows(
    `WITH unbound AS (DELETE FROM subject WHERE tenant_id = $1 AND id LIKE $2),
          erased AS (DELETE FROM subject_key WHERE tenant_id = $1 AND id LIKE $2)
     UPDATE ledger_head SET epoch = epoch + 1 WHERE tenant_id = $1`,
    [world.tenantId, `%${EVE}%`],
  );
  expect(await traces(EVE)).toEqual([]);
  expect(await verifyChain(world)).toMatchObject({ verdict: 'verified', reachesHead: true });
  expect(await shown('unknown tool')).toMatchObject({
    tool: '(unknown)',
    runId: null,
    threadId: null,
    subjectId: null,
    detail: { tool: '(unknown)' },
    arguments: null,
    outcome: { detail: { status: 'failed' } },
  });
  expect(await listed({ runId: `run-of-${EVE}` })).toEqual([]);
  // Whoever reports late still can; who it was about is not known any more.
  const late = await post(api, '/v1/outcomes', key, {
    evaluation_id: ids['unknown argument'],
    status: 'not_executed',
  });
  expect(late.status).toBe(201);
  expect(await traces(EVE)).toEqual([]);
});
