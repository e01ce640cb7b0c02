/**
 * A name that goes and comes back is another thing: what was bound to the first is not bound to the second. A binding
 * ends in the transaction of the publish that takes away what it was to, whoever publishes, on every process; a brake
 * does not end.
 */
import type { PolicyEdit } from '@reeve/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, graphql } from './support/agent.js';
import { createWorld, POLICY, type Api, type World } from './support/world.js';

interface Ended {
  kind: string;
  name: string;
  count: number;
  holders: string[];
}

let world: World;
let apis: readonly [Api, Api];
let owner: string;
let agent: string;

beforeAll(async () => {
  world = await createWorld();
  owner = await world.managementKey(['owner']);
  agent = (await world.agentKey()).secret;
  apis = await Promise.all([world.api(), world.api()]);
});
afterAll(() => world.close());

const REVIEW = 'review { ended { kind name count holders } effects { direction name tool before after } }';

async function revision(): Promise<number> {
  const query = 'query ($tenant: String!) { policy(tenant: $tenant) { revision } }';
  const { policy } = await graphql<{ policy: { revision: number } }>(apis[0], owner, query, {
    tenant: world.slug,
  });
  return policy.revision;
}

async function publish(edits: readonly unknown[], api: Api = apis[0]): Promise<{ ended: Ended[] }> {
  const { publishPolicy } = await graphql<{ publishPolicy: { review: { ended: Ended[] } } }>(
    api,
    owner,
    `mutation ($tenant: String!, $edits: [JSON!]!, $expectedRevision: Int!) {
      publishPolicy(tenant: $tenant, edits: $edits, expectedRevision: $expectedRevision, reason: "a test says so") { ${REVIEW} }
    }`,
    { tenant: world.slug, edits, expectedRevision: await revision() },
  );
  return publishPolicy.review;
}

async function rollback(toRevision: number): Promise<{ ended: Ended[] }> {
  const { rollbackPolicy } = await graphql<{ rollbackPolicy: { review: { ended: Ended[] } } }>(
    apis[1],
    owner,
    `mutation ($tenant: String!, $toRevision: Int!, $expectedRevision: Int!) {
      rollbackPolicy(tenant: $tenant, toRevision: $toRevision, expectedRevision: $expectedRevision, reason: "a test says so") { ${REVIEW} }
    }`,
    { tenant: world.slug, toRevision, expectedRevision: await revision() },
  );
  return rollbackPolicy.review;
}

async function bind(api: Api, id: string, roles: string[], grants: object, expectedVersion: number) {
  return graphql(
    api,
    owner,
    `
      mutation ($tenant: String!, $id: String!, $roles: [String!]!, $grants: JSON, $expectedVersion: Int!) {
        bindSubject(
          tenant: $tenant
          type: "user"
          id: $id
          roles: $roles
          grants: $grants
          expectedVersion: $expectedVersion
          reason: "a test says so"
        ) {
          version
        }
      }
    `,
    { tenant: world.slug, id, roles, grants, expectedVersion },
  );
}

const bound = async (id: string) =>
  (
    await world.rows<{ roles: string[]; grants: Record<string, string>; version: number }>(
      'SELECT roles, grants, version FROM subject WHERE tenant_id = $1 AND id = $2',
      [world.tenantId, id],
    )
  )[0]!;

/** On both processes, with what they had cached. */
const allowed = async (about: Parameters<typeof ask>[2]) =>
  (await Promise.all(apis.map((api) => ask(api, agent, about)))).map(({ body }) => body.decision);

const role = (name: string): PolicyEdit => ({
  kind: 'role',
  name,
  value: { title: '', description: '', inherits: [] },
});
const cell = (name: string, tool: string, effect: 'allow' | null): PolicyEdit => ({
  kind: 'cell',
  role: name,
  tool,
  value: effect === null ? null : { effect },
});
const gone = (kind: 'role' | 'tool' | 'assistant', name: string) =>
  ({ kind, name, value: null }) as PolicyEdit;
const tool = (name: string, of: 'read' | 'write' | 'dangerous') =>
  ({
    kind: 'tool',
    name,
    value: { class: of, justification: 'Needed in a test.', schema: {} },
  }) as unknown as PolicyEdit;

describe('a role', () => {
  it('removed and made again gives its old holders nothing, by publish or by rollback, on any process', async () => {
    await publish([role('helper'), cell('helper', 'search', 'allow')]);
    const withHelper = await revision();
    await world.bind('ann', ['helper', 'clerk']);
    await world.bind('bob', ['helper']);
    expect(await allowed({ subject: 'bob' })).toEqual([true, true]);

    const removal = [cell('helper', 'search', null), gone('role', 'helper')];
    const { policyReview } = await graphql<{ policyReview: { ended: Ended[] } }>(
      apis[1],
      owner,
      `
        query ($tenant: String!, $edits: [JSON!]!) {
          policyReview(tenant: $tenant, edits: $edits) {
            ended {
              kind
              name
              count
              holders
            }
          }
        }
      `,
      { tenant: world.slug, edits: removal },
    );
    const told = [{ kind: 'role', name: 'helper', count: 2, holders: ['user ann', 'user bob'] }];
    expect(policyReview.ended).toEqual(told);
    expect((await publish(removal)).ended).toEqual(told);
    expect(await bound('ann')).toMatchObject({ roles: ['clerk'], version: 2 });
    expect(await bound('bob')).toMatchObject({ roles: [] });

    // The same name, now for something dangerous.
    await publish(
      [role('helper'), cell('helper', 'refund', 'allow'), cell('helper', 'search', 'allow')],
      apis[1],
    );
    const refund = { tool: 'refund', args: { order: 'o', amount: 5 } };
    expect(await allowed({ subject: 'bob', ...refund })).toEqual([false, false]);
    expect(await allowed({ subject: 'bob' })).toEqual([false, false]);

    await world.bind('bob', ['helper']);
    await publish([cell('helper', 'refund', null), cell('helper', 'search', null), gone('role', 'helper')]);
    expect((await rollback(withHelper)).ended).toEqual([]);
    expect(await allowed({ subject: 'bob' })).toEqual([false, false]);
  });

  it('removed by a rollback ends like any other', async () => {
    const before = await revision();
    await publish([role('guest'), cell('guest', 'search', 'allow')]);
    await world.bind('cat', ['guest']);
    expect((await rollback(before)).ended).toMatchObject([{ kind: 'role', name: 'guest', count: 1 }]);
    expect(await bound('cat')).toMatchObject({ roles: [] });
  });

  it('removed and made again in one publish is another one', async () => {
    await publish([role('temp'), cell('temp', 'search', 'allow')]);
    await world.bind('dan', ['temp']);
    const { ended } = await publish([gone('role', 'temp'), role('temp'), cell('temp', 'refund', 'allow')]);
    expect(ended).toMatchObject([{ kind: 'role', name: 'temp', count: 1 }]);
    expect(await allowed({ subject: 'dan' })).toEqual([false, false]);
  });

  it('that comes finds nobody who was waiting for its name', async () => {
    await world.bind('eve', ['not_yet']);
    await publish([role('not_yet'), cell('not_yet', 'search', 'allow')]);
    expect(await bound('eve')).toMatchObject({ roles: [] });
    expect(await allowed({ subject: 'eve' })).toEqual([false, false]);
  });

  it('is never bound by somebody who looked before it went', async () => {
    const seen = { fulfilled: 0, rejected: 0 };
    for (let i = 0; i < 6; i++) {
      await publish([role(`brief_${i}`), cell(`brief_${i}`, 'search', 'allow')]);
      let over = false;
      const removing = publish([cell(`brief_${i}`, 'search', null), gone('role', `brief_${i}`)]).finally(
        () => {
          over = true;
        },
      );
      // One after the other in each process, from before it goes until after it went.
      const binding = apis.map(async (api, a) => {
        for (let n = 0, last = false; !last; n += 1) {
          last = over;
          const [{ status }] = await Promise.allSettled([
            bind(api, `racer_${i}_${a}_${n}`, [`brief_${i}`], {}, 0),
          ]);
          seen[status] += 1;
        }
      });
      await Promise.all([removing, ...binding]);
      const left = await world.rows('SELECT id FROM subject WHERE tenant_id = $1 AND $2 = ANY (roles)', [
        world.tenantId,
        `brief_${i}`,
      ]);
      expect(left).toEqual([]);
    }
    // Both sides of the race were seen.
    expect(seen.fulfilled).toBeGreaterThan(0);
    expect(seen.rejected).toBeGreaterThan(0);
  });
});

describe('a tool', () => {
  const removed = [gone('tool', 'notes')];
  const made = (of: 'read' | 'write' | 'dangerous') => [
    tool('notes', of),
    {
      kind: 'assistant',
      name: 'desk',
      value: { title: '', description: '', enabled: true, tools: ['search', 'refund', 'notes'] },
    } as PolicyEdit,
  ];
  const unlisted = {
    kind: 'assistant',
    name: 'desk',
    value: { title: '', description: '', enabled: true, tools: ['search', 'refund'] },
  } as PolicyEdit;
  const notes = { tool: 'notes', args: {} };

  it('removed and made again gives nobody their grant back, and takes no denial away', async () => {
    await publish(made('read'));
    await world.bind('fay', [], { notes: 'allow' });
    await world.bind('gus', [], { notes: 'deny' });
    expect(await allowed({ subject: 'fay', ...notes })).toEqual([true, true]);
    const { ended } = await publish([...removed, unlisted]);
    expect(ended).toEqual([{ kind: 'grant', name: 'notes', count: 1, holders: ['user fay'] }]);
    expect((await bound('fay')).grants).toEqual({});
    expect((await bound('gus')).grants).toEqual({ notes: 'deny' });
    // Whoever edits that subject may leave the denial as it is.
    await bind(apis[0], 'gus', ['customer'], { notes: 'deny' }, (await bound('gus')).version);
    await publish(made('dangerous'));
    expect(await allowed({ subject: 'fay', ...notes })).toEqual([false, false]);
    expect(await allowed({ subject: 'gus', ...notes })).toEqual([false, false]);
  });

  it.each(['write', 'read'] as const)('of another class is not what was granted: %s', async (to) => {
    await world.bind('hal', [], { notes: 'allow' });
    const { ended } = await publish([tool('notes', to)]);
    expect(ended).toMatchObject([{ kind: 'grant', name: 'notes', count: 1 }]);
    expect(await allowed({ subject: 'hal', ...notes })).toEqual([false, false]);
  });

  it('is not removed while it is stopped: its stop would be lost', async () => {
    await graphql(
      apis[0],
      owner,
      `
        mutation ($tenant: String!) {
          engageKillSwitch(
            tenant: $tenant
            scope: tool
            target: "notes"
            mode: stopped
            reason: "a test says so"
          ) {
            id
          }
        }
      `,
      { tenant: world.slug },
    );
    await expect(publish([...removed, unlisted])).rejects.toThrow(/\/tools\/notes: a stop .* lift it first/);
    await world.bind('ida', [], { notes: 'allow' });
    const { body } = await ask(apis[1], agent, { subject: 'ida', ...notes });
    expect(body.context.reason).toBe('kill_switch_stopped');
  });
});

describe('an assistant', () => {
  const bot = (name: string) =>
    ({ kind: 'assistant', name, value: { tools: ['search'] } }) as unknown as PolicyEdit;

  it('removed and made again has none of its old keys', async () => {
    await publish([bot('old_bot'), bot('new_bot')]);
    const both = await world.agentKey(['old_bot', 'new_bot']);
    const only = await world.agentKey(['old_bot']);
    const speaks = async (secret: string, name: string) => {
      const answers = await Promise.all(apis.map((api) => ask(api, secret, { agent: name })));
      return answers.map(({ status, body }) => (status === 200 ? body.decision : status));
    };
    expect(await speaks(both.secret, 'old_bot')).toEqual([true, true]);
    expect(await speaks(only.secret, 'old_bot')).toEqual([true, true]);

    const { ended } = await publish([gone('assistant', 'old_bot')]);
    expect(ended).toMatchObject([{ kind: 'assistant', name: 'old_bot', count: 2 }]);
    await publish([bot('old_bot')]);
    expect(await speaks(both.secret, 'old_bot')).toEqual([false, false]);
    expect(await speaks(both.secret, 'new_bot')).toEqual([true, true]);
    // With an empty list it would have spoken for every assistant.
    expect(await speaks(only.secret, 'old_bot')).toEqual([401, 401]);
    expect(await speaks(only.secret, 'new_bot')).toEqual([401, 401]);
  });
});

it('the record of a publish says how many lost what, and names nobody', async () => {
  await world.bind('jim', ['customer']);
  await publish([role('record'), cell('record', 'search', 'allow')]);
  await world.bind('kim', ['record']);
  await ask(apis[0], agent, { subject: 'kim' });
  await publish([cell('record', 'search', null), gone('role', 'record')]);
  const [row] = await world.rows<{ payload: string }>(
    `SELECT payload FROM audit_record WHERE tenant_id = $1 AND kind = 'change' ORDER BY seq DESC LIMIT 1`,
    [world.tenantId],
  );
  const { change } = JSON.parse(row!.payload) as { change: { after: { ended: unknown[] } } };
  const [{ ref }] = (await world.rows<{ ref: string }>(
    `SELECT ref FROM subject_key WHERE tenant_id = $1 AND id = 'kim'`,
    [world.tenantId],
  )) as [{ ref: string }];
  expect(change.after.ended).toEqual([{ kind: 'role', name: 'record', count: 1, subjects: [ref] }]);
  expect(row!.payload).not.toContain('kim');
});

it('whoever may not read keys is told how many, not which', async () => {
  const editor = await world.managementKey(['policy_editor']);
  await world.agentKey(['helper']);
  const { policyReview } = await graphql<{ policyReview: { ended: Ended[] } }>(
    apis[0],
    editor,
    `
      query ($tenant: String!, $edits: [JSON!]!) {
        policyReview(tenant: $tenant, edits: $edits) {
          ended {
            kind
            count
            holders
          }
        }
      }
    `,
    { tenant: world.slug, edits: [gone('assistant', 'helper')] },
  );
  expect(policyReview.ended).toEqual([{ kind: 'assistant', count: 1, holders: [] }]);
  expect(POLICY.assistants).toHaveProperty('helper');
});
