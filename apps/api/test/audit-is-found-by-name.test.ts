/** A record is found by who made it and whom it concerns, by name where the name may be known. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AdminRole } from '@reeve/policy';
import { ask, graphql } from './support/agent.js';
import { createWorld, type Api, type World } from './support/world.js';

let world: World;
let api: Api;
let ref: string;
const keys = new Map<AdminRole, string>();
beforeAll(async () => {
  world = await createWorld();
  api = await world.api();
  for (const role of ['auditor', 'viewer'] as const) keys.set(role, await world.managementKey([role]));
  const agent = await world.agentKey(['desk']);
  for (const subject of ['mia', 'mia', 'noah']) {
    await world.bind(subject, ['customer']);
    await ask(api, agent.secret, { subject });
  }
  const [row] = await world.rows<{ ref: string }>(
    `SELECT ref FROM subject_key WHERE tenant_id = $1 AND id = 'mia'`,
    [world.tenantId],
  );
  ref = row!.ref;
});
afterAll(() => world.close());

interface Row {
  readonly kind: string;
  readonly actor: string;
  readonly subjectRef: string | null;
  readonly subjectId: string | null;
}
async function records(filter: object, role: AdminRole = 'auditor'): Promise<Row[]> {
  const query = `query ($filter: AuditFilter) {
    auditRecords(tenant: "${world.slug}", filter: $filter) { nodes { kind actor subjectRef subjectId } } }`;
  const data = await graphql<{ auditRecords: { nodes: Row[] } }>(api, keys.get(role)!, query, { filter });
  return data.auditRecords.nodes;
}

it('by subject: by pseudonym for everybody, by id for whoever may know it', async () => {
  expect(await records({ subject: ref })).toHaveLength(2);
  expect((await records({ subject: 'mia' })).map(({ subjectId }) => subjectId)).toEqual(['mia', 'mia']);
  expect(await records({ subject: ref }, 'viewer')).toHaveLength(2);
  expect(await records({ subject: 'mia' }, 'viewer')).toEqual([]);
});

it('by text: the name of who made it, and the id of whom it concerns', async () => {
  const made = await records({ text: 'AGENT', kind: ['evaluation'] });
  expect(made).toHaveLength(3);
  expect(made[0]!.actor).toBe('agent');
  expect(await records({ text: 'noa' })).toHaveLength(1);
  expect(await records({ text: 'noa' }, 'viewer')).toEqual([]);
  expect(await records({ text: 'n_ah' })).toEqual([]);
});

it('names the subject to nobody who may not know it', async () => {
  const rows = await records({ kind: ['evaluation'] }, 'viewer');
  expect(rows).toHaveLength(3);
  for (const { subjectId, subjectRef } of rows)
    expect([subjectId, subjectRef === null]).toEqual([null, false]);
});

it('names whom records can be filtered by', async () => {
  const data = await graphql<{ auditActors: { id: string; name: string }[] }>(
    api,
    keys.get('viewer')!,
    `{ auditActors(tenant: "${world.slug}") { id name } }`,
  );
  expect(data.auditActors.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Reeve', 'agent', 'management']),
  );
  const agent = data.auditActors.find(({ name }) => name === 'agent')!;
  expect(await records({ actorId: agent.id })).toHaveLength(3);
});
