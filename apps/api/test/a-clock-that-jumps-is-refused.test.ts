/**
 * A jump of the database's clock empties no window and freezes nobody's time: what would go by it is refused, but a stop,
 * until the clock is back or an administrator vouches for it, and that is a record. Another one lets those tenants go on
 * whose last record such a clock has left in the future.
 */
import { PolicyDocument, type ChangeAction, type EvaluationRequest } from '@reeve/policy';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ClockRepository } from '../src/clock/clock.repository.js';
import { ClockService } from '../src/clock/clock.service.js';
import { DecisionLoop } from '../src/evaluations/decision-loop.js';
import { PLATFORM_TENANT_ID } from '../src/infra/config.js';
import { Database } from '../src/infra/database.js';
import { SYSTEM } from '../src/ledger/actor.js';
import { AnsweredHeads } from '../src/ledger/answered-heads.js';
import { Changes } from '../src/ledger/changes.js';
import { ClockCheck } from '../src/ledger/clock-check.js';
import { LedgerClock } from '../src/ledger/ledger-clock.js';
import type { AdminActor } from '../src/auth/admin-actor.js';
import type { TenantScope } from '../src/auth/tenant-scope.js';
import { verifyChain } from './support/chain.js';
import { createWorld, POLICY, type World } from './support/world.js';

const LIMIT = 3;
const DAYS = 24 * 3600;

let world: World;
let process: ReturnType<typeof start>;

/** What one process is made of. */
function start() {
  const [clock, answered] = [new LedgerClock(), new AnsweredHeads()];
  const changes = new Changes(world.config, world.keyring, world.subjectKeys, answered, clock);
  const loop = new DecisionLoop(world.config, world.keyring, world.subjectKeys, answered, clock);
  const database = new Database(world.config);
  const readiness = new ClockCheck(database, clock);
  return {
    changes,
    loop,
    readiness,
    operator: new ClockService(new ClockRepository(database), changes, clock, readiness),
    stop: () =>
      Promise.all([
        changes.onApplicationShutdown(),
        loop.onApplicationShutdown(),
        database.onApplicationShutdown(),
      ]),
  };
}

beforeEach(async () => {
  world = await createWorld(
    PolicyDocument.parse({
      ...POLICY,
      quotas: { mine: { per: 'user', tool: 'search', limit: LIMIT, windowSeconds: 3600 } },
    }),
  );
  process = start();
});
afterEach(async () => {
  await process.stop();
  await world.close();
});

/** Sets this database's clock away from the true one. */
const jump = (seconds: number) =>
  world.rows(
    `CREATE OR REPLACE FUNCTION ledger_now() RETURNS FLOAT8 LANGUAGE sql VOLATILE AS
     $$ SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 + ${seconds * 1000} $$`,
  );

const request: EvaluationRequest = {
  subject: { type: 'user', id: 'mia', properties: {} },
  action: { name: 'tools/call', properties: {} },
  resource: { type: 'tool', id: 'search', properties: {} },
  arguments: { q: 'x' },
  assistant: 'desk',
  channel: 'interactive',
  runId: null,
  threadId: null,
  context: {},
};
async function asks(by = process): Promise<string> {
  const { keyId } = asker;
  const [one] = await by.loop.submit({
    kind: 'ask',
    caller: { tenantId: world.tenantId, keyId, assistants: [] },
    requests: [request],
    semantic: 'execute_all',
  });
  return one!.decision.reason;
}
let asker: { keyId: string };
beforeEach(async () => {
  asker = { keyId: (await world.agentKey()).id };
});

const change = (action: ChangeAction, by = process) =>
  by.changes.make(SYSTEM, { tenantId: world.tenantId, action, reason: 'a test changes it' }, () =>
    Promise.resolve({ target: 'x', before: null, after: null, result: 'done' }),
  );
const lastRecord = async () => {
  const [row] = await world.rows<{ at: Date; action: string }>(
    `SELECT at, action FROM audit_record WHERE tenant_id = $1 ORDER BY seq DESC LIMIT 1`,
    [world.tenantId],
  );
  return row!;
};
const operator = SYSTEM as unknown as AdminActor;
const unavailable = { code: 'unavailable' };

it.each([
  ['forward', 40 * DAYS],
  ['forward by two minutes', 120],
  ['back', -2 * DAYS],
])(
  '%s: no decision and no change goes by it, a stop is flipped, and nothing is lost when it is back',
  async (_, seconds) => {
    for (let i = 0; i < LIMIT; i++) expect(await asks()).toBe('allowed');
    expect(await asks()).toBe('quota_exceeded');

    await jump(seconds);
    await expect(asks()).rejects.toMatchObject(unavailable);
    await expect(change('policy.publish')).rejects.toMatchObject(unavailable);
    expect(await process.readiness.alarm()).toContain('where it should be');
    const told = await process.operator.alarm();
    const away = Number(told?.database) - Number(told?.expected);
    expect(Math.abs(away - seconds * 1000)).toBeLessThan(60_000);
    expect(Math.abs(Number(told?.since) - Date.now())).toBeLessThan(60_000);
    expect(await change('kill_switch.engage')).toBe('done');
    expect(Math.abs((await lastRecord()).at.getTime() - Date.now())).toBeLessThan(60_000);

    await jump(0);
    expect(await process.readiness.alarm()).toBeNull();
    expect(await process.operator.alarm()).toBeNull();
    expect(await asks()).toBe('quota_exceeded');
    expect(await change('policy.publish')).toBe('done');
  },
);

it('a step of some seconds is NTP’s', async () => {
  expect(await asks()).toBe('allowed');
  await jump(20);
  expect(await asks()).toBe('allowed');
});

it('a process that starts beside such a clock decides nothing, and one that idled hears the word', async () => {
  const idle = start();
  try {
    expect(await asks(idle)).toBe('allowed');
    await jump(DAYS);
    const late = start();
    try {
      await expect(asks(late)).rejects.toMatchObject(unavailable);
      await expect(asks()).rejects.toMatchObject(unavailable);
      const { tenants } = await process.operator.acknowledge(operator, 'the host was asleep for a day');
      expect(tenants).toEqual([]);
      for (const one of [process, idle, late]) expect(await asks(one)).toBe('allowed');
      // Its word was for this time and not for the next one.
      await jump(9 * DAYS);
      await expect(asks(idle)).rejects.toMatchObject(unavailable);
    } finally {
      await late.stop();
    }
  } finally {
    await idle.stop();
  }
  const [record] = await world.rows<{ payload: string }>(
    `WITH named AS (SELECT set_config('app.tenant_ids', $1, false))
     SELECT payload FROM named, audit_record WHERE tenant_id = $1::uuid AND action = 'clock.acknowledge'`,
    [PLATFORM_TENANT_ID],
  );
  await world.rows(`SELECT set_config('app.tenant_ids', $1, false)`, [world.tenantId]);
  expect(JSON.parse(record!.payload)).toMatchObject({
    change: {
      target: 'clock',
      reason: 'the host was asleep for a day',
      before: { expected: expect.any(Number) },
    },
  });
});

it('a tenant with records in the future stands still until an administrator says that the clock is right', async () => {
  for (let i = 0; i < LIMIT; i++) await asks();
  // As a process without this guard left it: everything forty days ahead.
  await world.rows(
    `UPDATE ledger_head SET at = at + interval '40 days', epoch = epoch + 1 WHERE tenant_id = $1`,
    [world.tenantId],
  );
  await world.rows(
    `UPDATE decision_state SET expires_at = expires_at + interval '40 days',
       state = regexp_replace(state, '^\\[\\d+', '[' || (substring(state from '^\\[(\\d+)')::bigint + 40::bigint * 86400000)::text)
     WHERE tenant_id = $1`,
    [world.tenantId],
  );
  await expect(asks()).rejects.toMatchObject(unavailable);
  await expect(change('policy.publish')).rejects.toMatchObject(unavailable);
  expect(await change('kill_switch.engage')).toBe('done');
  const scopes = [{ id: world.tenantId, slug: world.slug } as TenantScope];
  const [told] = await process.operator.ahead(scopes);
  expect(told).toMatchObject({ slug: world.slug });
  expect(Number(told!.lastRecordAt) - Number(told!.database)).toBeGreaterThan(39 * DAYS * 1000);

  const { tenants } = await process.operator.acknowledge(operator, 'the clock is right again');
  expect(tenants).toEqual([world.slug]);
  const { at, action } = await lastRecord();
  expect(action).toBe('clock.acknowledge');
  expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(60_000);
  // What was spent then counts as spent now: for one window, and not for forty days.
  expect(await asks()).toBe('quota_exceeded');
  const [spent] = await world.rows<{ state: string }>(
    `SELECT state FROM decision_state WHERE tenant_id = $1`,
    [world.tenantId],
  );
  expect((JSON.parse(spent!.state) as number[])[0]).toBeLessThanOrEqual(Date.now() + 60_000);
  expect(await verifyChain(world)).toMatchObject({ verdict: 'verified', reachesHead: true });
});
