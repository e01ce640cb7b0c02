/** A change names what it saw. Who comes second is told who was first; nothing is ever overwritten unseen. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EDITS, REASON, startApp, type Credential, type TestApp } from './support/app.js';

let reeve: TestApp;
let ana: Credential;
let ben: Credential;
const why = `reason: "${REASON}"`;

beforeAll(async () => {
  reeve = await startApp();
  const tenant = await reeve.addTenant('alpha');
  await reeve.publish(tenant, EDITS);
  ana = await reeve.addMember(tenant, 'ana@alpha.test', ['owner']);
  ben = await reeve.addMember(tenant, 'ben@alpha.test', ['owner']);
});
afterAll(() => reeve.close());

const cell = (effect: string) => ({ kind: 'cell', role: 'customer', tool: 'refund', value: { effect } });
const publish = (who: Credential, edits: object[], expectedRevision: number) =>
  reeve.graphql(
    who,
    `mutation ($edits: [JSON!]!, $expectedRevision: Int!) {
      publishPolicy(tenant: "alpha", edits: $edits, expectedRevision: $expectedRevision, ${why}) { revision cells { role tool effect } }
    }`,
    { edits, expectedRevision },
  );

it('publishes one of two at the same moment and tells the other who was first', async () => {
  const answers = await Promise.all([publish(ana, [cell('approve')], 1), publish(ben, [cell('deny')], 1)]);
  const won = answers.find(({ code }) => code === undefined)!;
  const lost = answers.find(({ code }) => code !== undefined)!;
  expect(won.data!['publishPolicy'].revision).toBe(2);
  expect(lost.code).toBe('CONFLICT');
  const first = won === answers[0] ? 'ana@alpha.test' : 'ben@alpha.test';
  expect(lost.errors[0]!.extensions['details']).toMatchObject({
    expectedRevision: 1,
    currentRevision: 2,
    publishedBy: first,
    reason: REASON,
  });
  const { data } = await reeve.graphql(ana, '{ policyRevisions(tenant: "alpha") { revision publishedBy } }');
  expect(data!['policyRevisions']).toHaveLength(2);
});

it('rolls back by publishing anew, and only from the revision that was seen', async () => {
  const rollback = (expected: number) =>
    reeve.graphql(
      ana,
      `mutation { rollbackPolicy(tenant: "alpha", toRevision: 1, expectedRevision: ${expected}, ${why}) { revision cells { tool } } }`,
    );
  expect((await rollback(1)).code).toBe('CONFLICT');
  expect((await rollback(2)).data!['rollbackPolicy']).toEqual({ revision: 3, cells: [{ tool: 'search' }] });
  const compared = await reeve.graphql(ana, '{ policyDiff(tenant: "alpha", from: 1, to: 3) { name } }');
  expect(compared.data!['policyDiff']).toEqual([]);
  const { data } = await reeve.graphql(
    ana,
    '{ p1: policy(tenant: "alpha", revision: 1) { digest } p3: policy(tenant: "alpha") { digest } }',
  );
  expect(data!['p1']).toEqual(data!['p3']);
});

it('refuses a policy that makes no sense, with the place', async () => {
  const allowed = await publish(
    ana,
    [{ kind: 'cell', role: 'nobody', tool: 'search', value: { effect: 'allow', when: 'args.x >' } }],
    3,
  );
  expect(allowed.code).toBe('BAD_USER_INPUT');
  expect((allowed.errors[0]!.extensions['errors'] as { path: string }[]).map(({ path }) => path)).toEqual(
    expect.arrayContaining(['/cells/1/role', '/cells/1/when']),
  );
  const misspelt = await publish(ana, [{ kind: 'cell', role: 'customer', tool: 'search', valeu: null }], 3);
  expect((misspelt.errors[0]!.extensions['errors'] as { path: string }[]).map(({ path }) => path)).toContain(
    'edits/0/valeu',
  );
});

it.each([
  [
    'a tenant',
    (v: number) =>
      `mutation { updateTenant(tenant: "alpha", name: "A", expectedVersion: ${v}, ${why}) { version } }`,
  ],
  [
    'a subject',
    (v: number) =>
      `mutation { bindSubject(tenant: "alpha", type: "user", id: "mia", roles: ["customer"], expectedVersion: ${v - 1}, ${why}) { version } }`,
  ],
  [
    'a draft',
    (v: number) =>
      `mutation { savePolicyDraft(tenant: "alpha", edits: [], baseRevision: 3, expectedVersion: ${v - 1}) { version } }`,
  ],
])('changes %s once per version seen', async (_, change) => {
  const answers = await Promise.all([reeve.graphql(ana, change(1)), reeve.graphql(ana, change(1))]);
  expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['CONFLICT', undefined]));
  expect((await reeve.graphql(ana, change(2))).code).toBeUndefined();
});

it('keeps the last owner, also when two leave at the same moment', async () => {
  const { data } = await reeve.graphql(ana, '{ members(tenant: "alpha") { id email version } }');
  const rows = data!['members'] as { id: string; email: string; version: number }[];
  const answers = await Promise.all(
    rows.map(({ id, version }) =>
      reeve.graphql(
        ana,
        `mutation { setMemberRoles(tenant: "alpha", memberId: "${id}", roles: [viewer], expectedVersion: ${version}, ${why}) { roles } }`,
      ),
    ),
  );
  expect(answers.filter(({ code }) => code === undefined)).toHaveLength(1);
});
