/** What each admin role may do is what abilityFor says, held by the API and not only by the console's buttons. */
import { ADMIN_ROLES, type AdminRole } from '@reeve/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SystemKeysService } from '../src/api-keys/system-keys.service.js';
import { EDITS, REASON, startApp, type Credential, type TestApp } from './support/app.js';

let reeve: TestApp;
let admin: Credential;
let alpha: string;
const members = new Map<AdminRole, Credential>();

beforeAll(async () => {
  reeve = await startApp();
  admin = await reeve.addAdmin();
  alpha = await reeve.addTenant('alpha');
  await reeve.publish(alpha, EDITS);
  for (const role of ADMIN_ROLES)
    members.set(role, await reeve.addMember(alpha, `${role}@alpha.test`, [role]));
  await reeve.addTenant('beta');
});
afterAll(() => reeve.close());

const why = `reason: ${JSON.stringify(REASON)}`;
const nowhere = '00000000-0000-4000-8000-000000000000';

/** Each is permitted when the answer is anything but FORBIDDEN: it may well be refused for what it says. */
const OPERATIONS: { readonly [operation: string]: readonly AdminRole[] } = {
  '{ policy(tenant: "alpha") { revision } }': ADMIN_ROLES,
  '{ firstSteps(tenant: "alpha") { owner } }': ADMIN_ROLES,
  '{ evaluations(tenant: "alpha") { totalCount } }': ADMIN_ROLES,
  '{ auditRecords(tenant: "alpha") { totalCount } }': ADMIN_ROLES,
  '{ members(tenant: "alpha") { id } }': ADMIN_ROLES,
  '{ platformAdministrators { id } }': [],
  '{ apiKeys(tenant: "alpha") { id } }': ['owner', 'operator', 'auditor'],
  [`mutation { publishPolicy(tenant: "alpha", edits: [], expectedRevision: 1, ${why}) { revision } }`]: [
    'owner',
    'policy_editor',
  ],
  [`mutation { rollbackPolicy(tenant: "alpha", toRevision: 99, expectedRevision: 1, ${why}) { revision } }`]:
    ['owner', 'policy_editor'],
  'mutation { savePolicyDraft(tenant: "alpha", edits: [], baseRevision: 1, expectedVersion: 9) { version } }':
    ['owner', 'policy_editor'],
  [`mutation { engageKillSwitch(tenant: "alpha", scope: tool, target: "nothing", mode: stopped, ${why}) { id } }`]:
    ['owner', 'operator'],
  [`mutation { liftKillSwitch(tenant: "alpha", id: "${nowhere}", expectedVersion: 1, confirm: "x", ${why}) { id } }`]:
    ['owner', 'operator'],
  [`mutation { addMember(tenant: "alpha", email: "no", name: "x", roles: [viewer], ${why}) { link { url } } }`]:
    ['owner'],
  [`mutation { newMemberLink(tenant: "alpha", memberId: "${nowhere}", expectedVersion: 1, ${why}) { link { url } } }`]:
    ['owner'],
  [`mutation { setMemberDisabled(tenant: "alpha", memberId: "${nowhere}", disabled: true, expectedVersion: 1, ${why}) { id } }`]:
    ['owner'],
  [`mutation { addPlatformAdministrator(email: "x@x.test", name: "x", ${why}) { link { url } } }`]: [],
  [`mutation { newPlatformAdministratorLink(id: "${nowhere}", expectedVersion: 1, ${why}) { link { url } } }`]:
    [],
  [`mutation { removePlatformAdministrator(id: "${nowhere}", expectedVersion: 1, ${why}) }`]: [],
  [`mutation { createApiKey(tenant: "alpha", name: "", kind: agent, ${why}) { secret } }`]: ['owner'],
  [`mutation { revokeApiKey(tenant: "alpha", id: "${nowhere}", expectedVersion: 1, ${why}) { id } }`]: [
    'owner',
    'operator',
  ],
  [`mutation { bindSubject(tenant: "alpha", type: "user", id: "x", roles: ["nobody"], expectedVersion: 0, ${why}) { id } }`]:
    ['owner', 'policy_editor', 'operator'],
  [`mutation { updateTenant(tenant: "alpha", expectedVersion: 99, ${why}) { version } }`]: ['owner'],
  [`mutation { createTenant(slug: "x", name: "x", ${why}) { id } }`]: [],
  '{ langfuseConnections(tenant: "alpha") { id } }': ['owner', 'operator', 'auditor'],
  'mutation { testLangfuse(tenant: "alpha", baseUrl: "", publicKey: "", secretKey: "") { message } }': [
    'owner',
  ],
  [`mutation { connectLangfuse(tenant: "alpha", baseUrl: "", publicKey: "", secretKey: "", ${why}) { id } }`]:
    ['owner'],
  [`mutation { pauseLangfuse(tenant: "alpha", id: "${nowhere}", expectedVersion: 1, ${why}) { id } }`]: [
    'owner',
  ],
  [`mutation { disconnectLangfuse(tenant: "alpha", id: "${nowhere}", expectedVersion: 1, ${why}) }`]: [
    'owner',
    'operator',
  ],
  '{ clockAlarm { since } }': ADMIN_ROLES,
  [`mutation { acknowledgeClock(${why}) { now } }`]: [],
  [`mutation { engageKillSwitch(tenant: "alpha", scope: global, mode: stopped, confirm: "STOP ALL", ${why}) { id } }`]:
    [],
};

describe.each(Object.entries(OPERATIONS))('%s', (operation, permitted) => {
  it.each([...ADMIN_ROLES])('%s', async (role) => {
    const { code } = await reeve.graphql(members.get(role)!, operation);
    if (permitted.includes(role)) expect(code).not.toBe('FORBIDDEN');
    else expect(code).toBe('FORBIDDEN');
  });
});

it('exports the log to owners and auditors only', async () => {
  for (const role of ADMIN_ROLES) {
    const { statusCode } = await reeve.inject({
      method: 'GET',
      url: '/v1/audit/export?tenant=alpha',
      headers: { cookie: members.get(role)!.cookie! },
    });
    expect(statusCode, role).toBe(role === 'owner' || role === 'auditor' ? 200 : 403);
  }
});

it('does not tell a tenant that is somebody else’s from one that is not there', async () => {
  const ask = (tenant: string) =>
    reeve.graphql(members.get('owner')!, `{ policy(tenant: "${tenant}") { revision } }`);
  const [theirs, nobodys, platform, all] = await Promise.all(['beta', 'gamma', '_platform', '_all'].map(ask));
  expect(theirs!.code).toBe('NOT_FOUND');
  for (const other of [nobodys, platform, all])
    expect(other!.errors[0]!.message).toBe(theirs!.errors[0]!.message);
  const { data } = await reeve.graphql(members.get('owner')!, '{ tenants { slug } }');
  expect(data).toEqual({ tenants: [{ slug: 'alpha' }] });
});

it('shows a platform administrator every tenant, and nobody anything who is not signed in', async () => {
  expect((await reeve.graphql(admin, '{ tenants { slug } }')).data).toEqual({
    tenants: [{ slug: 'alpha' }, { slug: 'beta' }],
  });
  expect((await reeve.graphql({}, '{ tenants { slug } }')).code).toBe('UNAUTHENTICATED');
  expect((await reeve.graphql({ bearer: 'rvk_mgmt_nonsense' }, '{ tenants { slug } }')).code).toBe(
    'UNAUTHENTICATED',
  );
});

it('decrypts arguments for whoever may read evidence, and for nobody else', async () => {
  const key = await reeve.app
    .get(SystemKeysService)
    .create(
      alpha,
      { name: 'desk', kind: 'agent', assistants: ['desk'], scopes: ['decisions'], roles: [] },
      REASON,
    );
  const asked = await reeve.inject({
    method: 'POST',
    url: '/access/v1/evaluation',
    headers: { authorization: `Bearer ${key}` },
    payload: {
      subject: { type: 'user', id: 'mia' },
      action: { name: 'tools/call' },
      resource: { type: 'tool', id: 'search', properties: { arguments: { q: 'my diagnosis' } } },
    },
  });
  expect(asked.statusCode).toBe(200);
  const query = '{ evaluations(tenant: "alpha", first: 1) { nodes { tool arguments } } }';
  for (const role of ADMIN_ROLES) {
    const { data } = await reeve.graphql(members.get(role)!, query);
    const shown = role === 'viewer' ? null : { q: 'my diagnosis' };
    expect(data, role).toEqual({ evaluations: { nodes: [{ tool: 'search', arguments: shown }] } });
  }
});
