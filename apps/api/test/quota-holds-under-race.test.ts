/**
 * Never more than N in any window of the quota's length, whichever of a user's agents and sub-agents spends it, over
 * three API processes that race. And not fewer: what is refused costs nothing.
 */
import { PolicyDocument, type EvaluationAnswer } from '@reeve/policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, post, question } from './support/agent.js';
import { createWorld, POLICY, type Api, type World } from './support/world.js';

const LIMIT = 40;

let world: World;
let apis: Api[];
let keys: string[];

beforeAll(async () => {
  world = await createWorld();
  keys = [(await world.agentKey(['desk'])).secret, (await world.agentKey(['helper'])).secret];
  apis = await Promise.all([world.api(), world.api(), world.api()]);
});
afterAll(() => world.close());

const withQuota = (quota: PolicyDocument['quotas'][string]) =>
  world.publish({ ...POLICY, quotas: { q: quota } });

const race = (times: number, subject: string) =>
  Promise.all(
    Array.from({ length: times }, (_, i) => {
      const helper = i % 2 === 1;
      const about = {
        subject,
        agent: helper ? 'helper' : 'desk',
        context: { channel: helper ? 'sub_agent' : 'interactive' },
      };
      return ask(apis[i % 3]!, keys[i % 2]!, about);
    }),
  );

it('a user spends exactly the limit, through two agents and three processes', async () => {
  await withQuota({ per: 'user', tool: 'search', limit: LIMIT, windowSeconds: 3600 });
  await world.bind('racer', ['customer']);
  const answers = await race(240, 'racer');
  expect(answers.filter(({ body }) => body.decision)).toHaveLength(LIMIT);
  const refused = answers.filter(({ body }) => !body.decision).map(({ body }) => body.context);
  expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(['quota_exceeded']));
  expect(refused[0]!.detail).toMatchObject({ quota: 'q', limit: LIMIT, remaining: 0, windowSeconds: 3600 });
  const { resetsAt } = refused[0]!.detail as { resetsAt: string };
  expect(Date.parse(resetsAt)).toBeGreaterThan(Date.now());
});

it.each(['role', 'assistant', 'tenant'] as const)(
  'a %s quota is shared by everyone it covers',
  async (per) => {
    await withQuota({
      per,
      ...(per === 'role' ? { holder: 'customer' } : {}),
      toolClass: 'read',
      limit: 15,
      windowSeconds: 3600,
    });
    const people = ['ann', 'bob', 'cy'].map((name) => `${name}-${per}`);
    for (const person of people) await world.bind(person, ['customer']);
    const answers = (await Promise.all(people.map((person) => race(30, person)))).flat();
    // Two assistants ask; a quota per assistant holds for each.
    expect(answers.filter(({ body }) => body.decision)).toHaveLength(per === 'assistant' ? 30 : 15);
  },
);

it('never more than the limit in any window while the window rolls', async () => {
  await withQuota({ per: 'user', tool: 'search', limit: 20, windowSeconds: 1 });
  await world.bind('roller', ['customer']);
  const ids = new Set<string>();
  for (const end = performance.now() + 3_500; performance.now() < end;)
    for (const { body } of await race(30, 'roller')) if (body.decision) ids.add(body.context.evaluation_id);

  const rows = await world.rows<{ at: Date }>(
    `SELECT at FROM audit_record WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) ORDER BY seq`,
    [world.tenantId, [...ids]],
  );
  expect(rows).toHaveLength(ids.size);
  const times = rows.map(({ at }) => at.getTime());
  for (let i = 20; i < times.length; i++) expect(times[i]! - times[i - 20]!).toBeGreaterThanOrEqual(1_000);
  // The window rolled: more than two windows' worth was spent over three of them.
  expect(ids.size).toBeGreaterThan(40);
});

it('what is denied before the quota costs nothing', async () => {
  await withQuota({ per: 'user', tool: 'search', limit: 1, windowSeconds: 3600 });
  await world.bind('saver', ['customer']);
  for (let i = 0; i < 5; i++) {
    const { body } = await ask(apis[0]!, keys[0]!, { subject: 'saver', args: { wrong: true } });
    expect(body.context.reason).toBe('invalid_arguments');
  }
  expect((await ask(apis[1]!, keys[0]!, { subject: 'saver' })).body.decision).toBe(true);
  expect((await ask(apis[2]!, keys[0]!, { subject: 'saver' })).body.context.reason).toBe('quota_exceeded');
});

it('names that look alike when they are joined have an allowance each', async () => {
  await withQuota({ per: 'user', tool: 'search', limit: 2, windowSeconds: 3600 });
  await world.bind('a/b', ['customer']);
  await world.rows(
    `INSERT INTO subject (tenant_id, type, id, roles) VALUES ($1, 'user/a', 'b', '{customer}')`,
    [world.tenantId],
  );
  const answers = (type: string, id: string) =>
    Promise.all(
      [0, 1, 2].map(() =>
        post<EvaluationAnswer>(apis[0]!, '/access/v1/evaluation', keys[0]!, {
          ...question(),
          subject: { type, id },
        }),
      ),
    );
  for (const [type, id] of [
    ['user', 'a/b'],
    ['user/a', 'b'],
  ] as const) {
    const allowed = (await answers(type, id)).filter(({ body }) => body.decision);
    expect(allowed).toHaveLength(2);
  }
});

it('spends are kept under a pseudonym, and go with the person', async () => {
  await withQuota({ per: 'user', tool: 'search', limit: 3, windowSeconds: 3600 });
  await world.bind('eve@example.com', ['customer']);
  await Promise.all([0, 1, 2, 3].map((i) => ask(apis[i % 3]!, keys[0]!, { subject: 'eve@example.com' })));
  const [{ ref }] = (await world.rows<{ ref: string }>(
    `SELECT ref FROM subject_key WHERE tenant_id = $1 AND id = 'eve@example.com'`,
    [world.tenantId],
  )) as [{ ref: string }];
  const spends = () =>
    world.rows<{ all: string; ref: string }>(
      `SELECT s::text AS all, subject_ref AS ref FROM decision_state s WHERE tenant_id = $1 AND (s::text LIKE '%' || $2 || '%' OR s::text LIKE '%eve@%')`,
      [world.tenantId, ref],
    );
  expect(await spends()).toMatchObject([{ ref, all: expect.not.stringContaining('eve@') }]);

  await world.rows(
    `WITH erased AS (DELETE FROM subject_key WHERE tenant_id = $1 AND id = 'eve@example.com')
     UPDATE ledger_head SET epoch = epoch + 1 WHERE tenant_id = $1`,
    [world.tenantId],
  );
  expect(await spends()).toEqual([]);
});
