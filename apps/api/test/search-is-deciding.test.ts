/**
 * A search finds what would be allowed at that moment and nothing else, page by page; it records nothing, spends nothing and
 * shows a key no more than its own questions would.
 */
import { randomUUID } from 'node:crypto';
import { PolicyDocument, type EvaluationAnswer } from '@reeve/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '../src/ledger/actor.js';
import { graphql, post, type Reply } from './support/agent.js';
import { createWorld, POLICY, type Api, type World } from './support/world.js';

let world: World;
let api: Api;
let key: string;
let owner: string;

interface Found {
  readonly page: { readonly next_token: string; readonly count: number };
  readonly results: readonly { readonly type?: string; readonly id?: string; readonly name?: string }[];
}

const PEOPLE = Array.from({ length: 40 }, (_, i) => `p-${String(i).padStart(2, '0')}`);
const RECORDS = Array.from({ length: 6 }, (_, i) => `r-${i}`);

beforeAll(async () => {
  world = await createWorld(
    PolicyDocument.parse({
      ...POLICY,
      resourceTypes: {
        record: {
          actions: { read: { class: 'read' }, write: { class: 'write' }, seal: { class: 'human_only' } },
        },
      },
      cells: [
        ...POLICY.cells,
        { role: 'customer', resourceType: 'record', action: 'read', effect: 'allow' },
        {
          role: 'customer',
          resourceType: 'record',
          action: 'write',
          effect: 'allow',
          when: 'resource.properties.n > subject.properties.n',
        },
        { role: 'customer', resourceType: 'record', action: 'seal', effect: 'approve' },
      ],
      quotas: {
        writes: { per: 'user', resourceType: 'record', action: 'write', limit: 1, windowSeconds: 3600 },
      },
      assistants: {
        desk: { tools: ['search', 'refund'], resourceTypes: ['record'] },
        helper: { tools: ['search'] },
      },
    }),
  );
  api = await world.api();
  key = (await world.agentKey(['desk'])).secret;
  owner = await world.managementKey(['owner']);
  await graphql(
    api,
    owner,
    `
      mutation ($tenant: String!, $text: JSON!) {
        importSubjects(tenant: $tenant, format: "csv", text: $text, reason: "people of a test") {
          created
        }
      }
    `,
    { tenant: world.slug, text: ['id,n:number', ...PEOPLE.map((id, i) => `${id},${i}`)].join('\n') },
  );
  // Every other one is a customer.
  await world.rows(
    `WITH bound AS (UPDATE subject SET roles = '{customer}' WHERE tenant_id = $1 AND id LIKE 'p-%'
       AND right(id, 1) IN ('0','2','4','6','8'))
     UPDATE ledger_head SET epoch = epoch + 1 WHERE tenant_id = $1`,
    [world.tenantId],
  );
  for (const [i, id] of RECORDS.entries())
    await graphql(
      api,
      owner,
      `
        mutation ($tenant: String!, $id: String!, $properties: JSON!) {
          registerResource(
            tenant: $tenant
            type: "record"
            id: $id
            properties: $properties
            expectedVersion: 0
            reason: "records of a test"
          ) {
            id
          }
        }
      `,
      { tenant: world.slug, id, properties: { n: i * 7 } },
    );
});
afterAll(() => world.close());

const search = (kind: string, body: object, secret = key): Promise<Reply<Found>> =>
  post<Found>(api, `/access/v1/search/${kind}`, secret, body);

/** All pages, and how many there were. */
async function all(kind: string, body: object, limit?: number) {
  const results: Found['results'][number][] = [];
  let token = '';
  let pages = 0;
  do {
    const page = { ...(limit === undefined ? {} : { limit }), ...(token === '' ? {} : { token }) };
    const { status, body: found } = await search(kind, { ...body, page });
    expect(status).toBe(200);
    expect(found.page.count).toBe(found.results.length);
    if (limit !== undefined) expect(found.results.length).toBeLessThanOrEqual(limit);
    results.push(...found.results);
    token = found.page.next_token;
    pages++;
  } while (token !== '' && pages < 100);
  return { results, pages };
}

/** Asked one by one, without recording or spending: by a policy of their own they would be. */
const allowed = async (subject: string, action: string, record: string) => {
  const { body } = await post<EvaluationAnswer>(api, '/access/v1/evaluation', key, {
    subject: { type: 'user', id: subject },
    action: { name: action },
    resource: { type: 'record', id: record },
  });
  return body.decision;
};

const records = async () =>
  (
    await world.rows<{ n: number; s: number; k: number }>(
      `SELECT (SELECT count(*)::int FROM audit_record WHERE tenant_id = $1) AS n,
        (SELECT count(*)::int FROM decision_state WHERE tenant_id = $1) AS s,
        (SELECT count(*)::int FROM subject_key WHERE tenant_id = $1) AS k`,
      [world.tenantId],
    )
  )[0];

const WRITERS = {
  subject: { type: 'user' },
  action: { name: 'write' },
  resource: { type: 'record', id: 'r-2' },
};

describe('what is found', () => {
  it('is who would be allowed, on one page or many, and records and spends nothing', async () => {
    const before = await records();
    const whole = await all('subject', WRITERS);
    const paged = await all('subject', WRITERS, 2);
    expect(paged.results).toEqual(whole.results);
    expect(paged.pages).toBeGreaterThan(2);
    expect(whole.results.map(({ id }) => id)).toEqual(PEOPLE.filter((_, i) => i % 2 === 0 && i < 14));
    const byRecord = await all('resource', {
      subject: { type: 'user', id: 'p-10' },
      action: { name: 'write' },
      resource: { type: 'record' },
    });
    expect(byRecord.results).toEqual(['r-2', 'r-3', 'r-4', 'r-5'].map((id) => ({ type: 'record', id })));
    expect(await records()).toEqual(before);
  });

  it('is an allow for each when it is asked for, and nothing else is', async () => {
    const { results } = await all('subject', WRITERS);
    const found = new Set(results.map(({ id }) => id));
    for (const id of PEOPLE.slice(0, 20))
      expect([id, await allowed(id, 'write', 'r-2')]).toEqual([id, found.has(id)]);
    // Each has spent its one write now: who would be denied is found no more.
    expect((await all('subject', WRITERS)).results).toEqual([]);
  });

  it('is no action that somebody has to approve first', async () => {
    const about = { subject: { type: 'user', id: 'p-38' }, resource: { type: 'record', id: 'r-0' } };
    expect((await all('action', about)).results).toEqual([{ name: 'read' }]);
  });

  it('is a tool as well, with the arguments that were said', async () => {
    const about = { subject: { type: 'user', id: 'p-00' }, action: { name: 'tools/call' } };
    const tools = (properties?: object) =>
      all('resource', { ...about, resource: { type: 'tool', ...(properties && { properties }) } });
    expect((await tools({ arguments: { q: 'x' } })).results).toEqual([{ type: 'tool', id: 'search' }]);
    expect((await tools()).results).toEqual([]);
  });

  it.each([
    [
      'an unknown subject',
      'action',
      { subject: { type: 'user', id: 'nobody' }, resource: { type: 'record', id: 'r-0' } },
    ],
    [
      'an unknown resource',
      'action',
      { subject: { type: 'user', id: 'p-00' }, resource: { type: 'record', id: 'r-9' } },
    ],
    [
      'an unknown type',
      'action',
      { subject: { type: 'user', id: 'p-00' }, resource: { type: 'ship', id: 'r-0' } },
    ],
    ['subjects of an unknown type', 'subject', { ...WRITERS, subject: { type: 'ship' } }],
    ['who may touch an unknown resource', 'subject', { ...WRITERS, resource: { type: 'record', id: 'r-9' } }],
    [
      'resources of an unknown type',
      'resource',
      { subject: { type: 'user', id: 'p-00' }, action: { name: 'read' }, resource: { type: 'ship' } },
    ],
    [
      'what an unknown subject may',
      'resource',
      { subject: { type: 'user', id: 'nobody' }, action: { name: 'read' }, resource: { type: 'record' } },
    ],
  ])('is nothing for %s', async (_, kind, body) => {
    expect(await search(kind, body)).toMatchObject({
      status: 200,
      body: { results: [], page: { next_token: '', count: 0 } },
    });
  });

  it('is the same with the id of what is searched for', async () => {
    const readers = { ...WRITERS, action: { name: 'read' } };
    const { body: without } = await search('subject', readers);
    const { body } = await search('subject', { ...readers, subject: { type: 'user', id: 'p-00' } });
    expect(body).toEqual(without);
  });

  it('ends with a stop, and with what the key may not know', async () => {
    const readers = { ...WRITERS, action: { name: 'read' } };
    const helper = (await world.agentKey(['helper'])).secret;
    expect((await search('subject', readers, helper)).body.results).toEqual([]);
    const asDesk = { ...readers, context: { agent: 'desk' } };
    expect((await search('subject', asDesk, helper)).body.results).toEqual([]);
    expect((await search('subject', asDesk)).body.results.length).toBeGreaterThan(10);
    await world.changes.make(
      SYSTEM,
      { tenantId: world.tenantId, action: 'kill_switch.engage', reason: 'stopped for a test' },
      async (tx) => {
        const stop = { id: randomUUID(), scope: 'tenant', target: '', mode: 'stopped', reason: 'for a test' };
        await tx.killSwitch.create({ data: { tenantId: world.tenantId, engagedBy: 'test', ...stop } });
        return { target: stop.id, before: null, after: null, result: undefined };
      },
    );
    expect((await search('subject', readers)).body.results).toEqual([]);
  });
});

describe('a token', () => {
  const readers = { ...WRITERS, action: { name: 'read' }, page: { limit: 1 } };
  const tokenOf = async (body: object, secret = key) =>
    (await search('subject', body, secret)).body.page.next_token;

  it('is of its search, its limit and its key', async () => {
    const token = await tokenOf(readers);
    expect(token).not.toBe('');
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('p-');
    const following = { ...readers, page: { token } };
    expect((await search('subject', following)).status).toBe(200);
    for (const [path, body] of Object.entries({
      '/page/limit': { ...readers, page: { token, limit: 2 } },
      '/page/token': { ...following, action: { name: 'write' } },
    }))
      expect(await search('subject', body)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
    for (const body of [
      { ...following, context: { note: 1 } },
      { ...following, resource: { type: 'record', id: 'r-3' } },
      { ...readers, page: { token: `${token.slice(0, -2)}AA` } },
      { ...readers, page: { token: 'guess' } },
    ])
      expect((await search('subject', body)).status).toBe(400);
    const second = (await world.agentKey(['desk'])).secret;
    expect((await search('subject', following, second)).status).toBe(400);
    expect((await search('resource', { ...following, subject: { type: 'user', id: 'p-00' } })).status).toBe(
      400,
    );
  });
});
