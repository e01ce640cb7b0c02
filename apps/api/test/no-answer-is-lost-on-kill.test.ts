/** The answer is given after its record is durable: kill -9 under load loses no answered decision, and the chain holds. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from './support/agent.js';
import { verifyChain } from './support/chain.js';
import { createWorld, type World } from './support/world.js';

let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

it('every answered decision is in the ledger after kill -9, and a new process carries on', async () => {
  const { secret } = await world.agentKey();
  const api = await world.api();
  const answered: string[] = [];
  const loops = Array.from({ length: 24 }, async () => {
    for (;;) {
      const { body } = await ask(api, secret);
      answered.push(body.context.evaluation_id);
    }
  });
  while (answered.length < 300) await new Promise((resolve) => setTimeout(resolve, 5));
  process.kill(api.pid, 'SIGKILL');
  const ends = await Promise.allSettled(loops);
  expect(ends.every(({ status }) => status === 'rejected')).toBe(true);

  const [count] = await world.rows<{ n: number }>(
    `SELECT count(*)::int AS n FROM audit_record WHERE tenant_id = $1 AND id = ANY ($2::uuid[])`,
    [world.tenantId, answered],
  );
  expect(count!.n).toBe(answered.length);

  const next = await world.api();
  expect((await ask(next, secret)).body.decision).toBe(true);
  expect(await verifyChain(world)).toMatchObject({ verdict: 'verified', reachesHead: true });
});
