/** What lifting a stop takes is settled when it is engaged: whom the rule binds cannot change it while it binds them. */
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../src/boot.js';
import { AgentEntrance } from '../src/entrance/agent-entrance.js';
import { PLATFORM_TENANT_ID } from '../src/infra/config.js';
import { GLOBAL_ORDER } from '../src/ledger/ledger.sql.js';
import { EDITS, REASON, startApp, type Credential, type TestApp } from './support/app.js';

let reeve: TestApp;
let database: pg.Client;
let admin: Credential;
let tenant: string;
let slug: string;
let owner: Credential;
let other: Credential;
let count = 0;

beforeAll(async () => {
  reeve = await startApp();
  database = new pg.Client(reeve.database.url);
  await database.connect();
  admin = await reeve.addAdmin('first@reeve.test');
});
/** A tenant of its own for each, with two owners, that wants two for a lift. */
beforeEach(async () => {
  slug = `alpha-${++count}`;
  tenant = await reeve.addTenant(slug);
  await reeve.publish(tenant, EDITS);
  owner = await reeve.addMember(tenant, `owner@${slug}.test`, ['owner']);
  other = await reeve.addMember(tenant, `other@${slug}.test`, ['owner']);
  await wantTwo(true, 1);
});
afterAll(async () => {
  await database.end();
  await reeve.close();
});

const SHOWN =
  'id version mode liftRule lifters liftProposedBy liftedBy liftedAt needsSecondPerson liftableAt';
type Stop = { readonly id: string; readonly version: number } & Record<string, unknown>;
const ask = (who: Credential, mutation: string) => reeve.graphql(who, `mutation { ${mutation} }`);
const wantTwo = (on: boolean, version: number) =>
  ask(
    owner,
    `updateTenant(tenant: "${slug}", twoPersonLift: ${on}, expectedVersion: ${version}, reason: "${REASON}") { version }`,
  );
const engage = async (who: Credential, fields = 'scope: tool, target: "refund", mode: stopped') => {
  const answer = await ask(
    who,
    `engageKillSwitch(tenant: "${slug}", ${fields}, reason: "${REASON}") { ${SHOWN} }`,
  );
  if (answer.code !== undefined) throw new Error(JSON.stringify(answer.errors));
  return answer.data!['engageKillSwitch'] as Stop;
};
const lift = (who: Credential, { id, version }: Stop, confirm = 'refund') =>
  ask(
    who,
    `liftKillSwitch(tenant: "${slug}", id: "${id}", expectedVersion: ${version}, confirm: "${confirm}", reason: "${REASON}") { ${SHOWN} }`,
  );
const lifted = async (...args: Parameters<typeof lift>) =>
  (await lift(...args)).data!['liftKillSwitch'] as Stop;
const memberOf = async (email: string) =>
  (
    (await reeve.graphql(owner, `{ members(tenant: "${slug}") { id email version } }`)).data!['members'] as {
      id: string;
      email: string;
      version: number;
    }[]
  ).find((member) => member.email === email)!;
/** As if so much time had gone by since then. */
const ago = (id: string, column: string, interval: string) =>
  database.query(
    `WITH named AS (SELECT set_config('app.tenant_ids', $3, false))
     UPDATE kill_switch SET ${column} = ${column} - $2::interval FROM named WHERE id = $1`,
    [id, interval, [tenant, PLATFORM_TENANT_ID].join(',')],
  );
const records = async (of: string) =>
  (
    (await reeve.graphql(admin, `{ auditRecords(tenant: "${of}", first: 20) { nodes { action payload } } }`))
      .data!['auditRecords'].nodes as { action: string; payload: string }[]
  ).map(({ action, payload }) => ({
    action,
    ...(
      JSON.parse(payload) as { change: { before: Record<string, unknown>; after: Record<string, unknown> } }
    ).change,
  }));

describe('two people stay two', () => {
  it('when the setting is switched off after the proposal', async () => {
    const proposed = await lifted(owner, await engage(owner));
    expect(proposed).toMatchObject({ liftRule: 'two', needsSecondPerson: true, liftedAt: null });
    await wantTwo(false, 2);
    expect((await lift(owner, proposed)).code).toBe('FORBIDDEN');
    expect(await lifted(other, proposed)).toMatchObject({ liftedBy: `other@${slug}.test` });
  });

  it('and one stays enough for a stop that was engaged when one was', async () => {
    await wantTwo(false, 2);
    const stop = await engage(owner);
    await wantTwo(true, 3);
    expect(await lifted(owner, stop)).toMatchObject({ liftRule: 'one', liftedBy: `owner@${slug}.test` });
  });

  it('when it is engaged again to settle it anew; tightening asks for more, never for less', async () => {
    const stop = await engage(owner, 'scope: tool, target: "refund", mode: read_only');
    await wantTwo(false, 2);
    const tightened = await engage(owner);
    expect(tightened).toMatchObject({ id: stop.id, liftRule: 'two', mode: 'stopped' });
    const single = await engage(owner, 'scope: tool, target: "search", mode: read_only');
    await wantTwo(true, 3);
    expect(await engage(owner, 'scope: tool, target: "search", mode: stopped')).toMatchObject({
      id: single.id,
      liftRule: 'two',
    });
  });

  it('when the first makes the second: a member since, or one whose roles the first has given since', async () => {
    const stop = await engage(owner);
    const proposed = await lifted(owner, stop);
    const puppet = await reeve.addMember(tenant, `puppet@${slug}.test`, ['owner']);
    expect((await lift(puppet, proposed)).code).toBe('FORBIDDEN');
    const { id, version } = await memberOf(`other@${slug}.test`);
    const roles = await ask(
      owner,
      `setMemberRoles(tenant: "${slug}", memberId: "${id}", roles: [owner, operator], expectedVersion: ${version}, reason: "${REASON}") { version }`,
    );
    expect(roles.code).toBeUndefined();
    expect((await lift(other, proposed)).code).toBe('FORBIDDEN');
    // Whom nobody has touched still counts: a platform administrator.
    expect((await lifted(admin, proposed)).liftedAt).toBeTruthy();
  });

  it('when the one who was made proposes and its maker confirms', async () => {
    const stop = await engage(owner);
    const puppet = await reeve.addMember(tenant, `puppet@${slug}.test`, ['operator']);
    expect((await lift(puppet, stop)).code).toBe('FORBIDDEN');
    expect((await lifted(owner, stop)).liftProposedBy).toBe(`owner@${slug}.test`);
  });

  it('when who proposed has left: the next call proposes anew', async () => {
    const proposed = await lifted(other, await engage(owner));
    const { id, version } = await memberOf(`other@${slug}.test`);
    await ask(
      owner,
      `removeMember(tenant: "${slug}", memberId: "${id}", expectedVersion: ${version}, reason: "${REASON}")`,
    );
    const again = await lifted(owner, proposed);
    expect(again).toMatchObject({ liftedAt: null, liftProposedBy: `owner@${slug}.test` });
    expect((await lift(owner, again)).code).toBe('FORBIDDEN');
  });

  it('when the first signs in as the second, by a link that was made before', async () => {
    const { id, version } = await memberOf(`other@${slug}.test`);
    const made = await ask(
      owner,
      `newMemberLink(tenant: "${slug}", memberId: "${id}", expectedVersion: ${version}, reason: "${REASON}") { link { url } }`,
    );
    const [, token] = (made.data!['newMemberLink'].link.url as string).split('#token=');
    const proposed = await lifted(owner, await engage(owner));
    expect(proposed['lifters']).toContain(`other@${slug}.test`);
    const joined = await reeve.inject({
      method: 'POST',
      url: '/auth/link/new-account',
      payload: { token, password: 'another horse battery' },
    });
    expect(joined.statusCode).toBe(200);
    const { name, value } = joined.cookies[0]!;
    expect((await lift({ cookie: `${name}=${value}` }, proposed)).code).toBe('FORBIDDEN');
  });

  it('whatever a key is called: it is no person', async () => {
    const stop = await engage(owner);
    const key = await reeve.managementKey(tenant, ['owner', 'operator']);
    expect((await lift(key, stop)).code).toBe('FORBIDDEN');
    expect((await lift(key, await lifted(owner, stop))).code).toBe('FORBIDDEN');
  });

  it('for a day; then who came since counts, so that a stop can be lifted whose people are gone', async () => {
    const stop = await engage(owner);
    const newcomer = await reeve.addMember(tenant, `new@${slug}.test`, ['owner']);
    await ago(stop.id, 'settled_at', '25 hours');
    expect((await lift(newcomer, stop)).code).toBe('FORBIDDEN');
    await database.query(`SELECT set_config('app.tenant_ids', $1, false)`, [tenant]);
    const { id } = await memberOf(`new@${slug}.test`);
    await database.query(
      `UPDATE audit_record SET at = at - interval '25 hours' WHERE tenant_id = $1 AND target = $2`,
      [tenant, `member:${id}`],
    );
    expect((await lifted(newcomer, stop)).liftProposedBy).toBe(`new@${slug}.test`);
  });
});

describe('a policy that would let through what is stopped', () => {
  const publish = (edits: unknown[], expectedRevision = 1) =>
    reeve.graphql(
      owner,
      `mutation ($edits: [JSON!]!) { publishPolicy(tenant: "${slug}", edits: $edits, expectedRevision: ${expectedRevision}, reason: "${REASON}") { revision } }`,
      { edits },
    );
  const refund = (toolClass: string) => ({
    kind: 'tool',
    name: 'refund',
    value: { class: toolClass, justification: 'Needed in a test.', schema: { type: 'object' } },
  });
  const gone = { kind: 'tool', name: 'refund', value: null };
  const allowedOnes = { kind: 'assistant', name: 'desk', value: { tools: ['search'] } };

  it('is not published: another class, another name, or none', async () => {
    await engage(owner, 'scope: tool_class, target: "dangerous", mode: stopped');
    for (const edits of [[refund('write')], [gone, allowedOnes]]) {
      const { code, errors } = await publish(edits);
      expect(code).toBe('CONFLICT');
      expect(errors[0]!.extensions['errors']).toMatchObject([{ path: '/tools/refund' }]);
    }
    expect((await publish([{ kind: 'role', name: 'clerk', value: {} }])).code).toBeUndefined();
  });

  it('is not rolled back to either', async () => {
    expect((await publish([refund('read')])).code).toBeUndefined();
    expect((await publish([refund('dangerous')], 2)).code).toBeUndefined();
    await engage(owner, 'scope: tenant, mode: read_only');
    const { code } = await ask(
      owner,
      `rollbackPolicy(tenant: "${slug}", toRevision: 2, expectedRevision: 3, reason: "${REASON}") { revision }`,
    );
    expect(code).toBe('CONFLICT');
  });

  it('is not published while a stop of every tenant is on its way', async () => {
    await database.query('BEGIN');
    await database.query('SELECT pg_advisory_xact_lock($1)', [GLOBAL_ORDER]);
    const edits = [{ kind: 'role', name: 'clerk', value: {} }];
    try {
      const { code, errors } = await publish(edits);
      expect(code).toBe('CONFLICT');
      expect(errors[0]!.message).toContain('is being changed: try again');
    } finally {
      await database.query('ROLLBACK');
    }
    expect((await publish(edits)).code).toBeUndefined();
  });

  it('is not published under a stop of every tenant', async () => {
    const stop = await engage(admin, 'scope: global, mode: read_only, confirm: "STOP ALL"');
    expect((await publish([refund('read')])).code).toBe('CONFLICT');
    await lift(admin, stop, 'LIFT ALL');
    await ago(stop.id, 'lift_proposed_at', '61 seconds');
    expect((await lifted(admin, { ...stop, version: 2 }, 'LIFT ALL')).liftedAt).toBeTruthy();
    expect((await publish([refund('read')])).code).toBeUndefined();
  });
});

describe('STOP ALL with one administrator', () => {
  const STOP_ALL = 'scope: global, mode: stopped, confirm: "STOP ALL"';

  it('says before it is used who could lift it, and how', async () => {
    const terms = (who: Credential, scope: string) =>
      reeve.graphql(who, `{ liftTerms(tenant: "${slug}", scope: ${scope}) { rule people } }`);
    expect((await terms(admin, 'global')).data!['liftTerms']).toEqual({
      rule: 'cool_down',
      people: ['Admin'],
    });
    expect((await terms(owner, 'global')).code).toBe('FORBIDDEN');
    expect((await terms(owner, 'tenant')).data!['liftTerms']).toEqual({
      rule: 'two',
      people: ['Admin', `other@${slug}.test`, `owner@${slug}.test`],
    });
  });

  it('is lifted by that one 60 s after it was asked for, by the ledger’s clock, and recorded as such', async () => {
    const stop = await engage(admin, STOP_ALL);
    expect(stop).toMatchObject({ liftRule: 'cool_down', needsSecondPerson: false, liftableAt: null });
    const begun = await lifted(admin, stop, 'LIFT ALL');
    expect(begun).toMatchObject({ liftedAt: null, version: 2 });
    const early = await lift(admin, begun, 'LIFT ALL');
    expect(early.code).toBe('CONFLICT');
    const { remainingSeconds, liftableAt } = early.errors[0]!.extensions['details'];
    expect(remainingSeconds).toBeGreaterThan(0);
    expect(remainingSeconds).toBeLessThanOrEqual(60);
    expect(liftableAt).toBe(begun['liftableAt']);

    // Another process over the same database holds to it as well.
    const again = await createApp(reeve.config, new AgentEntrance());
    const { body } = await again.inject({
      method: 'POST',
      url: '/graphql',
      headers: { cookie: admin.cookie!, origin: 'http://localhost:80' },
      payload: {
        query: `mutation { liftKillSwitch(tenant: "${slug}", id: "${stop.id}", expectedVersion: 2, confirm: "LIFT ALL", reason: "${REASON}") { id } }`,
      },
    });
    await again.close();
    expect(body).toContain('remainingSeconds');

    await ago(stop.id, 'lift_proposed_at', '61 seconds');
    expect((await lifted(admin, begun, 'LIFT ALL')).liftedAt).toBeTruthy();
    const [lifting, beginning] = await records('_platform');
    expect(beginning).toMatchObject({
      action: 'kill_switch.propose_lift',
      after: { lift_rule: 'cool_down' },
    });
    expect(lifting).toMatchObject({
      action: 'kill_switch.lift',
      after: { lift_rule: 'cool_down', lifted: true, cool_down_ends_at: expect.any(String) },
    });
  });

  it('a second administrator who is added meanwhile makes it neither easier nor impossible', async () => {
    const stop = await engage(admin, STOP_ALL);
    const second = await reeve.addAdmin('second@reeve.test');
    const begun = await lifted(admin, stop, 'LIFT ALL');
    expect((await lift(second, begun, 'LIFT ALL')).code).toBe('CONFLICT');
    await ago(stop.id, 'lift_proposed_at', '61 seconds');
    expect((await lifted(second, begun, 'LIFT ALL')).liftedAt).toBeTruthy();
    // From now on there are two.
    const next = await engage(admin, STOP_ALL);
    expect(next['liftRule']).toBe('two');
    const proposed = await lifted(admin, next, 'LIFT ALL');
    expect((await lift(admin, proposed, 'LIFT ALL')).code).toBe('FORBIDDEN');
    expect((await lifted(second, proposed, 'LIFT ALL')).liftedAt).toBeTruthy();
  });
});
