/**
 * Changes go one at a time of each tenant, so that many of one are no other's wait; and what stops agents or lets them go
 * on has a lane of its own, however many changes are under way.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SYSTEM } from '../src/ledger/actor.js';
import { CHANGES_MAX } from '../src/ledger/change-lane.js';
import { createWorld, type World } from './support/world.js';

/** More than a lane has connections. */
const TENANTS = 8;

let world: World;
let tenants: readonly string[];

beforeAll(async () => {
  world = await createWorld();
  const neighbours = await Promise.all(Array.from({ length: TENANTS }, () => world.neighbour()));
  tenants = neighbours.map(({ tenantId }) => tenantId);
});
afterAll(() => world.close());

type Action = 'policy.rollback' | 'kill_switch.engage' | 'kill_switch.lift';

function latch(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** A change that is under way from when it has begun until it is told to end. */
function change(tenantId: string, action: Action = 'policy.rollback') {
  const [began, over] = [latch(), latch()];
  const seen = { begun: false, hasBegun: began.opened, end: over.open };
  const made = { tenantId, action, reason: 'because a test says so' };
  const done = world.changes.make(SYSTEM, made, async () => {
    seen.begun = true;
    began.open();
    await over.opened;
    return { target: 'test', before: null, after: null, result: undefined };
  });
  return Object.assign(seen, { done });
}

it('one change of a tenant is under way, and another tenant’s beside it', async () => {
  const [noisy, quiet] = tenants as [string, string];
  const many = Array.from({ length: CHANGES_MAX }, () => change(noisy));
  await many[0]!.hasBegun;
  await expect(change(noisy).done).rejects.toMatchObject({
    code: 'rate_limited',
    details: { retryAfterSeconds: 1 },
  });
  const other = change(quiet);
  other.end();
  await other.done;
  expect(many.map(({ begun }) => begun)).toEqual(many.map((_, i) => i === 0));
  for (const { end } of many) end();
  await Promise.all(many.map(({ done }) => done));
});

it.each(['kill_switch.engage', 'kill_switch.lift'] as const)(
  'every connection is taken by changes, and a %s goes through',
  async (action) => {
    const all = tenants.map((tenantId) => change(tenantId));
    await Promise.all(all.slice(0, 5).map(({ hasBegun }) => hasBegun));
    expect(all.filter(({ begun }) => begun)).toHaveLength(5);
    const stop = change(world.tenantId, action);
    stop.end();
    await stop.done;
    expect(all.filter(({ begun }) => begun)).toHaveLength(5);
    for (const { end } of all) end();
    await Promise.all(all.map(({ done }) => done));
  },
);

it('stops of one tenant are no other tenant’s wait either', async () => {
  const [noisy, quiet] = tenants as [string, string];
  const many = Array.from({ length: 20 }, () => change(noisy, 'kill_switch.engage'));
  await many[0]!.hasBegun;
  const stop = change(quiet, 'kill_switch.engage');
  stop.end();
  await stop.done;
  expect(many.filter(({ begun }) => begun)).toHaveLength(1);
  for (const { end } of many) end();
  await Promise.all(many.map(({ done }) => done));
});
