/**
 * Every mutation demands a reason and leaves a record with who, what, before and after, in the same transaction; and the
 * epoch moves with whatever decisions look at.
 */
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { movedBy, type ChangeAction } from '@reeve/policy';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EDITS, REASON, startApp, type Credential, type TestApp } from './support/app.js';

let reeve: TestApp;
let admin: Credential;
let owner: Credential;
let database: pg.Client;

beforeAll(async () => {
  reeve = await startApp();
  admin = await reeve.addAdmin();
  const tenant = await reeve.addTenant('alpha');
  await reeve.publish(tenant, EDITS);
  owner = await reeve.addMember(tenant, 'owner@alpha.test', ['owner']);
  database = new pg.Client(reeve.database.url);
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await reeve.close();
});

/** Drafts govern nothing and a test keeps nothing, so they leave no record and need no reason. */
const UNRECORDED = ['savePolicyDraft', 'discardPolicyDraft', 'testLangfuse'];
/** Needs records that were lost: its reason and its record are in ledger-faults-are-found. */
const ELSEWHERE = ['acknowledgeLostRecords'];

/** In this order each finds what it changes. `$` stands for the reason. */
const CHANGES: readonly (readonly [mutation: string, action: ChangeAction, fields: string])[] = [
  [
    'updateTenant',
    'tenant.update',
    'updateTenant(tenant: "alpha", name: "Alpha", expectedVersion: 1, $) { version }',
  ],
  [
    'addMember',
    'member.add',
    'addMember(tenant: "alpha", email: "new@alpha.test", name: "New", roles: [viewer], $) { link { url } }',
  ],
  ['createApiKey', 'api_key.create', 'createApiKey(tenant: "alpha", name: "k", kind: agent, $) { secret }'],
  [
    'connectLangfuse',
    'langfuse.connect',
    'connectLangfuse(tenant: "alpha", baseUrl: "https://langfuse.test", publicKey: "pk-lf-1", secretKey: "sk-lf-12345678", $) { id }',
  ],
  [
    'bindSubject',
    'subject.bind',
    'bindSubject(tenant: "alpha", type: "user", id: "mia_li_3668", roles: ["customer"], expectedVersion: 0, $) { version }',
  ],
  [
    'setSubjectAttributes',
    'subject.set_attributes',
    'setSubjectAttributes(tenant: "alpha", type: "user", id: "mia_li_3668", attributes: { level: 2 }, expectedVersion: 1, $) { version }',
  ],
  [
    'importSubjects',
    'subject.import',
    'importSubjects(tenant: "alpha", format: "csv", text: "id,level:number\\nimported,2", $) { created }',
  ],
  [
    'unbindSubject',
    'subject.unbind',
    'unbindSubject(tenant: "alpha", type: "user", id: "mia_li_3668", expectedVersion: 2, $)',
  ],
  [
    'publishPolicy',
    'policy.publish',
    'publishPolicy(tenant: "alpha", edits: [{ kind: "cell", role: "customer", tool: "refund", value: { effect: "deny" } }, { kind: "resourceType", name: "note", value: { actions: { see: { class: "read" } } } }], expectedRevision: 1, $) { revision }',
  ],
  [
    'registerResource',
    'resource.register',
    'registerResource(tenant: "alpha", type: "note", id: "n-1", properties: { level: 2 }, expectedVersion: 0, $) { version }',
  ],
  [
    'removeResource',
    'resource.remove',
    'removeResource(tenant: "alpha", type: "note", id: "n-1", expectedVersion: 1, $)',
  ],
  [
    'rollbackPolicy',
    'policy.rollback',
    'rollbackPolicy(tenant: "alpha", toRevision: 1, expectedRevision: 2, $) { revision }',
  ],
  [
    'engageKillSwitch',
    'kill_switch.engage',
    'engageKillSwitch(tenant: "alpha", scope: tool, target: "refund", mode: stopped, $) { id }',
  ],
  ['createTenant', 'tenant.create', 'createTenant(slug: "gamma", name: "Gamma", $) { id }'],
  ['acknowledgeClock', 'clock.acknowledge', 'acknowledgeClock($) { now }'],
  [
    'addPlatformAdministrator',
    'member.add',
    'addPlatformAdministrator(email: "new@alpha.test", name: "New", $) { link { url } }',
  ],
];
const BY_ID: readonly (readonly [mutation: string, action: ChangeAction])[] = [
  ['newPlatformAdministratorLink', 'member.new_link'],
  ['removePlatformAdministrator', 'member.remove'],
  ['setMemberRoles', 'member.set_roles'],
  ['newMemberLink', 'member.new_link'],
  ['setMemberDisabled', 'member.disable'],
  ['removeMember', 'member.remove'],
  ['limitApiKey', 'api_key.limit'],
  ['revokeApiKey', 'api_key.revoke'],
  ['replaceLangfuseKey', 'langfuse.replace_key'],
  ['pauseLangfuse', 'langfuse.pause'],
  ['resumeLangfuse', 'langfuse.resume'],
  ['startLangfuseBackfill', 'langfuse.start_backfill'],
  ['pauseLangfuseBackfill', 'langfuse.pause_backfill'],
  ['resumeLangfuseBackfill', 'langfuse.resume_backfill'],
  ['cancelLangfuseBackfill', 'langfuse.cancel_backfill'],
  ['disconnectLangfuse', 'langfuse.disconnect'],
  ['liftKillSwitch', 'kill_switch.lift'],
];
/** What concerns no tenant, done by a platform administrator. */
const ON_PLATFORM = /^createTenant$|^acknowledgeClock$|PlatformAdministrator/;

const records = async (tenant: string) => {
  const { data } = await reeve.graphql(
    admin,
    `{ auditRecords(tenant: "${tenant}", first: 200) { nodes { seq action reason actor payload } } ledgerHead(tenant: "${tenant}") { seq } }`,
  );
  return {
    nodes: data!['auditRecords'].nodes as {
      action: string;
      reason: string;
      actor: string;
      payload: string;
    }[],
    seq: Number(data!['ledgerHead'].seq),
  };
};

interface Standing {
  readonly id: string;
  readonly epoch: number;
  /** Whatever a process keeps of this tenant until its epoch moves, as text. */
  readonly looked: string;
}

const standings = async (): Promise<Standing[]> => {
  const { rows: tenants } = await database.query<{ id: string }>('SELECT id FROM tenant');
  await database.query(`SELECT set_config('app.tenant_ids', $1, false)`, [
    tenants.map(({ id }) => id).join(','),
  ]);
  const { rows } = await database.query<Standing>(`
    SELECT h.tenant_id AS id, h.epoch::int AS epoch, concat_ws(' ', h.policy_revision,
      (SELECT json_agg(k ORDER BY k.id) FROM kill_switch k WHERE k.tenant_id = h.tenant_id),
      (SELECT json_agg(json_build_array(a.id, a.kind, a.assistants, a.revoked_at) ORDER BY a.id) FROM api_key a
        WHERE a.tenant_id = h.tenant_id),
      (SELECT json_agg(s ORDER BY s.type, s.id) FROM subject s WHERE s.tenant_id = h.tenant_id)) AS looked
    FROM ledger_head h`);
  return rows;
};

/** Runs `work`. The epoch of each ledger moved if what decisions look at did; of `action`'s only if it says so. */
async function expectEpochToTell(action: ChangeAction, work: () => Promise<void>): Promise<void> {
  const before = new Map((await standings()).map((one) => [one.id, one]));
  await work();
  const moved: boolean[] = [];
  for (const { id, epoch, looked } of await standings()) {
    const was = before.get(id);
    if (was === undefined) continue; // a tenant that nobody has decided for
    if (looked !== was.looked) expect(epoch).toBeGreaterThan(was.epoch);
    moved.push(epoch > was.epoch);
  }
  expect(moved.filter(Boolean)).toHaveLength(movedBy(action) === 'nothing' ? 0 : 1);
}

it('covers every mutation there is', () => {
  const mutations = Object.keys(reeve.app.get(GraphQLSchemaHost).schema.getMutationType()!.getFields());
  expect(
    [...CHANGES, ...BY_ID]
      .map(([name]) => name)
      .concat(UNRECORDED, ELSEWHERE)
      .sort(),
  ).toEqual(mutations.sort());
});

it.each(CHANGES)('%s', async (mutation, action, fields) => {
  const onPlatform = ON_PLATFORM.test(mutation);
  const ledger = onPlatform ? '_platform' : 'alpha';
  const who = onPlatform ? admin : owner;
  const before = await records(ledger);
  for (const reason of ['', 'short', '       x       ', 'x'.repeat(501)]) {
    const refused = await reeve.graphql(
      who,
      `mutation { ${fields.replace('$', `reason: ${JSON.stringify(reason)}`)} }`,
    );
    expect(refused.errors[0]?.extensions['errors']).toEqual([
      { path: 'reason', message: expect.any(String) as string },
    ]);
  }
  expect((await records(ledger)).seq).toBe(before.seq);

  await expectEpochToTell(action, async () => {
    const done = await reeve.graphql(who, `mutation { ${fields.replace('$', `reason: "${REASON}"`)} }`);
    expect(done.errors).toEqual([]);
  });
  const after = await records(ledger);
  expect(after.seq).toBe(before.seq + 1);
  expect(after.nodes[0]).toMatchObject({
    action,
    reason: REASON,
    actor: who === admin ? 'Admin' : 'owner@alpha.test',
  });
  const { change, actor } = JSON.parse(after.nodes[0]!.payload) as {
    change: Record<string, unknown>;
    actor: { kind: string };
  };
  expect(change).toMatchObject({ action, reason: REASON });
  expect(change['before']).not.toEqual(change['after']);
  expect(actor.kind).toBe('member');
  // Who people are stands in the encrypted evidence.
  expect(after.nodes[0]!.payload).not.toMatch(/mia_li_3668|@alpha\.test/);
});

it.each(BY_ID)('%s', async (mutation, action) => {
  const { data } = await reeve.graphql(
    owner,
    '{ members(tenant: "alpha") { id email version } apiKeys(tenant: "alpha") { id version } killSwitches(tenant: "alpha") { id version } langfuseConnections(tenant: "alpha") { id version backfills { id } } }',
  );
  type Row = { id: string; email: string; version: number };
  const isNew = ({ email }: Row) => email.startsWith('new');
  const member = (data!['members'] as Row[]).find(isNew);
  const platform = await reeve.graphql(admin, '{ platformAdministrators { id email version } }');
  const second = (platform.data!['platformAdministrators'] as Row[]).find(isNew);
  const [key] = data!['apiKeys'] as { id: string; version: number }[];
  const [stop] = data!['killSwitches'] as { id: string; version: number }[];
  const [langfuse] = data!['langfuseConnections'] as {
    id: string;
    version: number;
    backfills: { id: string }[];
  }[];
  const connection = `tenant: "alpha", id: "${langfuse?.id}", expectedVersion: ${langfuse?.version}`;
  const backfill = `tenant: "alpha", id: "${langfuse?.backfills[0]?.id}"`;
  const yesterday = new Date(Date.now() - 86_400_000).toISOString();
  const fields = {
    replaceLangfuseKey: `replaceLangfuseKey(${connection}, publicKey: "pk-lf-2", secretKey: "sk-lf-87654321", $) { id }`,
    pauseLangfuse: `pauseLangfuse(${connection}, $) { id }`,
    resumeLangfuse: `resumeLangfuse(${connection}, $) { id }`,
    startLangfuseBackfill: `startLangfuseBackfill(tenant: "alpha", connectionId: "${langfuse?.id}", from: "${yesterday}", $) { id }`,
    pauseLangfuseBackfill: `pauseLangfuseBackfill(${backfill}, $) { id }`,
    resumeLangfuseBackfill: `resumeLangfuseBackfill(${backfill}, $) { id }`,
    cancelLangfuseBackfill: `cancelLangfuseBackfill(${backfill}, $) { id }`,
    disconnectLangfuse: `disconnectLangfuse(${connection}, $)`,
    setMemberRoles: `setMemberRoles(tenant: "alpha", memberId: "${member?.id}", roles: [operator], expectedVersion: ${member?.version}, $) { version }`,
    newMemberLink: `newMemberLink(tenant: "alpha", memberId: "${member?.id}", expectedVersion: ${member?.version}, $) { link { url } }`,
    setMemberDisabled: `setMemberDisabled(tenant: "alpha", memberId: "${member?.id}", disabled: true, expectedVersion: ${member?.version}, $) { version }`,
    newPlatformAdministratorLink: `newPlatformAdministratorLink(id: "${second?.id}", expectedVersion: ${second?.version}, $) { link { url } }`,
    removePlatformAdministrator: `removePlatformAdministrator(id: "${second?.id}", expectedVersion: ${second?.version}, $)`,
    removeMember: `removeMember(tenant: "alpha", memberId: "${member?.id}", expectedVersion: ${member?.version}, $)`,
    limitApiKey: `limitApiKey(tenant: "alpha", id: "${key!.id}", expectedVersion: ${key!.version}, requestsPerSecond: 50, $) { version }`,
    revokeApiKey: `revokeApiKey(tenant: "alpha", id: "${key!.id}", expectedVersion: ${key!.version}, $) { version }`,
    liftKillSwitch: `liftKillSwitch(tenant: "alpha", id: "${stop!.id}", expectedVersion: ${stop!.version}, confirm: "refund", $) { version }`,
  }[mutation]!;
  const [ledger, who] = ON_PLATFORM.test(mutation) ? ['_platform', admin] : ['alpha', owner];
  const before = await records(ledger);
  expect((await reeve.graphql(who, `mutation { ${fields.replace('$', 'reason: "short"')} }`)).code).toBe(
    'BAD_USER_INPUT',
  );
  await expectEpochToTell(action, async () => {
    const done = await reeve.graphql(who, `mutation { ${fields.replace('$', `reason: "${REASON}"`)} }`);
    expect(done.errors).toEqual([]);
  });
  const after = await records(ledger);
  expect(after.seq).toBe(before.seq + 1);
  expect(after.nodes[0]).toMatchObject({ action, reason: REASON });
});

it('records nothing of a change that failed', async () => {
  const before = await records('alpha');
  const stale = `mutation { updateTenant(tenant: "alpha", name: "B", expectedVersion: 77, reason: "${REASON}") { version } }`;
  expect((await reeve.graphql(owner, stale)).code).toBe('CONFLICT');
  expect((await records('alpha')).seq).toBe(before.seq);
});
