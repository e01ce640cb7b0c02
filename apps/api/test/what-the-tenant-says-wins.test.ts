/**
 * What a tenant says of its subjects and resources is what is decided by, whatever a request claims; it is in the very next
 * answer, of whatever process; it stands nowhere in the clear but where it was said.
 */
import { PolicyDocument, type EvaluationAnswer } from '@reeve/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphql, post } from './support/agent.js';
import { createWorld, POLICY, type Api, type World } from './support/world.js';

let world: World;
let api: Api;
let other: Api;
let key: string;
let owner: string;

beforeAll(async () => {
  world = await createWorld(
    PolicyDocument.parse({
      ...POLICY,
      resourceTypes: {
        record: {
          actions: { read: { class: 'read' }, write: { class: 'write' } },
          schema: { type: 'object', properties: { level: { type: 'number' } } },
        },
      },
      cells: [
        ...POLICY.cells,
        {
          role: 'customer',
          resourceType: 'record',
          action: 'read',
          effect: 'allow',
          when: 'has(subject.properties.level) && resource.properties.level <= subject.properties.level',
        },
      ],
      assistants: { ...POLICY.assistants, desk: { tools: ['search'], resourceTypes: ['record'] } },
    }),
  );
  [api, other] = await Promise.all([world.api(), world.api()]);
  key = (await world.agentKey(['desk'])).secret;
  owner = await world.managementKey(['owner']);
});
afterAll(() => world.close());

const admin = <T>(query: string, variables: Record<string, unknown> = {}) =>
  graphql<T>(api, owner, query, { tenant: world.slug, ...variables });
const register = (id: string, properties: object, version: number) =>
  admin(
    `mutation ($tenant: String!, $id: String!, $properties: JSON!, $version: Int!) {
      registerResource(tenant: $tenant, type: "record", id: $id, properties: $properties, expectedVersion: $version,
        reason: "said for a test") { version } }`,
    { id, properties, version },
  );
const say = (id: string, attributes: unknown, version: number) =>
  admin<{ setSubjectAttributes: { version: number; attributes: unknown } }>(
    `mutation ($tenant: String!, $id: String!, $attributes: JSON!, $version: Int!) {
      setSubjectAttributes(tenant: $tenant, type: "user", id: $id, attributes: $attributes, expectedVersion: $version,
        reason: "said for a test") { version attributes } }`,
    { id, attributes, version },
  );
const read = async (from: Api, subject: object, resource: object) => {
  const { body } = await post<EvaluationAnswer>(from, '/access/v1/evaluation', key, {
    subject: { type: 'user', id: 'mia', ...subject },
    action: { name: 'read' },
    resource: { type: 'record', ...resource },
  });
  return body.context.reason;
};

describe('a resource', () => {
  it('that nobody registered is denied, and one that is, is what the tenant says it is', async () => {
    expect(await read(api, {}, { id: 'r-1', properties: { level: 0 } })).toBe('unknown_resource');
    await register('r-1', { level: 3 }, 0);
    const claimed = { id: 'r-1', properties: { level: 0 } };
    for (const process of [api, other])
      expect(await read(process, { properties: { level: 2 } }, claimed)).toBe('no_grant');
    expect(await read(api, { properties: { level: 3 } }, claimed)).toBe('allowed');
  });
  it('has to fit its type, and a stale version is a conflict', async () => {
    await expect(register('r-2', { level: 'high' }, 0)).rejects.toThrow(/properties/);
    await expect(register('r-1', { level: 1 }, 0)).rejects.toThrow(/version|changed|newer/i);
  });
});

describe('attributes', () => {
  it('are in the very next answer of a process that had the subject cached, and no claim wins against them', async () => {
    const about = { id: 'r-1' };
    expect(await read(other, { properties: { level: 9 } }, about)).toBe('allowed');
    const { setSubjectAttributes: said } = await say('mia', { level: 1 }, 1);
    expect(said).toEqual({ version: 2, attributes: { level: 1 } });
    for (const process of [api, other])
      expect(await read(process, { properties: { level: 9 } }, about)).toBe('no_grant');
    await say('mia', { level: 3 }, 2);
    expect(await read(other, { properties: { level: 0 } }, about)).toBe('allowed');
  });

  it('are shown to those who may know subjects, and stand in the clear nowhere', async () => {
    await say('mia', { level: 3, secret: 'a word that is hers' }, 3);
    const { subjects } = await admin<{ subjects: { nodes: { id: string; attributes: unknown }[] } }>(
      'query ($tenant: String!) { subjects(tenant: $tenant) { nodes { id attributes } } }',
    );
    expect(subjects.nodes.find(({ id }) => id === 'mia')?.attributes).toEqual({
      level: 3,
      secret: 'a word that is hers',
    });
    const rows = await world.rows<{ row: string }>(
      `SELECT r::text AS row FROM audit_record r UNION ALL SELECT s::text FROM subject s UNION ALL SELECT k::text FROM subject_key k`,
    );
    const hex = Buffer.from('a word that is hers').toString('hex');
    expect(rows.filter(({ row }) => row.includes('a word that is hers') || row.includes(hex))).toEqual([]);
  });

  it('are refused when they are no object, too large, or of nobody', async () => {
    await expect(say('mia', ['level'], 4)).rejects.toThrow();
    await expect(say('mia', { text: 'x'.repeat(20_000) }, 4)).rejects.toThrow(/16 kB/);
    await expect(say('nobody', { level: 1 }, 0)).rejects.toThrow(/no such subject/);
  });

  it('end when the subject is unbound, so that who comes after under the name has none of them', async () => {
    await world.bind('kim', ['customer']);
    await say('kim', { level: 9 }, 1);
    expect(await read(other, { id: 'kim' }, { id: 'r-1' })).toBe('allowed');
    await admin(
      `mutation ($tenant: String!) { unbindSubject(tenant: $tenant, type: "user", id: "kim", expectedVersion: 2, reason: "gone for a test") }`,
    );
    await world.bind('kim', ['customer']);
    expect(await read(other, { id: 'kim' }, { id: 'r-1' })).toBe('no_grant');
  });

  it('that do not open decide nothing', async () => {
    await world.bind('lou', ['customer']);
    await say('lou', { level: 9 }, 1);
    await world.rows(
      `WITH broken AS (UPDATE subject_key SET attributes = set_byte(attributes, 20, get_byte(attributes, 20) # 1)
         WHERE tenant_id = $1 AND id = 'lou')
       UPDATE ledger_head SET epoch = epoch + 1 WHERE tenant_id = $1`,
      [world.tenantId],
    );
    const body = {
      subject: { type: 'user', id: 'lou', properties: { level: 9 } },
      action: { name: 'read' },
      resource: { type: 'record', id: 'r-1' },
    };
    expect((await post(api, '/access/v1/evaluation', key, body)).status).toBe(503);
    expect(await read(api, {}, { id: 'r-1' })).toBe('allowed');
  });
});

describe('an import', () => {
  const file = (format: string, text: string) => ({ format, text });
  const preview = (variables: { format: string; text: string }) =>
    admin<{ subjectImportPreview: object }>(
      `query ($tenant: String!, $format: String!, $text: JSON!) {
        subjectImportPreview(tenant: $tenant, format: $format, text: $text) {
          created changed unchanged errorCount errors { line message } } }`,
      variables,
    ).then(({ subjectImportPreview }) => subjectImportPreview);
  const apply = (variables: { format: string; text: string }) =>
    admin<{ importSubjects: object }>(
      `mutation ($tenant: String!, $format: String!, $text: JSON!) {
        importSubjects(tenant: $tenant, format: $format, text: $text, reason: "the personnel list") {
          created changed unchanged errorCount } }`,
      variables,
    ).then(({ importSubjects }) => importSubjects);

  it('says what it would do, line by line, and does nothing', async () => {
    await world.bind('ann', ['customer']);
    const text = 'id,level:number\nann,9\nnew-one,1\nbad,high';
    expect(await preview(file('csv', text))).toEqual({
      created: 1,
      changed: 1,
      unchanged: 0,
      errorCount: 1,
      errors: [{ line: 4, message: 'level is no number' }],
    });
    expect(await read(api, { id: 'ann' }, { id: 'r-1' })).toBe('no_grant');
  });

  it('is all or nothing, and recorded with its reason', async () => {
    await expect(apply(file('csv', 'id,level:number\nann,9\nbad,high'))).rejects.toThrow(/line 3/);
    expect(await read(api, { id: 'ann' }, { id: 'r-1' })).toBe('no_grant');
    const text = '{"id":"ann","attributes":{"level":9}}\n{"id":"new-one","attributes":{"level":9}}';
    expect(await apply(file('ndjson', text))).toEqual({
      created: 1,
      changed: 1,
      unchanged: 0,
      errorCount: 0,
    });
    expect(await apply(file('ndjson', text))).toMatchObject({ created: 0, changed: 0, unchanged: 2 });
    expect(await read(other, { id: 'ann' }, { id: 'r-1' })).toBe('allowed');
    // Known now, and without a role.
    expect(await read(other, { id: 'new-one' }, { id: 'r-1' })).toBe('no_grant');
    const [record] = await world.rows<{ payload: string }>(
      `SELECT payload FROM audit_record WHERE tenant_id = $1 AND action = 'subject.import' ORDER BY seq LIMIT 1`,
      [world.tenantId],
    );
    expect(JSON.parse(record!.payload)).toMatchObject({
      change: { reason: 'the personnel list', after: { created: 1, changed: 1, unchanged: 0 } },
    });
  });
});
