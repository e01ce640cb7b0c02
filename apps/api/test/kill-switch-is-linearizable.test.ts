/**
 * Once a flip has returned, nothing is allowed: on no replica, whatever it has cached. And in the ledger no allow stands
 * behind the flip.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLATFORM_TENANT_ID } from '../src/infra/config.js';
import { SYSTEM } from '../src/ledger/actor.js';
import { ask, graphql } from './support/agent.js';
import { createWorld, type Api, type World } from './support/world.js';

const ENGAGE = `mutation ($tenant: String!, $scope: KillScope!, $target: String!) {
  engageKillSwitch(tenant: $tenant, scope: $scope, target: $target, mode: stopped, reason: "a test pulls the plug") { id engagedSeq version }
}`;
const LIFT = `mutation ($tenant: String!, $id: ID!, $expectedVersion: Int!, $confirm: String!) {
  liftKillSwitch(tenant: $tenant, id: $id, expectedVersion: $expectedVersion, confirm: $confirm, reason: "the test is over") { liftedAt }
}`;

let world: World;
let apis: Api[];
let agent: string;
let operator: string;

beforeAll(async () => {
  world = await createWorld();
  agent = (await world.agentKey()).secret;
  operator = await world.managementKey(['operator']);
  apis = await Promise.all([world.api(), world.api(), world.api()]);
});
afterAll(() => world.close());

interface Asked {
  readonly sentAt: number;
  readonly allowed: boolean;
}

/** Asks all processes without a pause until told to stop. */
function keepAsking() {
  const asked: Asked[] = [];
  let asking = true;
  const loops = apis.flatMap((api) =>
    [1, 2, 3, 4].map(async () => {
      while (asking) {
        const sentAt = performance.now();
        const { body } = await ask(api, agent);
        asked.push({ sentAt, allowed: body.decision });
      }
    }),
  );
  return {
    asked,
    allowedBy: async (count: number) => {
      while (asked.filter(({ allowed }) => allowed).length < count)
        await new Promise((r) => setTimeout(r, 5));
    },
    askedAfter: async (instant: number, count: number) => {
      while (asked.filter(({ sentAt }) => sentAt > instant).length < count)
        await new Promise((r) => setTimeout(r, 5));
    },
    stop: async () => {
      asking = false;
      await Promise.all(loops);
    },
  };
}

async function expectNoAllowAfter(flip: () => Promise<{ seq?: string }>) {
  const traffic = keepAsking();
  await traffic.allowedBy(60);
  const { seq } = await flip();
  const returnedAt = performance.now();
  await traffic.askedAfter(returnedAt, 120);
  await traffic.stop();
  expect(traffic.asked.filter(({ sentAt, allowed }) => allowed && sentAt > returnedAt)).toEqual([]);
  if (seq !== undefined)
    expect(
      await world.rows(
        `SELECT seq FROM audit_record WHERE tenant_id = $1 AND seq > $2 AND effect = 'allow'`,
        [world.tenantId, seq],
      ),
    ).toEqual([]);
}

describe('no allow after a kill switch flip has returned, with three API processes', () => {
  it.each([
    ['tenant', ''],
    ['assistant', 'desk'],
    ['tool', 'search'],
    ['tool_class', 'read'],
  ])('of scope %s', async (scope, target) => {
    let engaged: { id: string; engagedSeq: string; version: number } | undefined;
    await expectNoAllowAfter(async () => {
      const { engageKillSwitch } = await graphql<{ engageKillSwitch: NonNullable<typeof engaged> }>(
        apis[0]!,
        operator,
        ENGAGE,
        {
          tenant: world.slug,
          scope,
          target,
        },
      );
      engaged = engageKillSwitch;
      return { seq: engageKillSwitch.engagedSeq };
    });
    await graphql(apis[1]!, operator, LIFT, {
      tenant: world.slug,
      id: engaged!.id,
      expectedVersion: engaged!.version,
      confirm: target || world.slug,
    });
    expect((await ask(apis[2]!, agent)).body.decision).toBe(true);
  });

  it('of the whole platform', async () => {
    const id = randomUUID();
    const switchRow = {
      tenantId: PLATFORM_TENANT_ID,
      id,
      scope: 'global',
      mode: 'stopped',
      reason: 'a test',
      engagedBy: 'test',
    };
    await expectNoAllowAfter(() =>
      world.changes.make(
        SYSTEM,
        { tenantId: PLATFORM_TENANT_ID, action: 'kill_switch.engage', reason: 'a test stops everything' },
        async (tx) => {
          await tx.killSwitch.create({ data: switchRow });
          return { target: 'global', before: null, after: null, result: {} };
        },
      ),
    );
    await world.changes.make(
      SYSTEM,
      { tenantId: PLATFORM_TENANT_ID, action: 'kill_switch.lift', reason: 'the test is over now' },
      async (tx) => {
        await tx.killSwitch.update({
          where: { tenantId_id: { tenantId: PLATFORM_TENANT_ID, id } },
          data: { liftedAt: new Date() },
        });
        return { target: 'global', before: null, after: null, result: null };
      },
    );
    expect((await ask(apis[0]!, agent)).body.decision).toBe(true);
  });
});
